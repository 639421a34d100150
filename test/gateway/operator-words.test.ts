/** An operator's word on single deliveries: through the state machine, with a name and a reason in the journal. */
import { expect } from 'chai';
import { openLeaf } from '../../src/journal/index.js';
import type { StoredDelivery } from '../../src/ports/index.js';
import { query } from './contents.js';
import { eventually, PERSON, statesOf } from './pull-world.js';
import { ANSWERED } from './replay-answers.js';
import { type ReplayWorld, replayWorld } from './replay-world.js';

describe('an operator’s word on a delivery', () => {
  let world: ReplayWorld;
  beforeEach(async () => {
    world = await replayWorld();
  });
  afterEach(() => world.close());

  const deliveryOf = async (id: string): Promise<StoredDelivery> => (await world.gateway.store.deliveriesOf(id))[0]!;
  const said = { by: 'Иванова', reason: 'звонок в реестр' };
  const say = (id: number, verb: string, more: object = {}) =>
    world.call<{ record: number; delivery: StoredDelivery }>('POST', `/deliveries/${id}/${verb}`, { ...said, ...more });
  const hidden = async (index: number) => {
    const record = (await world.gateway.store.record(index))!;
    const opened = openLeaf(record.bytes, record.opening, world.gateway.vault);
    return { kind: record.kind, ...(typeof opened === 'string' ? {} : opened.hidden) };
  };

  it('settles a doubt as arrived, lost or unknown, once', async () => {
    world.says = () => ({ kind: 'in-doubt', cause: 'no answer' });
    for (const [as, state, kind] of [
      ['arrived', 'delivered', 'settled'],
      ['lost', 'failed', 'failed'],
      ['unknown', 'failed', 'failed'],
    ] as const) {
      const [id] = await world.sent(1, 'in-doubt');
      const delivery = await deliveryOf(id!);
      const listed = await world.call<{ items: StoredDelivery[] }>('GET', '/deliveries?state=in-doubt');
      expect(listed.body.items.map((d) => d.id)).to.deep.equal([delivery.id]);
      expect((await say(delivery.id, 'settle', { as: 'perhaps' })).status).to.equal(400);
      const done = await say(delivery.id, 'settle', { as });
      expect(done.body.delivery.state).to.equal(state);
      expect(await hidden(done.body.record)).to.include({ kind, word: as, ...said });
      expect((await say(delivery.id, 'settle', { as: 'arrived' })).status).to.equal(409);
    }
    expect((await say(4711, 'settle', { as: 'lost' })).status).to.equal(404);
    expect((await say(1, 'settle', { as: 'lost', by: '' })).status).to.equal(400);
  });

  it('cancels what is queued, and nothing that has ended', async () => {
    world.says = () => ({ kind: 'later', cause: 'HTTP 503' });
    const { sentId } = await world.gateway.as('FED001').sendRequest(query(PERSON));
    await eventually(async () => ((await deliveryOf(sentId)).attempts ?? 0) > 0, 'it was tried');
    const { id } = await deliveryOf(sentId);
    const done = await say(id, 'cancel');
    expect(done.status).to.equal(200);
    expect(await hidden(done.body.record)).to.include({ kind: 'cancelled', ...said });
    expect(await statesOf(world.gateway, sentId)).to.deep.equal(['cancelled']);
    expect((await say(id, 'cancel')).status).to.equal(409);
  });

  it('sends a failed message back to who signed it, once, with the reason; it is not replayed any more', async () => {
    const [id] = await world.sent(1, 'failed');
    const delivery = await deliveryOf(id!);
    const done = await Promise.all([say(delivery.id, 'return'), say(delivery.id, 'return')]);
    expect(done.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    const record = done.find(({ status }) => status === 200)!.body.record;
    expect(await hidden(record)).to.include({ kind: 'returned', ...said });
    const answer = await world.gateway.as('FED001').waitForResponse();
    expect(answer.valueOf('OriginalMessageId')).to.equal(id);
    expect(answer.text).to.include('requestIsRejectedBySmev').and.include(said.reason);
    world.says = () => ANSWERED;
    expect((await world.planned()).dryRun!.counts).to.deep.equal({ returned: 1 });
  });
});
