/** `POST /api/v1/formats/upgrade`: a document in, a document with what changed and what is lost out. */
import { expect } from 'chai';
import type { Lost } from '../../src/formats/index.js';
import { FACTS_DOCUMENT } from '../formats/sample.js';
import { oldFacts } from '../formats/upgrade/old-facts.js';
import { type TestGateway, testGateway } from '../gateway/test-gateway.js';

describe('POST /api/v1/formats/upgrade', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await testGateway();
  });
  after(() => gateway.close());

  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}, query = '') =>
    fetch(`${gateway.url}/api/v1/formats/upgrade${query}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${gateway.token}`, 'Content-Type': 'application/xml', ...headers },
      body,
    });
  const report = async (response: Response) =>
    (await response.json()) as {
      kind: string;
      documents: string[];
      lost: Lost[];
      violations: object[];
      violation?: { text: string };
    };

  it('asks for the token', async () => {
    expect((await post('<a/>', { Authorization: 'Bearer wrong' })).status).to.equal(401);
  });

  it('answers JSON with the document, the changes and the losses', async () => {
    const response = await post(oldFacts('1.0.2'));
    expect(response.status).to.equal(200);
    const { kind, documents, lost, violations } = await report(response);
    expect(kind).to.equal('upgraded');
    expect(documents[0]).to.include('10.06.S/1.1.0');
    expect(lost.map((l) => l.path.split(':').at(-1))).to.deep.equal(['lastChanging']);
    expect(violations).to.deep.equal([]);
  });

  it('answers XML when it is asked for and nothing is lost, and the report when something is', async () => {
    const clean = await post(oldFacts('1.0.7'), { Accept: 'application/xml' });
    expect(clean.headers.get('content-type')).to.match(/^application\/xml/);
    expect(await clean.text()).to.match(/^<\?xml.*\n<m:data xmlns:m="urn:\/\/egisso-ru\/msg\/10\.06\.S\/1\.1\.0"/);
    const lossy = await post(oldFacts('1.0.4', { criteria: 'доход' }), { Accept: 'application/xml' });
    expect(lossy.status).to.equal(422);
    expect((await report(lossy)).lost).to.have.length(1);
  });

  it('says that there is nothing to do, and what it cannot take', async () => {
    expect((await report(await post(FACTS_DOCUMENT))).kind).to.equal('nothing-to-do');
    for (const unfit of ['<a>', '<a/>', '']) {
      const response = await post(unfit);
      expect(response.status).to.equal(422);
      expect((await report(response)).violation?.text).to.be.a('string');
    }
  });

  it('splits a package on request', async () => {
    const { documents, lost } = await report(await post(oldFacts('1.0.8', { facts: 1001 }), {}, '?split=true'));
    expect([documents.length, lost.length]).to.deep.equal([2, 0]);
  }).timeout(60_000);

  it('refuses 50 MB politely', async () => {
    const response = await post(new Uint8Array(50 * 1024 * 1024));
    expect(response.status).to.equal(413);
    expect(response.headers.get('content-type')).to.match(/problem\+json/);
  });
});
