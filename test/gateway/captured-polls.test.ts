/** A captured poll must not fetch personal data: the same signed bytes get the same message or nothing, ever. */
import { expect } from 'chai';
import { query } from './contents.js';
import { LEASE, MINUTE, PERSON, type PullWorld, pullWorld } from './pull-world.js';
import { newFolder } from './test-gateway.js';

describe('captured polls', () => {
  let world: PullWorld;
  const folder = newFolder();
  before(async () => {
    world = await pullWorld(undefined, folder);
  });
  after(() => world.close());
  afterEach(() => world.drain());
  const send = async () => (await world.agency.sendRequest(query(PERSON))).sentId;
  const capture = () => world.fund.buildPoll('GetRequest', { at: world.clock.now() });
  const replay = async (poll: Awaited<ReturnType<typeof capture>>) => (await world.fund.post(poll)).messageId;

  it('get the same message while it is leased and nothing after its Ack', async () => {
    const id = await send();
    const poll = await capture();
    expect([await replay(poll), await replay(poll)]).to.deep.equal([id, id]);
    await send();
    expect(await replay(poll)).to.equal(id);
    await world.fund.ack(id);
    expect(await replay(poll)).to.equal(undefined);
  });

  it('sent twice at once get one message between them', async () => {
    const [first] = [await send(), await send()];
    const poll = await capture();
    expect(await Promise.all([replay(poll), replay(poll), replay(poll)])).to.deep.equal([first, first, first]);
  });

  it('answered empty stay empty when a message has come', async () => {
    const poll = await capture();
    expect(await replay(poll)).to.equal(undefined);
    await send();
    expect(await replay(poll)).to.equal(undefined);
  });

  it('get nothing new when their message was handed to a later poll', async () => {
    const short = 5 * MINUTE;
    const first = await send();
    const poll = await world.fund.buildPoll('GetRequest', { at: world.clock.now() + short });
    expect(await replay(poll)).to.equal(first);
    world.clock.pass(LEASE - MINUTE);
    world.clock.pass(MINUTE + 1);
    const second = await send();
    expect((await world.poll(world.fund, 'GetRequest')).messageId, 'a later poll takes it').to.equal(first);
    expect(await replay(poll), `not ${second}`).to.equal(undefined);
  });

  it('outside the window are refused, and the fault names the difference', async () => {
    const poll = await capture();
    world.clock.pass(11 * MINUTE);
    const { fault } = await world.fund.post(poll);
    expect(fault?.code).to.equal('InvalidContent');
    expect(fault?.description).to.match(/11 мин/);
  });

  it('get nothing new after a restart', async () => {
    const leased = await send();
    const first = await capture();
    expect(await replay(first)).to.equal(leased);
    world.clock.pass(1_000);
    const empty = await capture();
    expect(await replay(empty)).to.equal(undefined);
    world.clock.pass(1_000);
    const { at } = world.clock;
    await world.stop();
    world = await pullWorld(undefined, folder, at);
    const fresh = await send();
    expect(await replay(empty)).to.equal(undefined);
    expect(await replay(first), 'leased to this very poll').to.equal(leased);
    await world.fund.ack(leased);
    expect(await replay(first)).to.equal(undefined);
    expect((await world.poll(world.fund, 'GetRequest')).messageId).to.equal(fresh);
  });
});
