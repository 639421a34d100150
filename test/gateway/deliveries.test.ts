/** Deliveries to partners that do not poll: doubts settled after a restart, EOL, and the test message that leaves no trace. */
import { expect } from 'chai';
import { v4 as uuidv4 } from 'uuid';
import type { PartnerAdapter, PartnerAnswer } from '../../src/ports/index.js';
import { announcement, factsFile, query } from './contents.js';
import { eventually, PERSON, statement, statesOf } from './pull-world.js';
import { newFolder, type TestGateway, testGateway } from './test-gateway.js';

const MINUTE = 60_000;

describe('deliveries to a partner behind an adapter', () => {
  let gateway: TestGateway;
  let calls: string[];
  let says: (call: 'deliver' | 'ask') => PartnerAnswer;
  let at: number;
  const clock = { now: () => at };
  const adapter: PartnerAdapter = {
    partner: 'EGISSO',
    deliver: async ({ messageId }) => {
      calls.push(`deliver ${messageId}`);
      return says('deliver');
    },
    ask: async (messageId) => {
      calls.push(`ask ${messageId}`);
      return says('ask');
    },
  };
  const answered: PartnerAnswer = { kind: 'answered', content: statement(), attachments: [] };
  const start = async (folder: string) => {
    gateway = await testGateway({ clock, threads: 1, adapters: new Map([['EGISSO', adapter]]) }, folder);
  };

  beforeEach(async () => {
    calls = [];
    at = Date.now();
    await start(newFolder());
  });
  afterEach(async () => {
    await gateway.checkInvariants();
    await gateway.close();
  });

  it('what was in doubt when the gateway stopped is asked about after the start, never sent again', async () => {
    says = () => ({ kind: 'in-doubt', cause: 'no answer' });
    const { sentId } = await gateway.as('FED001').sendRequest(query(PERSON));
    await eventually(async () => (await statesOf(gateway, sentId))[0] === 'in-doubt', 'it is in doubt');
    await gateway.stop();
    says = () => answered;
    at += MINUTE;
    await start(gateway.folder);
    await eventually(async () => (await statesOf(gateway, sentId))[0] === 'delivered', 'the doubt is settled');
    expect(calls.filter((c) => c.startsWith('deliver'))).to.deep.equal([`deliver ${sentId}`]);
    expect(calls.at(-1)).to.equal(`ask ${sentId}`);
    const got = await gateway.as('FED001').poll('GetResponse', { at });
    expect(got.valueOf('OriginalMessageId')).to.equal(sentId);
  });

  it('a message the partner puts off ends by its EOL', async () => {
    says = () => ({ kind: 'later', cause: 'HTTP 503' });
    const { sentId } = await gateway.as('FED001').sendRequest(query(PERSON), { eol: at + MINUTE });
    await eventually(async () => calls.length > 0, 'it is tried');
    at += 2 * MINUTE;
    await eventually(async () => (await statesOf(gateway, sentId))[0] === 'expired', 'it expires');
    expect((await gateway.store.recordsOf(sentId)).at(-1)?.kind).to.equal('expired');
  });
});

describe('a test message', () => {
  it('is answered in full and leaves the registry as it was', async () => {
    const gateway = await testGateway({ threads: 1 });
    try {
      const [region, agency] = [gateway.as('REG001'), gateway.as('FED001')];
      const snils = '64003696972';
      const file = Buffer.from(factsFile({ snils, uuid: uuidv4(), packageId: uuidv4() }));
      const attachments = [{ contentId: 'facts.xml', mimeType: 'application/xml', content: file }];
      const answerTo = async (test: boolean) => {
        const sent = await region.sendRequest(announcement(), { attachments, test });
        expect(sent.fault).to.equal(undefined);
        const answer = await region.waitForResponse();
        expect(answer.valueOf('OriginalMessageId')).to.equal(sent.sentId);
        await region.ack(answer.messageId!);
        return answer.content;
      };
      const known = async () => {
        await agency.sendRequest(query(snils));
        const answer = await agency.waitForResponse();
        await agency.ack(answer.messageId!);
        return answer.content?.includes('1500.00');
      };
      expect(await answerTo(true)).to.match(/recordOK>true</);
      expect(await known(), 'nothing was kept').to.equal(false);
      expect(await answerTo(false), 'the same package again, in earnest').to.match(/recordOK>true</);
      expect(await known()).to.equal(true);
      await gateway.checkInvariants();
    } finally {
      await gateway.close();
    }
  });
});
