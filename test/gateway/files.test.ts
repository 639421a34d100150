/** «FTP presence makes the check asynchronous»: files in the store, announced by RefAttachmentHeader, looked at after the answer. */
import { hash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { v1 as uuidv1 } from 'uuid';
import { createNobleProvider } from '../../src/drivers/crypto-noble/index.js';
import { createCryptoProvider } from '../../src/drivers/crypto-openssl/index.js';
import { DIGESTS } from '../../src/signature/index.js';
import { octets } from '../contracts/file-store-contract.js';
import { run } from '../entrypoints/ftp/ftp-world.js';
import { detached } from '../signature/cms-writer.js';
import type { Answer } from './answer.js';
import { announcement, factsFile, QUERY_ROOT, query } from './contents.js';
import { type Access, curlUp, FTP, getOver, hasCurl, headerOf, put } from './files-world.js';
import {
  eventually,
  LEASE,
  PERSON,
  type PullWorld,
  pullWorld,
  schemaProblem,
  statement,
  statesOf,
} from './pull-world.js';
import { newFolder, type TestGateway, testGateway } from './test-gateway.js';

const ZIP = octets(300_000);
const DAY = 24 * 3_600_000;

describe('10.06.S as a file in the store, announced by 10.10.I', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await testGateway({ threads: 1 }, newFolder(), FTP);
  });
  after(() => gateway.close());
  afterEach(() => gateway.checkInvariants());

  const answered = async (facts: Buffer, uuid: string, version: '1.1' | '1.2' | '1.3', carrier: '1.0.3' | '1.0.4') => {
    const region = gateway.as('REG001');
    const sent = await region.sendRequest(announcement(carrier), {
      version,
      refAttachmentHeaders: [headerOf(uuid, facts)],
    });
    expect(sent.fault).to.equal(undefined);
    const answer = await region.waitForResponse({ version });
    expect(answer.valueOf('OriginalMessageId')).to.equal(sent.sentId);
    await region.ack(answer.messageId!, true, version);
    return { sent, answer };
  };

  for (const version of ['1.1', '1.2', '1.3'] as const) {
    it(`REG001 uploads by curl over FTP and gets the protocol with every record taken (${version})`, async function () {
      if (!hasCurl) {
        this.test!.title += ' (skipped: needs curl)';
        this.skip();
      }
      const facts = Buffer.from(factsFile());
      const uuid = await curlUp(gateway, facts);
      const { sent, answer } = await answered(facts, uuid, version, '1.0.3');
      expect(answer.content).to.match(/recordOK>true</);
      expect(await statesOf(gateway, sent.sentId)).to.deep.equal(['delivered']);
      const kinds = (await gateway.store.recordsOf(sent.sentId)).map((r) => r.kind);
      expect(kinds).to.deep.equal(['accepted', 'checked', 'accepted', 'answered', 'leased', 'acknowledged']);
      const kept = await gateway.files.find(uuid);
      expect(kept?.claim).to.include({ owner: 'REG001', messageId: sent.sentId });
    });
  }

  it('the same over HTTP, 10.10.I 1.0.4', async () => {
    const facts = Buffer.from(factsFile());
    const { answer } = await answered(facts, await put(gateway, facts, 'факты.xml'), '1.3', '1.0.4');
    expect([...answer.parts.values()].join('') + answer.text).to.match(/recordOK>true<|attachment/);
  });

  it('findings of the rules on records in the file stand in the protocol', async () => {
    const facts = Buffer.from(factsFile({ snils: '11223344596' }));
    const { answer } = await answered(facts, await put(gateway, facts), '1.2', '1.0.3');
    expect(answer.content).to.match(/recordOK>false</);
  });

  it('a file that is not valid under its format refuses the message, line by line', async () => {
    const facts = Buffer.from(factsFile().replace('<f:dateStart>2020-03-01', '\n<f:dateStart>вчера'));
    const { answer } = await answered(facts, await put(gateway, facts), '1.3', '1.0.3');
    expect(answer.valueOf('StatusCategory')).to.equal('requestIsRejectedBySmev');
    expect(answer.text).to.match(/InvalidContent/);
    expect(answer.all('ValidationError').length).to.be.greaterThan(0);
  });

  it('goes on after a stop between acceptance and check', async () => {
    const facts = Buffer.from(factsFile());
    const uuid = await put(gateway, facts);
    const region = gateway.as('REG001');
    await region.sendRequest(announcement(), { refAttachmentHeaders: [headerOf(uuid, facts)] });
    await gateway.stop();
    gateway = await testGateway({ threads: 1 }, gateway.folder, FTP);
    const answer = await gateway.as('REG001').waitForResponse();
    expect(answer.content).to.match(/recordOK>true</);
    await gateway.as('REG001').ack(answer.messageId!);
  });
});

describe('files in the store between two participants that poll', () => {
  let world: PullWorld;
  before(async () => {
    world = await pullWorld(undefined, newFolder(), Date.now(), FTP);
  });
  after(() => world.close());
  afterEach(async () => {
    await world.drain();
    await world.checkInvariants();
  });
  const checked = (id: string) =>
    eventually(async () => !(await statesOf(world, id)).includes('checking'), `${id} is checked`);
  /** The clock is turned on here: ids are of its time. */
  const newId = () => uuidv1({ msecs: world.clock.now() });
  const zip = { mimeType: 'application/zip' };
  const ask = async (
    headers: Parameters<typeof headerOf>[2][],
    uuid?: string,
    version: '1.1' | '1.2' | '1.3' = '1.2',
  ) => {
    const id = uuid ?? (await put(world, ZIP, 'a b.zip'));
    const refAttachmentHeaders = headers.map((more) => headerOf(id, ZIP, { ...zip, ...more }));
    const sent = await world.agency.sendRequest(query(PERSON), { version, refAttachmentHeaders, messageId: newId() });
    if (sent.fault === undefined) await checked(sent.sentId);
    return { uuid: id, sent };
  };
  const accessIn = (answer: Answer): Access => ({
    uuid: answer.valueOf('uuid')!,
    userName: answer.valueOf('UserName')!,
    password: answer.valueOf('Password')!,
    fileName: answer.valueOf('FileName')!,
  });

  for (const version of ['1.1', '1.2', '1.3'] as const) {
    it(`the reader gets one-off credentials and the file (${version})`, async () => {
      const { uuid, sent } = await ask([{}], undefined, version);
      expect(sent.valueOf('Status')).to.equal('requestIsQueued');
      const taken = await world.poll(world.fund, 'GetRequest', { version, type: QUERY_ROOT });
      expect(taken.messageId).to.equal(sent.sentId);
      expect(schemaProblem(taken, version)).to.equal(undefined);
      const [item] = taken.all('FSAttachment');
      const text = (local: string) => {
        const child = taken.tree.children(item!).find((c) => taken.tree.localNameOf(c) === local);
        return taken.tree.textOf(child!)!;
      };
      const access = {
        uuid: text('uuid'),
        userName: text('UserName'),
        password: text('Password'),
        fileName: text('FileName'),
      };
      expect(access).to.include({ uuid, fileName: `/${uuid}` });
      expect([access.userName.length, access.password.length]).to.deep.equal([30, 30]);
      const got = await getOver(world, access);
      expect([got.status, got.bytes.equals(ZIP)]).to.deep.equal([200, true]);
      if (hasCurl) {
        const file = join(world.folder, `got-${version}`);
        const from = `${world.ftpUrl}${access.fileName}`;
        const done = await run('curl', ['-sS', '-u', `${access.userName}:${access.password}`, '-o', file, from]);
        expect(done).to.deep.equal({ code: 0, out: '' });
        expect(readFileSync(file).equals(ZIP)).to.equal(true);
      }
      await world.fund.ack(sent.sentId, true, version);
      world.clock.pass(25 * 3_600_000);
      expect((await getOver(world, access)).status, 'their term is over').to.equal(401);
    });
  }

  it('a reader of files holds the message four leases long, and gets new credentials the second time', async () => {
    const { sent } = await ask([{ fileName: 'a b.zip' }]);
    const first = await world.poll(world.fund, 'GetRequest');
    world.clock.pass(2 * LEASE);
    expect((await world.poll(world.fund, 'GetRequest')).messageId).to.equal(undefined);
    world.clock.pass(2 * LEASE + 1);
    const second = await world.poll(world.fund, 'GetRequest');
    expect(second.messageId).to.equal(sent.sentId);
    expect(second.valueOf('UserName')).to.not.equal(first.valueOf('UserName'));
    expect(second.valueOf('Password')).to.not.equal(first.valueOf('Password'));
    expect(second.text).to.include('/a b.zip');
  });

  it('Hash may be Streebog, as the real one is', async () => {
    const gost = createNobleProvider();
    for (const uri of [DIGESTS.gost256, DIGESTS.gost512]) {
      const { sent } = await ask([{ hash: gost.digest(uri, ZIP).toString('base64') }]);
      expect(await statesOf(world, sent.sentId), uri).to.deep.equal(['queued']);
    }
  });

  const told = async (sent: Answer & { sentId: string }) => {
    expect(sent.fault).to.equal(undefined);
    expect(await statesOf(world, sent.sentId)).to.deep.equal(['refused']);
    const status = await world.poll(world.agency, 'GetResponse');
    expect(status.valueOf('StatusCategory')).to.equal('requestIsRejectedBySmev');
    expect(schemaProblem(status, '1.2')).to.equal(undefined);
    await world.agency.ack(status.messageId!);
    return status;
  };

  it('a file that is not there, is cut, bears another name or is being written refuses the message: SMEV-201', async () => {
    const cut = await put(world, ZIP.subarray(0, 100_000));
    const other = await put(world, ZIP, 'a.zip');
    const writing = await world.files.upload({ uuid: randomUUID(), name: 'w' }, 0);
    if ('refused' in writing) throw new Error(writing.en);
    const busy = randomUUID();
    const open = await world.files.upload({ uuid: busy, name: 'w' }, 0);
    for (const [uuid, more, text] of [
      [randomUUID(), {}, 'нет в хранилище'],
      [cut, {}, '100000 байт'],
      [other, { fileName: 'b.zip' }, 'FileName'],
      [busy, {}, 'не закончена'],
    ] as const) {
      const status = await told((await ask([more], uuid)).sent);
      expect(status.text).to.include(text);
      expect(status.valueOf('Description')).to.match(/^SMEV-201:/);
    }
    for (const upload of [writing, open]) if ('end' in upload) await upload.end();
    expect((await world.files.find(cut))?.claim, 'a refused message claims nothing').to.equal(undefined);
    await put(world, ZIP, 'facts.xml', cut as ReturnType<typeof randomUUID>);
    expect(await statesOf(world, (await ask([{}], cut)).sent.sentId), 'uploaded anew, it passes').to.deep.equal([
      'queued',
    ]);
  });

  it('a file of another participant’s message is nobody else’s', async () => {
    const { uuid } = await ask([{}]);
    await world.drain();
    const { replyTo } = await world.asked({ messageId: newId() });
    const header = headerOf(uuid, ZIP, zip);
    const wire = await world.fund.buildResponse(
      replyTo,
      { content: statement() },
      { refAttachmentHeaders: [header], messageId: newId() },
    );
    expect((await world.fund.post(wire)).fault).to.equal(undefined);
    await checked(wire.messageId);
    expect(await statesOf(world, wire.messageId)).to.deep.equal(['refused']);
    const status = await world.poll(world.fund, 'GetStatus');
    expect(status.text).to.include('другого участника');
    const again = await ask([{}], uuid);
    expect(await statesOf(world, again.sent.sentId), 'its own sender may send it again').to.deep.equal(['queued']);
  });

  it('a response brings a file the same way', async () => {
    const { replyTo } = await world.asked({ messageId: newId() });
    const uuid = await put(world, ZIP, 'ответ.zip');
    const refAttachmentHeaders = [headerOf(uuid, ZIP, { ...zip, fileName: 'ответ.zip' })];
    const wire = await world.fund.buildResponse(
      replyTo,
      { content: statement() },
      { refAttachmentHeaders, messageId: newId() },
    );
    await world.fund.post(wire);
    await checked(wire.messageId);
    const got = await world.poll(world.agency, 'GetResponse');
    expect(got.messageId).to.equal(wire.messageId);
    expect(schemaProblem(got, '1.2')).to.equal(undefined);
    const access = { ...accessIn(got), uuid, fileName: '/ответ.zip' };
    expect((await getOver(world, access)).bytes.equals(ZIP)).to.equal(true);
  });

  it('headers that cannot be right are refused at once', async () => {
    const uuid = randomUUID();
    const send = (headers: readonly ReturnType<typeof headerOf>[]) =>
      world.agency.sendRequest(query(PERSON), { refAttachmentHeaders: headers, messageId: newId() });
    for (const headers of [
      [headerOf('../../etc/passwd', ZIP)],
      [headerOf(uuid, ZIP), headerOf(uuid.toUpperCase(), ZIP)],
      [headerOf(uuid, ZIP, { hash: 'abc' })],
      [headerOf(uuid, ZIP, { hash: hash('md5', ZIP, 'base64') })],
    ])
      expect((await send(headers)).fault?.code, headers[0]!.uuid).to.equal('AttachmentContentMiscoordination');
  });

  it('SignaturePKCS7 over the file is checked by its digest: a right one passes, one over other octets does not', async () => {
    const provider = createCryptoProvider();
    const pem = (name: string) => readFileSync(join(world.folder, 'certs-dev', 'FED001', name), 'utf8');
    const own = { certificatePem: pem('rsa.cert.pem'), privateKeyPem: pem('rsa.key.pem') };
    const right = await ask([{ pkcs7: await detached(ZIP, own, provider) }]);
    expect(await statesOf(world, right.sent.sentId)).to.deep.equal(['queued']);
    const wrong = await ask([{ pkcs7: await detached(ZIP.subarray(1), own, provider) }]);
    expect((await told(wrong.sent)).text).to.include('хэш содержимого не совпадает');
    const bare = await ask([{ pkcs7: await detached(ZIP, own, provider, { plain: true }) }]);
    expect((await told(bare.sent)).text).to.include('messageDigest');
  });

  it('a SignaturePKCS7 that is none refuses the message', async () => {
    const { sent } = await ask([{ pkcs7: Buffer.from('not a signature') }]);
    const status = await told(sent);
    expect(status.text).to.include('SignaturePKCS7');
  });

  it('goes thirty days after its last delivery; what no message took, after three', async () => {
    const { FileExpiry } = await import('../../src/pipeline/index.js');
    const { uuid, sent } = await ask([{}]);
    const loose = await put(world, ZIP);
    const { files, store } = world;
    const clock = { at: Date.now(), now: () => clock.at };
    const log = { info() {}, warn() {}, error() {} };
    const expiry = new FileExpiry({ files, store, clock, log, term: 30 * DAY });
    const there = async () => [await files.find(uuid), await files.find(loose)].map((f) => f !== undefined);
    await expiry.sweep();
    expect(await there()).to.deep.equal([true, true]);
    clock.at += 4 * DAY;
    await expiry.sweep();
    expect(await there(), 'not delivered yet').to.deep.equal([true, false]);
    expect((await world.poll(world.fund, 'GetRequest')).messageId).to.equal(sent.sentId);
    await world.fund.ack(sent.sentId);
    await expiry.sweep();
    clock.at += 29 * DAY;
    await expiry.sweep();
    expect(await there()).to.deep.equal([true, false]);
    clock.at += 2 * DAY;
    await expiry.sweep();
    expect(await there()).to.deep.equal([false, false]);
  });
});
