import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalize, isXmlProblem, parseXml, smevTransform } from '../../src/xml/index.js';
import { generatedDocument } from './generated-document.js';
import { parsed } from './parsed.js';

const SEED = 20260211;
const seeds = fc.integer({ min: 0, max: 0x7fffffff });

/** An element of the document, chosen by a number. */
function someElement(tree: ReturnType<typeof parsed>, choice: number): number {
  let element = tree.root;
  for (let c = choice; c > 0; c = Math.floor(c / 7)) {
    const children = tree.children(element);
    if (children.length === 0) break;
    element = children[c % children.length] as number;
  }
  return element;
}

describe(`properties of generated documents (seed ${SEED})`, () => {
  it('canonicalises a canonical form to itself', () => {
    fc.assert(
      fc.property(seeds, fc.nat(1000), (seed, choice) => {
        const tree = parsed(generatedDocument(seed));
        const once = canonicalize(tree, someElement(tree, choice));
        const again = parsed(once);
        expect(canonicalize(again, again.root).toString()).to.equal(once.toString());
      }),
      { seed: SEED, numRuns: 1500 },
    );
  });

  it('transforms the tree as it would transform the canonical octets', () => {
    fc.assert(
      fc.property(seeds, fc.nat(1000), (seed, choice) => {
        const tree = parsed(generatedDocument(seed, { forSmev: true }));
        const element = someElement(tree, choice);
        const direct = smevTransform(tree, element);
        const again = parsed(canonicalize(tree, element));
        const chained = smevTransform(again, again.root);
        if (isXmlProblem(direct) || isXmlProblem(chained)) {
          expect([direct, chained].map((r) => isXmlProblem(r) && r.problem)).to.deep.equal([
            'smevNamespace',
            'smevNamespace',
          ]);
        } else expect(direct.toString()).to.equal(chained.toString());
      }),
      { seed: SEED, numRuns: 1500 },
    );
  });

  it('refuses or reads mutated documents without throwing, and its places lie in the document', () => {
    const pieces = [
      '<',
      '>',
      '&',
      '"',
      "'",
      '/',
      '=',
      ':',
      '\0',
      '<!--',
      ']]>',
      '<![CDATA[',
      '&#',
      ';',
      'xmlns',
      '\r',
      '\xff',
      '<?',
      ' ',
    ];
    const edit = fc.tuple(fc.nat(4000), fc.nat(5), fc.constantFrom(...pieces));
    fc.assert(
      fc.property(seeds, fc.array(edit, { minLength: 1, maxLength: 3 }), (seed, edits) => {
        let bytes = Buffer.from(generatedDocument(seed));
        for (const [at, drop, piece] of edits) {
          const p = at % (bytes.length + 1);
          bytes = Buffer.concat([bytes.subarray(0, p), Buffer.from(piece, 'latin1'), bytes.subarray(p + drop)]);
        }
        const result = parseXml(bytes);
        if (isXmlProblem(result)) {
          expect(result.offset).to.be.within(0, bytes.length);
          const line = bytes
            .subarray(0, result.offset)
            .toString('latin1')
            .split(/\r\n|\r|\n/).length;
          expect(result.line).to.equal(line);
        } else {
          const octets = canonicalize(result, result.root);
          const again = parsed(octets);
          expect(canonicalize(again, again.root).equals(octets)).to.equal(true);
          smevTransform(result, result.root);
          expect(result.endOf(result.root)).to.be.at.most(bytes.length);
        }
      }),
      { seed: SEED, numRuns: 4000 },
    );
  });

  it('reads any bytes without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        parseXml(bytes);
        parseXml(Buffer.concat([Buffer.from('<a b="'), bytes]));
        parseXml(Buffer.concat([Buffer.from('<a>'), bytes, Buffer.from('</a>')]));
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });
});
