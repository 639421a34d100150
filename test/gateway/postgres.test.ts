/** The same gateway on PostgreSQL, and two of them on one store: whichever a participant reaches, it is one system. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describeOnPostgres } from '../contracts/postgres-server.js';
import { announcement, factsFile, query } from './contents.js';
import { newFolder, type TestGateway, testGateway } from './test-gateway.js';

describeOnPostgres('gateways on one PostgreSQL store', (server) => {
  let folders: string[];
  let one: TestGateway;
  let two: TestGateway;
  before(async function () {
    this.timeout(120_000);
    folders = [newFolder(), newFolder()];
    const environment = { DATABASE_URL: server().url, GATEWAY_KEYS: join(folders[0]!, 'keys') };
    one = await testGateway({}, folders[0]!, environment);
    cpSync(join(folders[0]!, 'certs-dev'), join(folders[1]!, 'certs-dev'), { recursive: true });
    two = await testGateway({}, folders[1]!, environment);
  });
  after(async () => {
    await two?.stop();
    await one?.stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => one.checkInvariants());

  it('answer a query sent to one of them through the other', async () => {
    const [sender, reader] = [one.as('FED001'), two.as('FED001')];
    const sent = await sender.sendRequest(query('11737784886'));
    expect(sent.fault).to.equal(undefined);
    const answer = await reader.waitForResponse();
    expect(answer.valueOf('OriginalMessageId')).to.equal(sent.sentId);
    expect((await reader.ack(answer.messageId!)).fault).to.equal(undefined);
    expect((await sender.poll('GetResponse')).messageId).to.equal(undefined);
  }).timeout(30_000);

  it('take facts as an attachment and give the registry’s protocol back', async () => {
    const attachments = [{ contentId: 'facts.xml', mimeType: 'application/xml', content: Buffer.from(factsFile()) }];
    const region = two.as('REG001');
    expect((await region.sendRequest(announcement(), { attachments })).fault).to.equal(undefined);
    const protocol = await region.waitForResponse();
    expect(protocol.content).to.match(/recordOK>true</);
    await region.ack(protocol.messageId!);
  }).timeout(30_000);

  it('accept one of the same message sent to both at once, and know it as sent already afterwards', async () => {
    const agency = one.as('FED001');
    const wire = await agency.buildRequest(query('11737784886'));
    const [a, b] = await Promise.all([agency.post(wire), two.as('FED001').post(wire)]);
    const faults = [a, b].map(({ fault }) => fault?.code).filter((code) => code !== undefined);
    expect(faults).to.have.length(1);
    expect((await two.as('FED001').post(wire)).fault?.code).to.equal(faults[0]);
  }).timeout(30_000);

  it('hand out receipts that name one log', async () => {
    const heads = await Promise.all(
      [one, two].map(async ({ url }) => (await fetch(`${url}/journal/checkpoint`)).text()),
    );
    expect(heads[0]!.split('\n')[0]).to.equal(heads[1]!.split('\n')[0]);
    const ready = await Promise.all([one, two].map(async ({ url }) => (await fetch(`${url}/health/ready`)).status));
    expect(ready).to.deep.equal([200, 200]);
  });
});
