/** Which queue a message lies in, who may take it from there, and how much a queue holds. */
import { expect } from 'chai';
import { timestamp } from '../../src/envelope/index.js';
import { QUERY_ROOT, query, STATEMENT_ROOT } from './contents.js';
import { PERSON, type PullWorld, pullWorld, statement, statesOf } from './pull-world.js';

describe('queues', () => {
  let world: PullWorld;
  before(async () => {
    world = await pullWorld();
  });
  after(() => world.close());
  afterEach(async () => {
    await world.drain();
    await world.checkInvariants();
  });

  it('a selector takes its own type, none takes any', async () => {
    const { sentId } = await world.agency.sendRequest(query(PERSON));
    const other = { namespace: 'urn://egisso-ru/msg/10.10.I/1.0.3', local: 'request' };
    const refused = await world.poll(world.fund, 'GetRequest', { type: { ...QUERY_ROOT, local: 'responsePackage' } });
    expect(refused.fault?.code).to.equal('UnknownMessageType');
    const foreign = await world.poll(world.fund, 'GetRequest', { type: other });
    expect(foreign.fault?.code).to.equal('UnknownMessageType');
    expect((await world.poll(world.fund, 'GetRequest', { type: QUERY_ROOT })).messageId).to.equal(sentId);
  });

  it('whatever answers a request is found by the selector of its response: content, rejection and status', async () => {
    const bodies = [
      { content: statement() },
      { rejected: [{ code: 'NO_DATA' as const, description: 'Сведений нет' }] },
      { status: { code: 7, description: 'в работе', parameters: [] } },
    ];
    for (const body of bodies) {
      const { replyTo } = await world.asked();
      const answer = await world.fund.post(await world.fund.buildResponse(replyTo, body));
      expect(answer.fault).to.equal(undefined);
      const got = await world.poll(world.agency, 'GetResponse', { type: STATEMENT_ROOT });
      expect(got.messageId, JSON.stringify(body)).to.equal(answer.messageId);
      await world.agency.ack(got.messageId!);
    }
  });

  it('the answer to a request with NodeID goes to polls of that node only', async () => {
    const { messageId, replyTo } = await world.asked({ nodeId: 'узел-1' });
    const { replyTo: plain, messageId: plainId } = await world.asked();
    await world.fund.post(await world.fund.buildResponse(replyTo, { content: statement() }));
    const get = async (nodeId?: string) =>
      (await world.poll(world.agency, 'GetResponse', nodeId === undefined ? {} : { nodeId })).valueOf(
        'OriginalMessageId',
      );
    expect(await get()).to.equal(undefined);
    expect(await get('узел-2')).to.equal(undefined);
    await world.fund.post(await world.fund.buildResponse(plain, { content: statement() }));
    expect(await get(), 'and the other one to polls without').to.equal(plainId);
    expect(await get('узел-1')).to.equal(messageId);
    await world.agency.ack((await world.store.messagesOf(messageId))[1]!.messageId);
  });

  it('ReplyTo is opaque and must come back unchanged', async () => {
    const { messageId, replyTo } = await world.asked();
    expect(replyTo.length).to.be.lessThan(4_000);
    const address = JSON.parse(Buffer.from(replyTo, 'base64').toString()) as object;
    const forged = [
      Buffer.from(JSON.stringify({ ...address, mnm: 'REG001' })).toString('base64'),
      Buffer.from(JSON.stringify({ ...address, s: '' })).toString('base64'),
      `${replyTo}A`.slice(1),
      messageId,
    ];
    for (const to of forged) {
      const answer = await world.fund.post(await world.fund.buildResponse(to, { content: statement() }));
      expect(answer.fault?.code, to).to.equal('RecipientIsNotFound');
    }
    const stranger = world.as('REG001');
    const answer = await stranger.post(await stranger.buildResponse(replyTo, { content: statement() }));
    expect(answer.fault?.code, 'another participant').to.equal('RecipientIsNotFound');
    expect((await world.store.message(messageId))?.closedBy).to.equal(undefined);
  });

  it('RequestStatus leaves the request open, the final response closes it', async () => {
    const { replyTo } = await world.asked();
    const status = { status: { code: 1, description: 'принято', parameters: [{ key: 'этап', value: '2' }] } };
    for (const body of [status, status, { content: statement() }]) {
      const sent = await world.fund.post(await world.fund.buildResponse(replyTo, body));
      expect(sent.fault).to.equal(undefined);
      const got = await world.poll(world.agency, 'GetResponse');
      expect(got.valueOf('StatusDescription')).to.equal('status' in body ? 'принято' : undefined);
      expect(got.content === undefined).to.equal('status' in body);
      await world.agency.ack(got.messageId!);
    }
    const again = await world.fund.post(await world.fund.buildResponse(replyTo, status));
    expect(again.fault?.code).to.equal('RecipientIsNotFound');
    expect(again.fault?.description).to.include('окончательный ответ');
  });

  it('a rejection travels with its codes and closes the request', async () => {
    const { messageId, replyTo } = await world.asked();
    const rejected = [
      { code: 'ACCESS_DENIED' as const, description: 'Нет основания' },
      { code: 'NO_DATA' as const, description: 'Сведений нет' },
    ];
    const sent = await world.fund.post(await world.fund.buildResponse(replyTo, { rejected }));
    const got = await world.poll(world.agency, 'GetResponse');
    expect(got.all('RejectionReasonCode').map((e) => got.tree.textOf(e))).to.deep.equal(['ACCESS_DENIED', 'NO_DATA']);
    expect(got.valueOf('RejectionReasonDescription')).to.equal('Нет основания');
    await world.agency.ack(got.messageId!);
    expect((await world.store.message(messageId))?.closedBy).to.equal(sent.messageId);
  });

  it('GetIncomingQueueStatistics (1.1) counts what lies in the caller’s own queues, leased ones too', async () => {
    const { replyTo } = await world.asked({ version: '1.1' });
    await world.fund.post(await world.fund.buildResponse(replyTo, { content: statement() }));
    await world.agency.sendRequest(query(PERSON));
    await world.agency.sendRequest(query(PERSON));
    await world.poll(world.fund, 'GetRequest');
    const count = async (who: PullWorld['fund']) => {
      const signed = timestamp('1.1', world.clock.now(), 'ID');
      const answer = await who.post(await who.sign('GetIncomingQueueStatistics', signed, 'ID', '1.1'), '1.1');
      expect(answer.fault).to.equal(undefined);
      return answer
        .all('QueueStatistics')
        .map((e) => [answer.tree.attribute(e, 'queueName'), answer.tree.attribute(e, 'pendingMessageNumber')]);
    };
    const name = (mailbox: string, root: { namespace: string; local: string }) =>
      `${mailbox} {${root.namespace}}${root.local}`;
    expect(await count(world.fund)).to.deep.equal([[name('requests', QUERY_ROOT), '2']]);
    expect(await count(world.agency)).to.deep.equal([[name('responses', STATEMENT_ROOT), '1']]);
  });

  it('operations of another version are refused by name', async () => {
    const signed = timestamp('1.2', world.clock.now(), 'ID');
    const body = (await world.fund.sign('GetStatus', signed, 'ID', '1.2')).body.toString();
    const renamed = body.replaceAll('GetStatusRequest', 'GetIncomingQueueStatisticsRequest');
    const { fault } = await world.fund.post({ contentType: 'text/xml', body: renamed }, '1.2');
    expect(fault?.code).to.equal('InvalidContent');
  });
});

describe('the capacity of a queue', () => {
  let world: PullWorld;
  before(async () => {
    world = await pullWorld(({ mnemonic }) =>
      mnemonic === 'PFR' || mnemonic === 'FED001'
        ? { capacity: 2, contentChecks: mnemonic === 'FED001' ? 'smev' : 'early' }
        : {},
    );
  });
  after(() => world.close());

  it('beyond it the sender gets DestinationOverflow naming the queue, and may send the same id later', async () => {
    const checked = async (id: string) => (await statesOf(world, id)).includes('queued');
    const wires = [];
    for (let n = 0; n < 3; n++) wires.push(await world.agency.buildRequest(query(PERSON)));
    const answers = [];
    for (const wire of wires) answers.push(await world.agency.post(wire));
    const full = answers[2]!;
    expect(answers.map((a) => a.fault?.code)).to.deep.equal([undefined, undefined, 'DestinationOverflow']);
    expect(full.valueOf('MessageBrokerAddress')).to.be.a('string').and.not.equal('');
    expect(full.valueOf('DestinationName')).to.include('PFR');
    expect(await world.store.message(wires[2]!.messageId)).to.equal(undefined);
    while (!(await checked(wires[0]!.messageId))) await new Promise((resolve) => setTimeout(resolve, 10));
    const got = await world.poll(world.fund, 'GetRequest');
    expect(got.messageId).to.equal(wires[0]!.messageId);
    await world.fund.ack(got.messageId!);
    expect((await world.agency.post(wires[2]!)).fault).to.equal(undefined);
    await world.drain();
  });

  it('the gateway’s own statuses come even into a full queue', async () => {
    const broken = query(PERSON).replace('true<', 'да<');
    const ids: string[] = [];
    for (let n = 0; n < 4; n++) {
      const sent = await world.agency.sendRequest(broken);
      expect(sent.fault, 'checked late').to.equal(undefined);
      ids.push(sent.sentId);
      while ((await statesOf(world, sent.sentId))[0] === 'checking') await new Promise((r) => setTimeout(r, 10));
    }
    const told = [];
    for (let a = await world.poll(world.agency, 'GetResponse'); a.messageId !== undefined; ) {
      told.push(a.valueOf('OriginalMessageId'));
      await world.agency.ack(a.messageId);
      a = await world.poll(world.agency, 'GetResponse');
    }
    expect(told).to.deep.equal(ids);
  });
});
