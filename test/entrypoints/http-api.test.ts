/** The table «what … who» of the public interface, path by path, and the journal as a third party reads it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { gostKeys, hashTile, leafHash, readTilePath, verifyNote, verifyReceipt } from '../../src/journal/index.js';
import { SIGNATURES } from '../../src/signature/index.js';
import { cryptoProviders } from '../../src/start/crypto-providers.js';
import { query } from '../gateway/contents.js';
import { type TestGateway, testGateway } from '../gateway/test-gateway.js';

describe('the HTTP API', () => {
  let gateway: TestGateway;
  let sent: { sentId: string; headers: Headers };
  before(async () => {
    gateway = await testGateway();
    sent = await gateway.as('FED001').sendRequest(query('11223344595'));
  });
  after(() => gateway.close());

  const get = (path: string, headers: Record<string, string> = {}) => fetch(gateway.url + path, { headers });
  const asOperator = () => ({ Authorization: `Bearer ${gateway.token}` });

  for (const path of [
    '/health/live',
    '/health/ready',
    '/smev/certificates',
    '/journal/checkpoint',
    '/formats/',
    '/formats/10.06.S/1.1.0.zip',
    '/journal/tile/0/000.p/1',
    '/smev/v1.1/ws?wsdl',
    '/smev/v1.3/ws?xsd=smev-message-exchange-types-1.3.xsd',
  ]) {
    it(`opens ${path} to everybody`, async () => {
      expect((await get(path)).status).to.equal(200);
    });
  }

  it('serves the checkpoint with a GOST line beside the Ed25519 one', async () => {
    const { provider } = cryptoProviders();
    const note = await (await get('/journal/checkpoint/gost')).text();
    const vkey = readFileSync(join(gateway.folder, 'journal.gost.vkey'), 'utf8').trim();
    const others = gostKeys((spki, octets, signature) => {
      const key = provider.importPublicKey(spki);
      return key !== undefined && provider.verify(SIGNATURES.gost256, key, octets, signature);
    });
    for (const keys of [[gateway.verifierKey], [vkey], [gateway.verifierKey, vkey]])
      expect(verifyNote(note, keys, others))
        .to.have.property('size')
        .that.is.greaterThan(0);
  });

  for (const path of [
    '/api/v1/exchanges',
    '/api/v1/participants',
    '/api/v1/formats',
    '/api/v1/exchanges/x',
    '/journal/tile/entries/000.p/1',
  ]) {
    it(`opens ${path} by token only`, async () => {
      expect((await get(path)).status).to.equal(401);
      expect((await get(path, { Authorization: 'Bearer wrong' })).status).to.equal(401);
      expect((await get(path, asOperator())).status).to.be.oneOf([200, 404]);
    });
  }

  /** Kinds of the records since `size`; the registry's answers may come in between. */
  async function kindsSince(size: number): Promise<string[]> {
    const leaves = await gateway.store.leaves(size, (await gateway.store.checkpoint())?.size ?? 0);
    return leaves.map((leaf) => (JSON.parse(Buffer.from(leaf).toString()) as { kind: string }).kind);
  }

  it('puts every use of the operator token on record', async () => {
    const before = (await gateway.store.checkpoint())?.size ?? 0;
    await get('/api/v1/participants', asOperator());
    expect((await kindsSince(before)).filter((kind) => kind === 'operator-token-used')).to.have.length(1);
  });

  it('lists exchanges newest first in pages, without personal data', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.unshift((await gateway.as('FED001').sendRequest(query('11223344595'))).sentId);
    const first = (await (await get('/api/v1/exchanges?limit=2&participant=FED001', asOperator())).json()) as {
      items: { messageId: string }[];
      next: number;
    };
    const second = (await (await get(`/api/v1/exchanges?limit=50&before=${first.next}`, asOperator())).json()) as {
      items: { messageId: string }[];
    };
    const listed = [...first.items, ...second.items].map((i) => i.messageId);
    expect(listed.filter((id) => ids.includes(id))).to.deep.equal(ids);
    expect(JSON.stringify(first)).not.to.include('11223344595');
    expect((await get('/api/v1/exchanges?limit=0', asOperator())).status).to.equal(400);
  });

  it('gives the receipt by the link of the send answer, and to nobody without its token', async () => {
    const link = sent.headers.get('SMEV-Journal-Receipt')!;
    const receipt = await fetch(link);
    expect(receipt.status).to.equal(200);
    const leaf = Buffer.from(receipt.headers.get('SMEV-Journal-Leaf')!, 'base64');
    expect(JSON.parse(leaf.toString())).to.include({
      kind: 'accepted',
      messageId: sent.sentId,
      sender: 'FED001',
      recipient: 'EGISSO',
    });
    expect(verifyReceipt(await receipt.text(), leaf, [gateway.verifierKey])).to.have.property('index');
    expect((await fetch(link.replace(/token=.*/, 'token=guess'))).status).to.equal(404);
    expect((await fetch(link.split('?')[0]!)).status).to.equal(404);
  });

  it('serves hash tiles whose bytes are the tree of the signed checkpoint', async () => {
    const note = await (await get('/journal/checkpoint')).text();
    const checkpoint = verifyNote(note, [gateway.verifierKey]);
    if ('wrong' in checkpoint) throw new Error(checkpoint.wrong);
    const path = `tile/0/000.p/${checkpoint.size}`;
    expect(readTilePath(path)).to.not.equal(undefined);
    const bytes = Buffer.from(await (await get(`/journal/${path}`)).arrayBuffer());
    const leaves = await gateway.store.leaves(0, checkpoint.size);
    expect(bytes.equals(hashTile(leaves.map(leafHash)))).to.equal(true);
    expect((await get('/journal/tile/0/000.p/255')).status).to.equal(404);
    expect((await get('/journal/tile/0/0')).status).to.equal(404);
  });

  it('lists every fault of an envelope at once by preflight, and stores nothing', async () => {
    const region = gateway.as('FED001');
    const wire = await region.buildRequest(query('123').replace('<r:jobInclude>false</r:jobInclude>', ''), {
      messageId: '11111111-1111-4111-8111-111111111111',
    });
    const forged = wire.body.toString().replace('assignmentsInclude>true', 'assignmentsInclude>false');
    const size = (await gateway.store.checkpoint())?.size ?? 0;
    const answer = await fetch(`${gateway.url}/api/v1/preflight?version=1.2`, {
      method: 'POST',
      headers: { ...asOperator(), 'Content-Type': wire.contentType },
      body: forged,
    });
    const verdict = (await answer.json()) as { verdict: string; faults: { fault: string; violations?: unknown[] }[] };
    expect(verdict.verdict).to.equal('refused');
    expect(verdict.faults.map((f) => f.fault)).to.deep.equal([
      'SignatureVerificationFault',
      'InvalidMessageIdFormat',
      'InvalidContent',
    ]);
    expect(verdict.faults[2]?.violations?.length).to.be.greaterThan(1);
    const kinds = await kindsSince(size);
    expect(kinds.filter((kind) => kind === 'operator-token-used')).to.have.length(1);
    expect(kinds, 'nothing of the envelope').not.to.include('refused');
    expect(await gateway.store.message(wire.messageId)).to.equal(undefined);
  });
});
