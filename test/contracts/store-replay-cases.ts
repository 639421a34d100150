import { expect } from 'chai';
import type { DeliveryState } from '../../src/message/index.js';
import type { Commit, DeliveryFilter, Store } from '../../src/ports/index.js';
import { accept, commitOk, deliveryOf, leaf, NOW } from './work.js';

/** What lists of failed deliveries, replays and their plans rest on. */
export function storeReplayCases(store: () => Store): void {
  const ended = async (to: DeliveryState, queuedAt = NOW, recipient = 'EGISSO') => {
    const made = await accept(store(), { recipient }, { road: 'push', recipient, queuedAt, dueAt: NOW });
    await commitOk(store(), {
      moves: [{ delivery: made.delivery, from: ['queued'], to, cause: 'HTTP 400' }],
      leaves: [leaf('failed')],
    });
    return made;
  };
  const list = async (filter: Partial<DeliveryFilter> & Pick<DeliveryFilter, 'states'>) =>
    (await store().deliveries({ limit: 10, ...filter })).map(({ id }) => id);
  const replayOf = ({ message, delivery }: Awaited<ReturnType<typeof ended>>): Commit => ({
    deliveries: [{ ...deliveryOf(message, { road: 'push' }), replays: delivery }],
    leaves: [leaf('replayed')],
  });

  describe('deliveries by state', () => {
    it('come newest first, of several states, a page at a time', async () => {
      const failed = await ended('failed');
      const expired = await ended('expired');
      const cancelled = await ended('cancelled');
      const last = await ended('failed');
      const states = ['failed', 'expired'] as const;
      expect(await list({ states })).to.deep.equal([last.delivery, expired.delivery, failed.delivery]);
      expect(await list({ states, limit: 1 })).to.deep.equal([last.delivery]);
      expect(await list({ states, before: last.delivery, limit: 1 })).to.deep.equal([expired.delivery]);
      expect(await list({ states: ['cancelled'] })).to.deep.equal([cancelled.delivery]);
      expect(await list({ states: [] })).to.deep.equal([]);
    });

    it('are found by recipient and by time', async () => {
      const early = await ended('failed', NOW - 10);
      const other = await ended('failed', NOW, 'PFR');
      const states = ['failed'] as const;
      expect(await list({ states, recipient: 'PFR' })).to.deep.equal([other.delivery]);
      expect(await list({ states, to: NOW })).to.deep.equal([early.delivery]);
      expect(await list({ states, from: NOW })).to.deep.equal([other.delivery]);
    });
  });

  describe('a replay', () => {
    it('is a delivery that names the one it replays', async () => {
      const old = await ended('failed');
      const { deliveries } = await commitOk(store(), replayOf(old));
      expect(await store().delivery(deliveries[0]!)).to.include({
        replays: old.delivery,
        state: 'queued',
        attempts: 0,
      });
      expect(await store().delivery(old.delivery)).to.include({ state: 'failed' });
    });

    it('is made once, of two made at once too', async () => {
      const old = await ended('not-accepted');
      const done = await Promise.all([store().commit(replayOf(old)), store().commit(replayOf(old))]);
      expect(done.filter(({ ok }) => ok)).to.have.length(1);
      expect(await store().commit(replayOf(old))).to.include({ ok: false, conflict: 'moved' });
      expect(await store().deliveriesOf(old.message.messageId)).to.have.length(2);
    });

    it('of what was not ended without an effect, or twice in one commit, writes nothing', async () => {
      const queued = await accept(store(), {}, { road: 'push' });
      const delivered = await ended('delivered');
      for (const wrong of [queued, delivered])
        expect(await store().commit(replayOf(wrong))).to.include({ ok: false, conflict: 'moved' });
      const old = await ended('expired');
      const once = replayOf(old);
      const twice = { ...once, deliveries: [...once.deliveries!, ...once.deliveries!] };
      expect(await store().commit(twice)).to.include({ ok: false, conflict: 'moved' });
      expect(await store().deliveriesOf(old.message.messageId)).to.have.length(1);
    });

    it('can itself be replayed when it fails', async () => {
      const old = await ended('failed');
      const [first] = (await commitOk(store(), replayOf(old))).deliveries;
      await commitOk(store(), {
        moves: [{ delivery: first!, from: ['queued'], to: 'failed' }],
        leaves: [leaf('failed')],
      });
      await commitOk(store(), replayOf({ ...old, delivery: first! }));
    });
  });

  describe('plans of replays', () => {
    const plan = (id: string, revision: number, json = `{"n":${revision}}`) => ({ id, revision, json });

    it('are changed by who knows the revision, with what goes with it or not at all', async () => {
      await commitOk(store(), { plan: plan('a', 1), leaves: [] });
      const old = await ended('failed');
      expect(await store().commit({ ...replayOf(old), plan: plan('a', 1) })).to.include({
        ok: false,
        conflict: 'moved',
      });
      expect(await store().commit({ ...replayOf(old), plan: plan('a', 3) })).to.include({
        ok: false,
        conflict: 'moved',
      });
      expect(await store().commit({ plan: plan('b', 2), leaves: [] })).to.include({ ok: false, conflict: 'moved' });
      expect(await store().deliveriesOf(old.message.messageId)).to.have.length(1);
      await commitOk(store(), { ...replayOf(old), plan: plan('a', 2) });
      expect(await store().plan('a')).to.deep.equal(plan('a', 2));
      expect(await store().deliveriesOf(old.message.messageId)).to.have.length(2);
    });

    it('are changed by one of two at once', async () => {
      await commitOk(store(), { plan: plan('a', 1), leaves: [] });
      const done = await Promise.all([2, 2].map((n) => store().commit({ plan: plan('a', n), leaves: [] })));
      expect(done.filter(({ ok }) => ok)).to.have.length(1);
    });

    it('are listed newest first, changed or not', async () => {
      for (const id of ['a', 'b', 'c']) await commitOk(store(), { plan: plan(id, 1), leaves: [] });
      await commitOk(store(), { plan: plan('a', 2), leaves: [] });
      expect((await store().plans(2)).map(({ id }) => id)).to.deep.equal(['c', 'b']);
      expect((await store().plans(9)).map(({ id, revision }) => `${id}${revision}`)).to.deep.equal(['c1', 'b1', 'a2']);
      expect(await store().plan('none')).to.equal(undefined);
    });
  });

  describe('refusals', () => {
    it('are listed newest first, a page at a time', async () => {
      const first = (await commitOk(store(), { leaves: [leaf('refused'), leaf('leased')] })).indexes[0]!;
      const second = (await commitOk(store(), { leaves: [leaf('refused')] })).indexes[0]!;
      const indexes = async (before?: number) =>
        (await store().refusals({ limit: 1, ...(before === undefined ? {} : { before }) })).map(({ index }) => index);
      expect(await indexes()).to.deep.equal([second]);
      expect(await indexes(second)).to.deep.equal([first]);
      expect(await indexes(first)).to.deep.equal([]);
    });
  });
}
