/** Content checked after the answer, as the real system does: requestIsQueued first, then a status of the gateway's own. */
import { expect } from 'chai';
import { QUERY_ROOT, query, STATEMENT_ROOT } from './contents.js';
import {
  certificateOf,
  eventually,
  LEASE,
  PERSON,
  type PullWorld,
  pullWorld,
  schemaProblem,
  statement,
  statesOf,
  verifies,
} from './pull-world.js';
import { newFolder, testGateway } from './test-gateway.js';

const VERSIONS = ['1.1', '1.2', '1.3'] as const;
const LATE = { contentChecks: 'smev' } as const;
/** Two values of a wrong type, on lines of their own. */
const BROKEN = query(PERSON).replace('true<', 'да<').replace('2019-01-01', '\n2019');

describe('checks after the answer', () => {
  let world: PullWorld;
  const folder = newFolder();
  before(async () => {
    world = await pullWorld(() => LATE, folder);
  });
  after(() => world.close());
  afterEach(async () => {
    await world.drain();
    await world.checkInvariants();
  });
  const checked = (id: string) =>
    eventually(async () => !(await statesOf(world, id)).includes('checking'), `${id} is checked`);

  for (const version of VERSIONS) {
    it(`a broken request is queued, then refused through GetResponse with every violation (${version})`, async () => {
      const sent = await world.agency.sendRequest(BROKEN, { version });
      expect(sent.valueOf('Status')).to.equal('requestIsQueued');
      await checked(sent.sentId);
      expect(await statesOf(world, sent.sentId)).to.deep.equal(['refused']);
      expect((await world.poll(world.fund, 'GetRequest', { version })).messageId, 'it reaches nobody').to.equal(
        undefined,
      );

      const told = await world.poll(world.agency, 'GetResponse', { version, type: STATEMENT_ROOT });
      expect(told.valueOf('StatusCategory')).to.equal('requestIsRejectedBySmev');
      const [status] = told.all('AsyncProcessingStatus');
      const [original] = told.tree.children(status!);
      expect(told.tree.textOf(original!)).to.equal(sent.sentId);
      expect(told.valueOf('Description')).to.match(/^SMEV-403:/);
      expect(told.all('ValidationError').length).to.be.greaterThan(1);
      const [fault] = told.all('SmevFault');
      const type = told.tree.attribute(fault!, 'type', 'http://www.w3.org/2001/XMLSchema-instance');
      expect(type).to.match(/:InvalidContent$/);
      expect(schemaProblem(told, version)).to.equal(undefined);
      expect(told.messageId).to.not.equal(sent.sentId);
      expect(told.valueOf('Mnemonic')).to.equal('SMEV');
      const gateway = certificateOf(world, 'gateway');
      expect(verifies(told, 'Response', 'SMEVSignature', gateway)).to.equal(true);
      expect(verifies(told, 'SenderProvidedResponseData', 'SenderInformationSystemSignature', gateway)).to.equal(true);

      world.clock.pass(LEASE + 1);
      expect((await world.poll(world.agency, 'GetResponse', { version })).messageId, 'needs Ack').to.equal(
        told.messageId,
      );
      expect((await world.agency.ack(told.messageId!, true, version)).fault).to.equal(undefined);
      expect((await world.poll(world.agency, 'GetResponse', { version })).messageId).to.equal(undefined);
    });

    it(`a broken response is refused through GetStatus, and a right one may follow (${version})`, async () => {
      const { messageId, replyTo } = await world.asked({ version });
      const content = statement().replace('packageUid>04a5', 'packageUid>XX');
      const wire = await world.fund.buildResponse(replyTo, { content }, { version });
      const sent = await world.fund.post(wire, version);
      expect(sent.valueOf('Status')).to.equal('requestIsQueued');
      await checked(wire.messageId);
      expect((await world.poll(world.agency, 'GetResponse', { version })).messageId).to.equal(undefined);

      const told = await world.poll(world.fund, 'GetStatus', { version });
      expect(told.valueOf('OriginalMessageId')).to.equal(wire.messageId);
      expect(told.valueOf('StatusCategory')).to.match(/IsRejectedBySmev$/);
      expect(told.valueOf('Description')).to.match(/^SMEV-403:/);
      expect(told.all('ValidationError').length).to.be.greaterThan(0);
      expect(schemaProblem(told, version)).to.equal(undefined);
      expect(verifies(told, 'AsyncProcessingStatusData', 'SMEVSignature', certificateOf(world, 'gateway'))).to.equal(
        true,
      );
      expect((await world.fund.ack(wire.messageId, true, version)).fault, 'Ack is allowed').to.equal(undefined);
      expect((await world.fund.ack(wire.messageId, true, version)).fault?.code).to.equal('TargetMessageIsNotFound');

      expect((await world.store.message(messageId))?.closedBy).to.equal(undefined);
      const right = await world.fund.buildResponse(replyTo, { content: statement() }, { version });
      expect((await world.fund.post(right, version)).fault).to.equal(undefined);
      await checked(right.messageId);
      const got = await world.poll(world.agency, 'GetResponse', { version });
      expect(got.messageId).to.equal(right.messageId);
      await world.agency.ack(right.messageId, true, version);
      expect((await world.store.message(messageId))?.closedBy).to.equal(right.messageId);
    });
  }

  it('a passed request reaches its recipient', async () => {
    const { sentId } = await world.agency.sendRequest(query(PERSON));
    await checked(sentId);
    expect((await world.poll(world.fund, 'GetRequest', { type: QUERY_ROOT })).messageId).to.equal(sentId);
    await world.fund.ack(sentId);
    const kinds = (await world.store.recordsOf(sentId)).map((r) => r.kind);
    expect(kinds).to.deep.equal(['accepted', 'checked', 'leased', 'acknowledged']);
  });

  it('a status unconfirmed after GetStatus comes back twice and no more', async () => {
    const { replyTo } = await world.asked();
    const content = statement().replace('packageUid>04a5', 'packageUid>XX');
    const wire = await world.fund.buildResponse(replyTo, { content });
    await world.fund.post(wire);
    await checked(wire.messageId);
    const told = async () => (await world.poll(world.fund, 'GetStatus')).valueOf('OriginalMessageId');
    for (let n = 0; n < 3; n++) {
      expect(await told(), `time ${n + 1}`).to.equal(wire.messageId);
      expect(await told(), 'held').to.equal(undefined);
      world.clock.pass(LEASE + 1);
    }
    expect(await told()).to.equal(undefined);
    const status = (await world.store.messagesOf((await world.store.message(wire.messageId))!.exchange)).at(-1)!;
    await eventually(async () => (await statesOf(world, status.messageId))[0] === 'delivered', 'the status is done');
  });

  it('what waited for its check when the gateway stopped is checked after the start', async () => {
    const good = await world.agency.buildRequest(query(PERSON));
    const bad = await world.agency.buildRequest(BROKEN);
    await Promise.all([world.agency.post(good), world.agency.post(bad)]);
    const at = world.clock.at + 1_000;
    await world.stop();
    world = await pullWorld(() => LATE, folder, at);
    await checked(good.messageId);
    await checked(bad.messageId);
    expect((await world.poll(world.fund, 'GetRequest')).messageId).to.equal(good.messageId);
    const told = await world.poll(world.agency, 'GetResponse');
    const [original] = told.all('OriginalMessageId').slice(-1);
    expect(told.tree.textOf(original!)).to.equal(bad.messageId);
  });
});

describe('checks after the answer, for a partner behind an adapter', () => {
  it('nothing is carried to it before its check', async () => {
    const delivered: string[] = [];
    const gateway = await testGateway({
      threads: 1,
      adapters: new Map([
        [
          'EGISSO',
          {
            partner: 'EGISSO',
            deliver: async ({ messageId }) => {
              delivered.push(messageId);
              return { kind: 'rejected', code: 'NO_DATA', description: 'нет' };
            },
            ask: async () => ({ kind: 'later', cause: 'unknown' }),
          },
        ],
      ]),
      snapshot: (s) => ({ ...s, participants: s.participants.map((p) => ({ ...p, ...LATE })) }),
    });
    try {
      const agency = gateway.as('FED001');
      const bad = await agency.sendRequest(BROKEN);
      const good = await agency.sendRequest(query(PERSON));
      await eventually(async () => delivered.length > 0, 'the good one is delivered');
      expect(delivered).to.deep.equal([good.sentId]);
      expect(await statesOf(gateway, bad.sentId)).to.deep.equal(['refused']);
    } finally {
      await gateway.close();
    }
  });
});
