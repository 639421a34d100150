/** Our transform and our signatures against the ones written again in another language, on generated documents. */
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { isXmlProblem, parseXml, smevTransform } from '../../src/xml/index.js';
import { query } from '../gateway/contents.js';
import { pulled } from '../gateway/pull-world.js';
import { type TestGateway, testGateway } from '../gateway/test-gateway.js';
import { findPython, IndependentClient } from './smev-client.js';

const SEED = 20_260_307;
const DOCUMENTS = 400;
const python = findPython();
const NEEDS = python === undefined ? ' (needs python3-lxml)' : '';

/** Texts full of what escaping and blank dropping turn on; long ones cross the writer's blocks of 512. */
const piece = fc.constantFrom(
  'a',
  'Ж',
  ' ',
  '\n',
  '\u00a0',
  '&gt;',
  '&lt;',
  '&amp;',
  '&#13;',
  ']',
  '"',
  "'",
  '\t',
  'x'.repeat(250),
);
const text = fc.array(piece, { maxLength: 8 }).map((p) => p.join(''));
const attributes = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'B', 'я', 'p:a', 'q:b', 'p:я'), text), {
  selector: ([name]) => name,
  maxLength: 3,
});
const element = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc
    .tuple(
      fc.constantFrom('e', 'p:e', 'q:Имя', 'r:x'),
      attributes,
      fc.array(fc.oneof({ maxDepth: 4 }, text, tie('tree')), { maxLength: 4 }),
      fc.constantFrom('', ' xmlns:p="urn:b"', ' xmlns="urn:c"', ' xmlns:q="urn:a" xmlns:z="urn:unused"'),
    )
    .map(([name, list, inside, declared]) => {
      const written = list.map(([n, value]) => ` ${n}="${value.replaceAll('"', '&quot;')}"`).join('');
      return `<${name}${declared}${written}>${inside.join('')}</${name}>`;
    }),
})).tree;

describe(`agreement with an independent implementation${NEEDS}`, () => {
  let gateway: TestGateway;
  let client: IndependentClient;
  before(async function () {
    if (python === undefined) return this.skip();
    gateway = await testGateway({ threads: 1, snapshot: pulled() });
    client = new IndependentClient(python, gateway.url, join(gateway.folder, 'certs-dev'));
  });
  after(async () => {
    await client?.close();
    await gateway?.close();
  });

  it(`the SMEV transform of ${DOCUMENTS} generated documents is the same (seed ${SEED})`, async () => {
    const documents = fc
      .sample(element, { numRuns: DOCUMENTS, seed: SEED })
      .map((xml) => `<w xmlns="urn:w" xmlns:p="urn:p" xmlns:q="urn:q" xmlns:r="urn:r">${xml}</w>`);
    const { transformed = [] } = await client.run({ do: 'transform', documents });
    expect(transformed).to.have.length(DOCUMENTS);
    for (const [n, document] of documents.entries()) {
      const tree = parseXml(Buffer.from(document));
      if (isXmlProblem(tree)) throw new Error(`${tree.textEn}: ${document}`);
      const ours = smevTransform(tree, tree.root);
      const got = isXmlProblem(ours) ? ours.textEn : ours.toString();
      const at = [...got].findIndex((c, i) => c !== transformed[n]?.[i]);
      expect(got.slice(at - 300, at + 30), `document ${n} at ${at}`).to.equal(transformed[n]?.slice(at - 300, at + 30));
    }
  });

  it('an answer changed on the way is refused by both signatures, or by the gateway’s where only its part changed', async () => {
    const { sentId } = await gateway.as('FED001').sendRequest(query('11737784886'));
    const { text } = await gateway.as('PFR').poll('GetRequest');
    const signers = async (changed: string) => (await client.run({ do: 'judge', text: changed })).signers;
    expect(text).to.include(sentId);
    expect(await signers(text)).to.deep.equal({ smev: 'gateway', sender: 'FED001' });
    const content = await signers(text.replace('11737784886', '11223344595'));
    expect(content).to.deep.equal({ smev: 'wrong: digest', sender: 'wrong: digest' });
    const address = await signers(text.replace(/<ns2:ReplyTo>./, '<ns2:ReplyTo>X'));
    expect(address).to.deep.equal({ smev: 'wrong: digest', sender: 'FED001' });
    const replaced = await signers(text.replace(/<ds:SignatureMethod Algorithm="[^"]*rsa-sha256"/, (m) => `${m} `));
    expect(replaced, 'blanks between attributes are not signed').to.deep.equal({ smev: 'gateway', sender: 'FED001' });
  });
});
