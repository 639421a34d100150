/** Broadcasts: one message to every subscriber in force, with no Recipient and no answer; a full mailbox misses it alone. */
import { expect } from 'chai';
import { isFailure } from '../../src/client/index.js';
import { VERSIONS } from '../../src/message/index.js';
import { schemaProblem, statesOf } from './pull-world.js';
import { expectRefused } from './refusals.js';
import { answer, ask, formatOf, type RoutingWorld, routingWorld } from './routing-world.js';

const SUBSCRIBERS = ['PFR', 'ZAGS', 'FSS'];

describe('a broadcast', () => {
  let world: RoutingWorld;
  before(async () => {
    world = await routingWorld(({ mnemonic }) => (SUBSCRIBERS.includes(mnemonic) ? { capacity: 2 } : {}));
  });
  after(() => world.close());
  afterEach(async () => {
    for (const mnemonic of SUBSCRIBERS) await world.requests(mnemonic);
    await world.checkInvariants();
  });

  const publish = async (options: { version?: (typeof VERSIONS)[number]; test?: boolean } = {}) => {
    const { version = '1.3', test = false } = options;
    const sent = await world.client('FED001', version).sendRequest({ content: ask('news'), test });
    if (isFailure(sent)) throw new Error(JSON.stringify({ ...sent, raw: undefined }));
    return sent;
  };

  it('reaches every subscriber in every version, as BROADCAST without Recipient, valid by the schema', async () => {
    for (const version of VERSIONS) {
      const { messageId, metadata } = await publish({ version });
      expect(metadata).to.include({ type: 'BROADCAST' }).and.not.to.have.property('recipient');
      for (const [n, mnemonic] of SUBSCRIBERS.entries()) {
        const polled = VERSIONS[(VERSIONS.indexOf(version) + n) % VERSIONS.length]!;
        const got = await world.as(mnemonic).poll('GetRequest', { version: polled });
        expect(got.messageId).to.equal(messageId);
        expect(got.valueOf('MessageType')).to.equal('BROADCAST');
        expect(got.all('Recipient')).to.deep.equal([]);
        expect(got.all('ReplyTo').length, '1.1 alone requires it').to.equal(polled === '1.1' ? 1 : 0);
        expect(schemaProblem(got, polled), `${version} → ${polled}`).to.equal(undefined);
        expect((await world.as(mnemonic).ack(messageId, true, polled)).fault).to.equal(undefined);
      }
      expect(await statesOf(world, messageId)).to.deep.equal(['delivered', 'delivered', 'delivered']);
    }
  });

  it('is found by the selector of its type', async () => {
    const { messageId } = await publish();
    const type = { namespace: formatOf('news').slice(1, -4), local: 'ask' };
    expect((await world.as('ZAGS').poll('GetRequest', { type, version: '1.3' })).messageId).to.equal(messageId);
    await world.as('ZAGS').ack(messageId, true, '1.3');
  });

  it('has no answer: who answers is refused in words', async () => {
    await publish({ version: '1.1' });
    const [got] = await world.requests('PFR', '1.1');
    for (const body of [
      { content: answer('plain', 'да') },
      { rejected: [{ code: 'NO_DATA' as const, description: '' }] },
    ]) {
      const done = await world.client('PFR').sendResponse({ to: got!.replyTo, ...body });
      expect(done).to.deep.include({ fault: 'RecipientIsNotFound' });
      expect(isFailure(done) && 'description' in done && done.description).to.include('BROADCAST');
    }
  });

  it('misses the subscriber whose mailbox is full, on record, and nobody else', async () => {
    await publish();
    await publish();
    for (const mnemonic of ['ZAGS', 'FSS']) expect(await world.requests(mnemonic)).to.have.length(2);
    const { messageId } = await publish();
    for (const mnemonic of ['ZAGS', 'FSS'])
      expect((await world.requests(mnemonic)).map((r) => r.messageId)).to.deep.equal([messageId]);
    const missed = (await world.store.deliveriesOf(messageId)).find((d) => d.recipient === 'PFR');
    expect(missed).to.include({ state: 'failed' });
    expect(missed?.cause).to.match(/^DestinationOverflow/);
    const records = (await world.store.recordsOf(messageId)).map(
      (r) => JSON.parse(Buffer.from(r.bytes).toString()) as object,
    );
    expect(records.filter((r) => 'fault' in r)).to.have.length(1);
    expect(records.find((r) => 'fault' in r)).to.include({
      kind: 'failed',
      recipient: 'PFR',
      fault: 'DestinationOverflow',
    });
    expect((await world.requests('PFR')).map((r) => r.messageId)).not.to.include(messageId);
  });

  it('for which every mailbox is full is DestinationOverflow, and may be sent again', async () => {
    await publish();
    await publish();
    const agency = world.as('FED001');
    const wire = await world.wire(agency, ask('news'));
    const answer = await agency.post(wire, '1.3');
    expect(answer.fault?.code).to.equal('DestinationOverflow');
    expect(await world.store.message(wire.messageId)).to.equal(undefined);
    await world.requests('FSS');
    expect((await agency.post(wire, '1.3')).fault).to.equal(undefined);
    expect((await world.requests('FSS')).map((r) => r.messageId)).to.deep.equal([wire.messageId]);
  });

  it('needs a right of its own, and rout:Routing has no place in it', async () => {
    const stranger = world.as('REG001');
    const says = ['рассылать'];
    await expectRefused(world, stranger, world.wire(stranger, ask('news')), {
      code: 'AccessDenied',
      says,
      version: '1.3',
      onRecord: true,
    });
    const agency = world.as('FED001');
    const routed = world.wire(agency, ask('news'), { identifiers: ['PFR'] });
    await expectRefused(world, agency, routed, {
      code: 'InvalidContent',
      says: ['подписчикам'],
      version: '1.3',
      onRecord: true,
    });
  });

  it('of a format nobody takes is RecipientIsNotFound', async () => {
    const registry = world.as('EGISSO');
    const content = '<c:request xmlns:c="urn://egisso-ru/msg/10.03.O/1.0.1"></c:request>';
    await expectRefused(world, registry, world.wire(registry, content), {
      code: 'RecipientIsNotFound',
      says: ['никто не подписан'],
      version: '1.3',
      onRecord: true,
    });
  });

  it('may be a test message', async () => {
    await publish({ test: true });
    for (const mnemonic of SUBSCRIBERS)
      expect((await world.requests(mnemonic)).map((r) => r.test)).to.deep.equal([true]);
  });
});
