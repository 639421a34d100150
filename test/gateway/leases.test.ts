/** A message handed out is held for its reader until Ack or the end of the lease; then it stands at its old place. */
import { expect } from 'chai';
import { v1 as uuidv1 } from 'uuid';
import { query } from './contents.js';
import { LEASE, MINUTE, PERSON, type PullWorld, pullWorld, statesOf } from './pull-world.js';

describe('leases', () => {
  let world: PullWorld;
  before(async () => {
    world = await pullWorld();
  });
  after(() => world.close());
  afterEach(async () => {
    await world.drain();
    await world.checkInvariants();
  });
  const send = async () => (await world.agency.sendRequest(query(PERSON))).sentId;
  const next = async () => (await world.poll(world.fund, 'GetRequest')).messageId;

  it('a call gives one message, the oldest, and an empty queue an empty wrapper', async () => {
    const [first, second] = [await send(), await send()];
    expect([await next(), await next()]).to.deep.equal([first, second]);
    const empty = await world.poll(world.fund, 'GetRequest');
    const [wrapper] = empty.all('GetRequestResponse');
    expect(empty.tree.children(wrapper!)).to.deep.equal([]);
  });

  it('an unacknowledged message comes back to the head of its queue when the lease ends, not before', async () => {
    const [first, second] = [await send(), await send()];
    expect(await next()).to.equal(first);
    world.clock.pass(LEASE - MINUTE);
    expect(await next()).to.equal(second);
    expect(await next(), 'both are held').to.equal(undefined);
    world.clock.pass(MINUTE + 1);
    expect(await next()).to.equal(first);
    world.clock.pass(LEASE + 1);
    expect([await next(), await next()]).to.deep.equal([first, second]);
  });

  it('leases never use up attempts: the twentieth hand-out is as the first', async () => {
    const id = await send();
    for (let n = 0; n < 20; n++) {
      expect(await next()).to.equal(id);
      world.clock.pass(LEASE + 1);
    }
    expect((await world.fund.ack(id)).fault).to.equal(undefined);
    expect(await next()).to.equal(undefined);
  });

  it('Ack of an expired lease succeeds while nobody else holds the message, and of a second lease too', async () => {
    const id = await send();
    await next();
    world.clock.pass(LEASE + 1);
    expect((await world.fund.ack(id)).fault).to.equal(undefined);
    expect(await statesOf(world, id)).to.deep.equal(['delivered']);
    const other = await send();
    await next();
    world.clock.pass(LEASE + 1);
    expect(await next()).to.equal(other);
    expect((await world.fund.ack(other)).fault).to.equal(undefined);
    expect(await next()).to.equal(undefined);
  });

  it('Ack of a message unknown, of another, never handed out or confirmed before is TargetMessageIsNotFound', async () => {
    const id = await send();
    const refusedFor = async (who: 'fund' | 'agency', target: string) => (await world[who].ack(target)).fault?.code;
    expect(await refusedFor('fund', uuidv1())).to.equal('TargetMessageIsNotFound');
    expect(await refusedFor('fund', id), 'queued only').to.equal('TargetMessageIsNotFound');
    await next();
    expect(await refusedFor('agency', id), 'its sender').to.equal('TargetMessageIsNotFound');
    expect(await refusedFor('fund', id)).to.equal(undefined);
    expect(await refusedFor('fund', id), 'twice').to.equal('TargetMessageIsNotFound');
  });

  it('accepted=false puts the message aside for a person; it is handed out no more', async () => {
    const id = await send();
    await next();
    expect((await world.fund.ack(id, false)).fault).to.equal(undefined);
    expect(await statesOf(world, id)).to.deep.equal(['not-accepted']);
    world.clock.pass(LEASE + 1);
    expect(await next()).to.equal(undefined);
    expect((await world.store.recordsOf(id)).map((r) => r.kind)).to.deep.equal(['accepted', 'leased', 'not-accepted']);
  });

  it('EOL is judged when a message is to be handed out; a lease protects from it', async () => {
    const eol = world.clock.now() + 5 * MINUTE;
    const late = (await world.agency.sendRequest(query(PERSON), { eol })).sentId;
    const held = (await world.agency.sendRequest(query(PERSON), { eol })).sentId;
    const alive = await send();
    expect(await next()).to.equal(late);
    expect(await next()).to.equal(held);
    world.clock.pass(6 * MINUTE);
    expect((await world.fund.ack(held)).fault, 'held past its EOL').to.equal(undefined);
    world.clock.pass(LEASE);
    expect(await next(), 'the expired one is passed over').to.equal(alive);
    expect((await world.fund.ack(alive)).fault).to.equal(undefined);
    expect(await next()).to.equal(undefined);
  });

  it('many polls at once get many messages, none twice', async () => {
    const sent = await Promise.all(Array.from({ length: 8 }, send));
    const got = await Promise.all(Array.from({ length: 10 }, next));
    expect(got.filter((id) => id !== undefined).sort()).to.deep.equal([...sent].sort());
  });
});
