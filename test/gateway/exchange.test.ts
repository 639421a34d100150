/** «A regional system's signed facts go into the registry, and a federal agency reads them back»: over sockets, all parts real. */
import { expect } from 'chai';
import { announcement, factsFile, QUERY_ROOT, query } from './contents.js';
import { type TestGateway, testGateway } from './test-gateway.js';

const VERSIONS = ['1.1', '1.2', '1.3'] as const;

describe('an exchange through the running gateway', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await testGateway();
  });
  after(() => gateway.close());
  afterEach(() => gateway.checkInvariants());

  for (const version of VERSIONS) {
    it(`answers a query by SNILS from what the registry holds (${version})`, async () => {
      const agency = gateway.as('FED001');
      const sent = await agency.sendRequest(query('11737784886'), { version });
      expect(sent.fault).to.equal(undefined);
      expect(sent.valueOf('Status')).to.equal('requestIsQueued');
      const answer = await agency.waitForResponse({ version });
      expect(answer.valueOf('OriginalMessageId')).to.equal(sent.sentId);
      expect(answer.content).to.include('11737784886').and.include('0444.07000029.01.0010.01.030701');
      expect((await agency.ack(answer.messageId!, true, version)).fault).to.equal(undefined);
      expect((await agency.poll('GetResponse', { version })).messageId).to.equal(undefined);
    });

    for (const road of ['mtom', 'inline'] as const) {
      it(`takes facts as an attachment by ${road} and gives them back to the agency (${version})`, async () => {
        const [region, agency] = [gateway.as('REG001'), gateway.as('FED001')];
        const file = factsFile({ snils: '64003696972' });
        const attachments = [{ contentId: 'facts.xml', mimeType: 'application/xml', content: Buffer.from(file) }];
        const sent = await region.sendRequest(announcement(), { version, attachments, road });
        expect(sent.fault).to.equal(undefined);
        const protocol = await region.waitForResponse({ version });
        expect(protocol.content).to.match(/recordOK>true</);
        await region.ack(protocol.messageId!, true, version);

        await agency.sendRequest(query('64003696972'), { version });
        const statement = await agency.waitForResponse({ version });
        expect(statement.content).to.include('1500.00');
        await agency.ack(statement.messageId!, true, version);
      });
    }
  }

  for (const road of ['mtom', 'inline'] as const) {
    it(`answers 10.10.I 1.0.4 with the protocol as an attachment by the road the request used (${road})`, async () => {
      const region = gateway.as('REG001');
      const attachments = [{ contentId: 'facts.xml', mimeType: 'application/xml', content: Buffer.from(factsFile()) }];
      expect((await region.sendRequest(announcement('1.0.4'), { attachments, road })).fault).to.equal(undefined);
      const answer = await region.waitForResponse();
      expect(answer.content).to.match(/attachment>true</);
      expect(answer.all('Include').length).to.equal(road === 'mtom' ? 1 : 0);
      const [inline] = answer.all('Content');
      const protocol =
        road === 'mtom' ? [...answer.parts.values()].at(-1) : Buffer.from(answer.tree.textOf(inline!) ?? '', 'base64');
      expect(protocol?.toString()).to.match(/recordOK>true</);
      await region.ack(answer.messageId!);
    });
  }

  it('refuses a selector of a type the caller has no queue of, naming what it has', async () => {
    const answer = await gateway.as('FED001').poll('GetRequest', { type: QUERY_ROOT });
    expect(answer.fault?.code).to.equal('UnknownMessageType');
    expect(answer.fault?.description).to.include('FED001');
  });
});
