import { expect } from 'chai';
import fc from 'fast-check';
import { ContentValidator, type ElementView, viewOf } from '../../src/formats/index.js';
import { judgeThoroughly } from '../../src/formats/messages/judge-thoroughly.js';
import { copyOf, octetsOf } from '../../src/formats/messages/mended-copy.js';
import { NodePaths } from '../../src/formats/messages/node-paths.js';
import type { Violation } from '../../src/message/index.js';
import { compileSchema, initXsd, type XmlTree, type XsdSchema } from '../../src/xml/index.js';
import { catalogue, changed, FACTS_DOCUMENT, factsEntry, signedContent } from './sample.js';

const SEED = 20251201;
const RAW = /This element is not expected|facet '|is not a valid value|Element '\{|mended-/;

describe('judging past the first misfit', () => {
  let validator: ContentValidator;
  let schema: XsdSchema;
  before(async () => {
    await initXsd();
    const documents = Object.entries(catalogue().data.schemas).map(
      ([path, text]) => [path, Buffer.from(text)] as const,
    );
    schema = compileSchema(new Map(documents), factsEntry().format.entry!) as XsdSchema;
    validator = new ContentValidator(catalogue());
  });
  after(() => {
    validator.dispose();
    schema.dispose();
  });

  function judged(xml: string): readonly Violation[] {
    const { tree, octets } = signedContent(xml);
    return validator.validate(factsEntry(), octets, { tree, element: tree.root });
  }

  it('copies canonical octets byte for byte', () => {
    const { tree, octets } = signedContent(FACTS_DOCUMENT.replace('<p:fact>', '<p:fact note="a > b">'));
    expect(Buffer.from(octetsOf(copyOf(octets, viewOf(tree))!)).equals(octets)).to.equal(true);
  });

  it('does not copy octets of another document', () => {
    const { octets } = signedContent(FACTS_DOCUMENT);
    const { tree } = signedContent(changed(FACTS_DOCUMENT, ['<f:oszCode>0542.000017</f:oszCode>', '']));
    expect(copyOf(octets, viewOf(tree))).to.equal(undefined);
  });

  it('finds a fault in every place behind a misfit at the very beginning', () => {
    const behind: (readonly [string, string])[] = [
      ['>Female<', '>ж<'],
      ['2019-07-15<', '15.07.2019<'],
      ['<f:needsCriteriaCode>000012', '<f:needsCriteriaCode>x'],
      ['12500,00', 'много'],
      ['100.50', 'сто'],
    ];
    const places = (found: readonly Violation[]) => found.map((v) => v.path);
    const alone = places(judged(changed(FACTS_DOCUMENT, ...behind)));
    expect(alone).to.have.length(5);
    const misfit = ['<p:fact>', '<p:fact><p:remark>?</p:remark>'] as const;
    expect(places(judged(changed(FACTS_DOCUMENT, misfit, ...behind))).slice(1)).to.deep.equal(alone);
  });

  it('judges a bounded number of octets again, whatever is sent', () => {
    const misfits = '<f:oszCode/><f:mszReceiver/>'.repeat(300);
    const { tree, octets } = signedContent(changed(FACTS_DOCUMENT, ['<f:oszCode>', `${misfits}<f:oszCode>`]));
    let judgedOctets = 0;
    const judge = (o: Uint8Array) => {
      judgedOctets += o.length;
      return [...tree.children(tree.root)].map(() => ({
        line: 1,
        path: '/m:data/p:package',
        message: "Element '{urn:x}a': This element is not expected. Expected is ( {urn:x}b ).",
      }));
    };
    judgeThoroughly(octets, viewOf(tree), judge, () => () => undefined);
    expect(judgedOctets).to.be.lessThan(octets.length * 20);
  });

  it('reports every one of many elements misspelt alike, and what is wrong inside them', () => {
    const code = '<f:needsCriteria><f:needsCriteriaCode>000011</f:needsCriteriaCode></f:needsCriteria>';
    const bad = '<f:needCriteria><f:needsCriteriaCode>x</f:needsCriteriaCode></f:needCriteria>';
    const found = judged(changed(FACTS_DOCUMENT, [code, bad.repeat(100)]));
    expect(found.filter((v) => v.text.includes('а найден needCriteria'))).to.have.length(100);
    expect(found.filter((v) => v.text.startsWith('needsCriteriaCode: значение «x»'))).to.have.length(100);
  });

  it('tells of many unknown elements of one name, or of too many known ones, once and with their number', () => {
    const unknown = judged(changed(FACTS_DOCUMENT, ['<f:lmszId>', `${'<f:remark/>'.repeat(5000)}<f:lmszId>`]));
    expect(unknown.map((v) => v.text)).to.deep.equal([
      'ожидался lmszId, а найден remark; похоже, remark здесь лишний, всего их 5000',
    ]);
    const fact = FACTS_DOCUMENT.match(/<p:fact>[\s\S]*<\/p:fact>/)![0];
    const repeated = judged(changed(FACTS_DOCUMENT, [fact, fact.repeat(1100)]));
    expect(repeated.map((v) => v.text)).to.deep.equal(['fact повторён: допускается не более 1000 раз, а здесь 1100']);
  });

  it(`tells any damage in words, with a place, and loses no complaint of the first verdict (seed ${SEED})`, () => {
    const lines = FACTS_DOCUMENT.split('\n');
    const leaf = lines.map((l, i) => [l, i] as const).filter(([l]) => /^ +<(\S+)[^>]*>[^<]*<\/\1>$/.test(l));
    const damage = fc.record({
      line: fc.integer({ min: 0, max: leaf.length - 1 }),
      how: fc.constantFrom('drop', 'double', 'swap', 'rename', 'value', 'empty'),
    });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 6 }), (all) => {
        const text = [...lines];
        for (const { line, how } of all) {
          const at = leaf[line]![1];
          const was = text[at]!;
          if (how === 'drop') text[at] = '';
          if (how === 'double') text[at] = was + was.trim();
          if (how === 'swap') [text[at], text[at + 1]] = swapped(was, text[at + 1]!);
          if (how === 'rename') text[at] = was.replace(/:(\w+)>/g, ':$1x>');
          if (how === 'value') text[at] = was.replace(/>[^<]*</, '>?!<');
          if (how === 'empty') text[at] = was.replace(/>[^<]*</, '><');
        }
        const { tree, octets } = signedContent(text.join('\n'));
        const found = validator.validate(factsEntry(), octets, { tree, element: tree.root });
        for (const { path } of valueComplaints(schema, octets, tree)) expect(found.map((v) => v.path)).to.include(path);
        for (const v of found) {
          expect(v.text)
            .to.match(/[а-яё]/i)
            .and.not.match(RAW);
          expect(v.path).to.match(/^\/m:data/);
          expect(v.line).to.be.greaterThan(0);
        }
        expect(new Set(found.map((v) => `${v.path} ${v.text}`)).size, 'no violation twice').to.equal(found.length);
      }),
      { seed: SEED, numRuns: 150 },
    );
  });
});

/** Elements whose values the engine itself refuses at the first look. */
function valueComplaints(schema: XsdSchema, octets: Uint8Array, tree: XmlTree): readonly ElementView[] {
  return schema
    .validate(octets)
    .filter((raw) => raw.message.includes('[facet'))
    .map((raw) => new NodePaths(viewOf(tree)).find(raw.path!)!);
}

/** Two neighbouring lines change places if both are whole elements. */
function swapped(a: string, b: string): [string, string] {
  return /^ +<(\S+)[^>]*>[^<]*<\/\1>$/.test(b) ? [b, a] : [a, b];
}
