/** What requests are made for: demanded by rights, on record, searchable, unusual use marked. Own facts by delegation, NodeIDs, quotas. */
import { rmSync } from 'node:fs';
import { expect } from 'chai';
import { openLeaf } from '../../src/journal/index.js';
import type { Attachment } from '../../src/message/index.js';
import type { Participant } from '../../src/participants/index.js';
import { announcement, factsFile, QUERY_ROOT, query } from './contents.js';
import { newFolder, type TestGateway, testGateway } from './test-gateway.js';

const PERSON = '11223344595';
const QUERY = `{${QUERY_ROOT.namespace}}${QUERY_ROOT.local}`;
const NOON = Date.parse('2026-11-23T12:00:00+03:00');

/** 10.13.I with what it is made for. */
function made(parts: { service?: string; norm?: string; official?: string }): string {
  const element = (name: string, text?: string) => (text === undefined ? '' : `<r:${name}>${text}</r:${name}>`);
  const info = `<r:requesterInfo>${element('serviceTitle', parts.service)}${element('npaInfo', parts.norm)}${element('personInfo', parts.official)}</r:requesterInfo>`;
  return query(PERSON).replace('</r:reportPeriod>', `</r:reportPeriod>${info}`);
}

const WHOLE = { service: 'Назначение пособия', norm: '178-ФЗ, статья 6.1', official: 'Иванова А. П.' };

describe('purposes, NodeIDs and quotas', () => {
  let gateway: TestGateway;
  let folder: string;
  let now: number;
  const start = async () => {
    gateway = await testGateway({ threads: 1, clock: { now: () => now } }, folder);
  };
  before(async () => {
    now = NOON;
    folder = newFolder();
    await start();
  });
  after(async () => {
    await gateway.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => gateway.checkInvariants());

  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${gateway.url}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${gateway.token}`,
        Accept: 'application/json',
        'Content-Type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    expect(response.status, JSON.stringify(answer)).to.equal(200);
    return answer;
  };
  const patch = (mnemonic: string, change: { [K in keyof Participant]?: Participant[K] | null }) =>
    call('PATCH', `/participants/${mnemonic}`, change);
  const found = async (purpose: string, more = '') => {
    const { items } = await call('GET', `/exchanges?purpose=${encodeURIComponent(purpose)}${more}`);
    return items as { messageId: string; purpose: string; unusual?: string[] }[];
  };
  // MessageIDs carry the machine's time, which may be far from this test's clock.
  const id = () => {
    const ticks = BigInt(now) * 10_000n + 0x01b21dd213814000n + BigInt(ids++);
    const hex = ticks.toString(16).padStart(15, '0');
    return `${hex.slice(7)}-${hex.slice(3, 7)}-1${hex.slice(0, 3)}-8000-00000000c0de`;
  };
  let ids = 1;
  const ask = (content: string, who = 'FED001', nodeId?: string) =>
    gateway.as(who).sendRequest(content, { messageId: id(), ...(nodeId === undefined ? {} : { nodeId }) });

  describe('a right that demands a purpose', () => {
    before(() =>
      call('POST', '/rights', { participant: 'FED001', format: QUERY, basis: 'приказ', purpose: 'required' }),
    );

    it('refuses a request that names none, or not all of it, saying what is missing', async () => {
      for (const [content, missing] of [
        [query(PERSON), 'requesterInfo/serviceTitle, requesterInfo/npaInfo, requesterInfo/personInfo'],
        [made({ service: WHOLE.service, official: WHOLE.official }), 'requesterInfo/npaInfo'],
        [made({ ...WHOLE, official: ' ' }), 'requesterInfo/personInfo'],
      ] as const) {
        const { fault } = await ask(content);
        expect(fault?.code).to.equal('AccessDenied');
        expect(fault?.description).to.include(missing).and.include('requestData[1]');
      }
    });

    it('takes one that names it; service and norm are found, the official is sealed', async () => {
      const { fault, sentId } = await ask(made(WHOLE));
      expect(fault).to.equal(undefined);
      for (const text of ['назначение ПОСОБИЯ', '178-фз', 'пособия — 178'])
        expect((await found(text)).map((m) => m.messageId)).to.deep.equal([sentId]);
      expect(await found('Иванова')).to.deep.equal([]);
      expect(await found('пособия', '&participant=ZAGS')).to.deep.equal([]);
      const record = await gateway.store.recordOf(sentId, 'accepted');
      const opened = openLeaf(record!.bytes, record!.opening, gateway.vault);
      if (typeof opened === 'string') return expect.fail(opened);
      expect(opened.hidden).to.deep.include({
        'purpose-service': [WHOLE.service],
        'purpose-norm': [WHOLE.norm],
        'purpose-official': [WHOLE.official],
      });
      const message = await gateway.store.message(sentId);
      expect(Buffer.from(record!.bytes).toString() + JSON.stringify(message)).to.not.include('Иванова');
    });

    it('does not bind those whose right does not demand it, who are found by it none the less', async () => {
      expect((await ask(query(PERSON), 'FSS')).fault).to.equal(undefined);
      const { sentId } = await ask(made({ service: 'Проверка дохода' }), 'FSS');
      expect((await found('проверка')).map((m) => m.messageId)).to.deep.equal([sentId]);
    });

    it('marks a purpose new for its participant, and one outside working hours, on record', async () => {
      const fresh = { ...WHOLE, service: 'Выдача справки' };
      await ask(made(fresh));
      await ask(made(fresh));
      const [second, first] = await found('справки');
      expect([first?.unusual, second?.unusual]).to.deep.equal([['new-purpose'], undefined]);
      const records = await gateway.store.recordsOf(first!.messageId);
      expect(records.map((r) => r.kind)).to.include('unusual-use');
      now = Date.parse('2026-11-23T23:30:00+03:00');
      const { sentId } = await ask(made(fresh));
      expect((await found('справки')).find((m) => m.messageId === sentId)?.unusual).to.deep.equal(['out-of-hours']);
      now = NOON + 600_000;
    });

    it('knows after a restart which purposes were named before', async () => {
      await gateway.stop();
      await start();
      const { sentId } = await ask(made(WHOLE));
      expect((await found('пособия')).find((m) => m.messageId === sentId)?.unusual).to.equal(undefined);
    });
  });

  describe('NodeIDs on record', () => {
    it('let no other one in, neither to send nor to poll', async () => {
      await patch('FSS', { nodes: ['A', 'B'] });
      const { fault } = await ask(query(PERSON), 'FSS', 'C');
      expect([fault?.code, fault?.description.includes('NodeID «C»')]).to.deep.equal(['AccessDenied', true]);
      expect((await ask(query(PERSON), 'FSS', 'A')).fault).to.equal(undefined);
      const poll = (nodeId: string) => gateway.as('FSS').poll('GetResponse', { nodeId, at: now });
      expect([(await poll('C')).fault?.code, (await poll('B')).fault]).to.deep.equal(['UnknownMessageType', undefined]);
      await patch('FSS', { nodes: null });
      expect((await ask(query(PERSON), 'FSS', 'C')).fault).to.equal(undefined);
    });
  });

  describe('quotas', () => {
    it('of sends a minute: 503 with the seconds to wait, nothing stored; later again', async () => {
      await patch('FSS', { quota: { messagesPerMinute: 2 } });
      const answers = [
        await ask(query(PERSON), 'FSS'),
        await ask(query(PERSON), 'FSS'),
        await ask(query(PERSON), 'FSS'),
      ];
      expect(answers.map((a) => a.status)).to.deep.equal([200, 200, 503]);
      const last = answers[2]!;
      expect([last.fault?.code, last.headers.get('retry-after')]).to.deep.equal(['DestinationOverflow', '30']);
      expect(await gateway.store.message(last.sentId)).to.equal(undefined);
      expect((await ask(made(WHOLE))).status, 'others are not held up').to.equal(200);
      now += 31_000;
      expect((await ask(query(PERSON), 'FSS')).status).to.equal(200);
      await patch('FSS', { quota: null });
    });

    it('of attachment bytes a day: QuoteLimitExceeded with what is left, over a restart, until the next day', async () => {
      await patch('REG001', { quota: { attachmentBytesPerDay: 5_000 } });
      const file = factsFile();
      const attachments: Attachment[] = [
        { contentId: 'facts.xml', mimeType: 'application/xml', content: Buffer.from(file) },
      ];
      const send = () => gateway.as('REG001').sendRequest(announcement(), { messageId: id(), attachments });
      const size = Buffer.byteLength(file);
      const fits = Math.floor(5_000 / size);
      for (let i = 0; i < fits; i++) expect((await send()).fault).to.equal(undefined);
      const over = await send();
      expect(over.fault?.code).to.equal('QuoteLimitExceeded');
      expect(over.valueOf('RemainedTotalQuoteSize')).to.equal(String(5_000 - fits * size));
      await gateway.stop();
      await start();
      expect((await send()).fault?.code).to.equal('QuoteLimitExceeded');
      now += 24 * 3_600_000;
      expect((await send()).fault).to.equal(undefined);
    });
  });
});
