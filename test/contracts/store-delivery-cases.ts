import { expect } from 'chai';
import type { Move, Store } from '../../src/ports/index.js';
import { accept, bytes, commitOk, FORMAT, leaf, lease, NOW } from './work.js';

const POLL = { recipient: 'EGISSO', mailbox: 'requests', now: NOW, except: [] } as const;

export function storeDeliveryCases(store: () => Store): void {
  const move = (it: Move) => store().commit({ moves: [it], leaves: [leaf('answered')] });
  const next = async (poll: object = {}) => (await store().nextInMailbox({ ...POLL, ...poll }))?.id;

  describe('moves', () => {
    it('compare state and attempts, and write nothing of a commit in which one does not fit', async () => {
      const { delivery } = await accept(store(), {}, { road: 'push', dueAt: NOW });
      const later = {
        delivery,
        from: ['queued'],
        to: 'queued',
        ifAttempts: 0,
        attempts: 1,
        dueAt: NOW + 9,
        cause: 'busy',
      } as const;
      expect(await move(later)).to.include({ ok: true });
      expect(await move(later)).to.include({ ok: false, conflict: 'moved' });
      expect(await store().delivery(delivery)).to.include({
        state: 'queued',
        attempts: 1,
        dueAt: NOW + 9,
        cause: 'busy',
      });
      const other = await accept(store());
      const both = [{ delivery: other.delivery, from: ['queued'], to: 'cancelled' }, later] as const;
      expect(await store().commit({ moves: both, leaves: [leaf('failed')] })).to.include({
        ok: false,
        conflict: 'moved',
      });
      expect((await store().delivery(other.delivery))!.state).to.equal('queued');
    });

    it('apply one after another within a commit', async () => {
      const { delivery } = await accept(store());
      await lease(store(), delivery, NOW + 5);
      const there = { delivery, from: ['leased'], to: 'queued' } as const;
      const done = { delivery, from: ['queued'], to: 'expired' } as const;
      await commitOk(store(), { moves: [there, done], leaves: [leaf('lease-expired'), leaf('expired')] });
      expect((await store().delivery(delivery))!.state).to.equal('expired');
    });

    it('of an unknown delivery conflict', async () => {
      expect(await move({ delivery: 4711, from: ['queued'], to: 'delivered' })).to.include({ conflict: 'moved' });
    });

    it('let one of two acknowledgements made at once through', async () => {
      const { delivery } = await accept(store());
      await lease(store(), delivery, NOW + 5);
      const ack = { delivery, from: ['leased'], to: 'delivered' } as const;
      const outcomes = await Promise.all([move(ack), move(ack)]);
      expect(outcomes.map(({ ok }) => ok)).to.deep.equal([true, false]);
    });
  });

  describe('a mailbox', () => {
    it('hands out the oldest, skipping those already being handed out', async () => {
      const [first, second] = [await accept(store()), await accept(store())];
      expect(await next()).to.equal(first.delivery);
      expect(await next({ except: [first.delivery] })).to.equal(second.delivery);
      expect(await next({ except: [first.delivery, second.delivery] })).to.equal(undefined);
    });

    it('hides what is being checked, pushed, leased, or lies in another mailbox', async () => {
      await accept(store(), {}, { state: 'checking' });
      await accept(store(), {}, { road: 'push' });
      await accept(store(), {}, { mailbox: 'responses' });
      await accept(store(), { recipient: 'PFR' });
      const { delivery } = await accept(store());
      await lease(store(), delivery, NOW + 1);
      expect(await next()).to.equal(undefined);
    });

    it('puts a message whose lease ran out back at its first place', async () => {
      const [first] = [await accept(store()), await accept(store())];
      await lease(store(), first.delivery, NOW + 10);
      expect(await next({ now: NOW + 10 })).to.equal(first.delivery + 1);
      expect(await next({ now: NOW + 11 })).to.equal(first.delivery);
      await lease(store(), first.delivery, NOW + 50, 'second poll');
      expect(await next({ now: NOW + 11 })).to.equal(first.delivery + 1);
    });

    it('takes the oldest of several leases that ran out, not the one that ran out first', async () => {
      const [first, second] = [await accept(store()), await accept(store())];
      await lease(store(), first.delivery, NOW + 20);
      await lease(store(), second.delivery, NOW + 10);
      expect(await next({ now: NOW + 30 })).to.equal(first.delivery);
      expect(await next({ now: NOW + 15 })).to.equal(second.delivery);
    });

    it('never hands out a message whose EOL was reached, leased before or not', async () => {
      const { delivery } = await accept(store(), {}, { expiresAt: NOW + 10 });
      expect(await next({ now: NOW + 9 })).to.equal(delivery);
      expect(await next({ now: NOW + 10 })).to.equal(undefined);
      await lease(store(), delivery, NOW + 5);
      expect(await next({ now: NOW + 9 })).to.equal(delivery);
      expect(await next({ now: NOW + 10 })).to.equal(undefined);
    });

    it('gives a poll with NodeID that node’s messages only, and one without only those without', async () => {
      const mine = await accept(store(), {}, { nodeId: 'a' });
      const plain = await accept(store());
      expect(await next({ nodeId: 'a' })).to.equal(mine.delivery);
      expect(await next({ nodeId: 'b' })).to.equal(undefined);
      expect(await next()).to.equal(plain.delivery);
    });

    it('filters by format, leases included', async () => {
      const first = await accept(store());
      const other = await accept(store(), { format: '{urn:example:other}Request' });
      expect(await next({ format: '{urn:example:other}Request' })).to.equal(other.delivery);
      expect(await next({ format: FORMAT })).to.equal(first.delivery);
      expect(await next({ format: '{urn:example:none}Request' })).to.equal(undefined);
      await lease(store(), first.delivery, NOW - 1);
      expect(await next({ format: '{urn:example:other}Request' })).to.equal(other.delivery);
      expect(await next({ format: FORMAT })).to.equal(first.delivery);
    });

    it('remembers which poll took a delivery, whatever became of it', async () => {
      const { delivery } = await accept(store());
      await lease(store(), delivery, NOW + 5, 'the poll');
      await move({ delivery, from: ['leased'], to: 'delivered' });
      expect((await store().leasedByPoll(bytes('the poll')))!).to.include({ id: delivery, state: 'delivered' });
      expect(await store().leasedByPoll(bytes('another'))).to.equal(undefined);
    });

    it('counts per selector what a poll may take or has not confirmed', async () => {
      await accept(store());
      const { delivery } = await accept(store());
      await lease(store(), delivery, NOW + 5);
      await accept(store(), {}, { nodeId: 'n' });
      await accept(store(), {}, { state: 'checking' });
      await accept(store(), {}, { road: 'push' });
      expect(await store().queueStatistics('EGISSO')).to.have.deep.members([
        { format: FORMAT, mailbox: 'requests', pending: 2 },
        { format: FORMAT, nodeId: 'n', mailbox: 'requests', pending: 1 },
      ]);
      await move({ delivery, from: ['leased'], to: 'delivered' });
      expect((await store().queueStatistics('EGISSO')).map(({ pending }) => pending)).to.have.members([1, 1]);
    });
  });

  describe('the engine’s lists', () => {
    it('names pushes that are due, the longest due first', async () => {
      const late = await accept(store(), {}, { road: 'push', dueAt: NOW + 5 });
      const soon = await accept(store(), {}, { road: 'push' });
      await accept(store(), {}, { road: 'push', dueAt: NOW + 60 });
      await accept(store());
      const due = await store().dueDeliveries(NOW + 5, 10);
      expect(due.map(({ id }) => id)).to.deep.equal([soon.delivery, late.delivery]);
      expect(await store().dueDeliveries(NOW + 5, 1)).to.have.length(1);
    });

    it('passes over partners that are not to be called, so that one does not hide the others', async () => {
      for (let i = 0; i < 3; i++) await accept(store(), {}, { road: 'push', recipient: 'EGISSO' });
      const other = await accept(store(), {}, { road: 'push', recipient: 'PFR' });
      expect((await store().dueDeliveries(NOW, 2, ['EGISSO', 'FRI'])).map(({ id }) => id)).to.deep.equal([
        other.delivery,
      ]);
      expect(await store().dueDeliveries(NOW, 10, ['EGISSO', 'PFR'])).to.deep.equal([]);
    });

    it('names pushes in doubt whose question is due', async () => {
      const { delivery } = await accept(store(), {}, { road: 'push', dueAt: NOW });
      await move({ delivery, from: ['queued'], to: 'in-doubt', dueAt: NOW + 9 });
      expect(await store().dueDeliveries(NOW + 8, 10)).to.deep.equal([]);
      expect((await store().dueDeliveries(NOW + 9, 10)).map(({ id }) => id)).to.deep.equal([delivery]);
    });

    it('names pushes in doubt when they are to be asked about', async () => {
      const { delivery } = await accept(store(), {}, { road: 'push' });
      await move({ delivery, from: ['queued'], to: 'in-doubt', dueAt: NOW + 10 });
      expect(await store().dueDeliveries(NOW + 9, 10)).to.deep.equal([]);
      expect((await store().dueDeliveries(NOW + 10, 10)).map(({ state }) => state)).to.deep.equal(['in-doubt']);
    });

    it('names deliveries still being checked', async () => {
      const { delivery } = await accept(store(), {}, { state: 'checking' });
      expect((await store().checkingDeliveries(10)).map(({ id }) => id)).to.deep.equal([delivery]);
      await move({ delivery, from: ['checking'], to: 'queued' });
      expect(await store().checkingDeliveries(10)).to.deep.equal([]);
      expect(await next()).to.equal(delivery);
    });

    it('names leases and lives that ran out; a live lease protects from EOL', async () => {
      const lapsed = await accept(store());
      await lease(store(), lapsed.delivery, NOW - 1);
      const expired = await accept(store(), {}, { expiresAt: NOW });
      const held = await accept(store(), {}, { expiresAt: NOW });
      await lease(store(), held.delivery, NOW + 60);
      await accept(store(), {}, { expiresAt: NOW + 1 });
      const overdue = await store().overdueDeliveries(NOW, 10);
      expect(overdue.map(({ id }) => id)).to.have.members([lapsed.delivery, expired.delivery]);
      expect(await store().overdueDeliveries(NOW, 1)).to.have.length(1);
    });

    it('lists the deliveries of a message newest first', async () => {
      const { message, delivery } = await accept(store(), {}, { road: 'push' });
      await move({ delivery, from: ['queued'], to: 'failed', cause: 'HTTP 400' });
      const replay = { ...(await store().delivery(delivery))!, state: 'queued' } as const;
      const { deliveries } = await commitOk(store(), {
        deliveries: [
          {
            messageId: message.messageId,
            recipient: 'EGISSO',
            mailbox: 'requests',
            road: 'push',
            state: 'queued',
            queuedAt: replay.queuedAt,
          },
        ],
        leaves: [leaf('attempt-failed')],
      });
      const all = await store().deliveriesOf(message.messageId);
      expect(all.map(({ id }) => id)).to.deep.equal([deliveries[0], delivery]);
      expect(all[1]).to.include({ state: 'failed', cause: 'HTTP 400' });
    });
  });
}
