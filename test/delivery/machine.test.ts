import { expect } from 'chai';
import { type Delivery, type DeliveryEvent, GREATEST_AGE, isToldOut, moveOf, step } from '../../src/delivery/index.js';
import { canMove, DELIVERY_STATES, type DeliveryState } from '../../src/message/index.js';
import type { StoredDelivery } from '../../src/ports/index.js';

const NOW = 1_700_000_000_000;
const HALF = () => 0.5;
const EVENTS: readonly DeliveryEvent[] = [
  { kind: 'check-passed' },
  { kind: 'check-refused', cause: 'c' },
  { kind: 'handed-out', leasedUntil: NOW + 900_000, pollDigest: new Uint8Array(32) },
  { kind: 'acknowledged' },
  { kind: 'declined' },
  { kind: 'time-passed' },
  { kind: 'cannot-be-handed-out', cause: 'c' },
  { kind: 'answered' },
  { kind: 'put-off', cause: 'c' },
  { kind: 'left-in-doubt', cause: 'c' },
  { kind: 'partner-failed', cause: 'c' },
  { kind: 'settled', cause: 'c' },
  { kind: 'given-up', cause: 'c' },
  { kind: 'cancelled', cause: 'c' },
];
const FINAL = ['delivered', 'not-accepted', 'failed', 'refused', 'expired', 'cancelled'] as const;

type Kind = DeliveryEvent['kind'];
/** Situation → event → next state; an event that stands in no row changes nothing. */
const TABLE: readonly [situation: string, delivery: Delivery, arrows: Partial<Record<Kind, DeliveryState>>][] = [
  ['checked late', at('checking', 'pull'), { 'check-passed': 'queued', 'check-refused': 'refused' }],
  ['checked late, for a partner', at('checking', 'push'), { 'check-passed': 'queued', 'check-refused': 'refused' }],
  ['new in a mailbox', at('queued', 'pull'), { 'handed-out': 'leased', 'cannot-be-handed-out': 'failed', cancelled: 'cancelled' }],
  ['back in a mailbox', at('queued', 'pull', { attempts: 1 }), {
      'handed-out': 'leased', acknowledged: 'delivered', declined: 'not-accepted', 'cannot-be-handed-out': 'failed', cancelled: 'cancelled',
  }],
  ['in a mailbox past EOL', at('queued', 'pull', { expiresAt: NOW }), { 'time-passed': 'expired', 'cannot-be-handed-out': 'failed', cancelled: 'cancelled' }],
  ['held by its reader', at('leased', 'pull', { leasedUntil: NOW + 1 }), { acknowledged: 'delivered', declined: 'not-accepted' }],
  ['held past the lease', at('leased', 'pull', { leasedUntil: NOW }), {
      'handed-out': 'leased', acknowledged: 'delivered', declined: 'not-accepted', 'time-passed': 'queued',
  }],
  ['held past lease and EOL', at('leased', 'pull', { leasedUntil: NOW, expiresAt: NOW }), { acknowledged: 'delivered', declined: 'not-accepted', 'time-passed': 'expired' }],
  ['a status held for the last time', at('leased', 'pull', { leasedUntil: NOW, mailbox: 'statuses', attempts: 3 }), { acknowledged: 'delivered', declined: 'not-accepted', 'time-passed': 'delivered' }],
  ['due at a partner', at('queued', 'push'), { answered: 'delivered', 'put-off': 'queued', 'left-in-doubt': 'in-doubt', 'partner-failed': 'failed', cancelled: 'cancelled' }],
  ['due at a partner past EOL', at('queued', 'push', { expiresAt: NOW }), {
      answered: 'delivered', 'put-off': 'expired', 'left-in-doubt': 'in-doubt', 'partner-failed': 'failed', 'time-passed': 'expired', cancelled: 'cancelled',
  }],
  ['due at a partner for too long', at('queued', 'push', { queuedAt: NOW - GREATEST_AGE - 1 }), {
      answered: 'delivered', 'put-off': 'expired', 'left-in-doubt': 'failed', 'partner-failed': 'failed', cancelled: 'cancelled',
  }],
  ['in doubt', at('in-doubt', 'push'), {
      answered: 'delivered', 'put-off': 'queued', 'left-in-doubt': 'in-doubt', 'partner-failed': 'failed', settled: 'delivered', 'given-up': 'failed',
  }],
  ['in doubt past EOL', at('in-doubt', 'push', { expiresAt: NOW }), {
      answered: 'delivered', 'put-off': 'expired', 'left-in-doubt': 'in-doubt', 'partner-failed': 'failed', settled: 'delivered', 'given-up': 'failed',
  }],
  ['in doubt for too long', at('in-doubt', 'push', { queuedAt: NOW - GREATEST_AGE - 1 }), {
      answered: 'delivered', 'put-off': 'failed', 'left-in-doubt': 'failed', 'partner-failed': 'failed', settled: 'delivered', 'given-up': 'failed',
  }],
  ...FINAL.map((state): [string, Delivery, object] => [`${state}, which is final`, at(state, 'pull'), {}]),
]; // biome-ignore format: a table

function at(state: DeliveryState, road: 'pull' | 'push', more: Partial<Delivery> = {}): Delivery {
  return { state, road, mailbox: 'requests', attempts: 0, queuedAt: NOW - 1_000, ...more };
}

describe('the state machine of a delivery', () => {
  for (const [situation, delivery, arrows] of TABLE)
    describe(`a delivery ${situation}`, () => {
      for (const event of EVENTS) {
        const to = arrows[event.kind];
        it(`${to === undefined ? 'is not moved by' : `becomes ${to} when`} ${event.kind}`, () => {
          const next = step(delivery, event, NOW, HALF);
          expect(next?.to).to.equal(to);
          if (next !== undefined) expect(canMove(delivery.state, next.to), 'an arrow of the prose').to.equal(true);
        });
      }
    });

  it('has every state in the table above', () => {
    expect(new Set(TABLE.map(([, { state }]) => state))).to.deep.equal(new Set(DELIVERY_STATES));
  });

  it('counts hand-outs and attempts, but no Ack, lease end or operator’s word', () => {
    const counting: Kind[] = ['handed-out', 'answered', 'put-off', 'left-in-doubt', 'partner-failed'];
    for (const [, delivery] of TABLE)
      for (const event of EVENTS) {
        const next = step(delivery, event, NOW, HALF);
        const more = counting.includes(event.kind) ? 1 : 0;
        if (next !== undefined) expect(next.attempts, event.kind).to.equal(delivery.attempts + more);
      }
  });

  it('gives every arrow a time for the next attempt, or ends it, so that nothing waits for nobody', () => {
    for (const [, delivery] of TABLE)
      for (const event of EVENTS) {
        const next = step(delivery, event, NOW, HALF);
        if (next === undefined || delivery.road === 'pull' || FINAL.some((f) => f === next.to)) continue;
        expect(next.dueAt, `${delivery.state} ${event.kind}`).to.be.at.least(NOW);
      }
  });

  it('waits longer after each failed attempt, up to half an hour, and never less than a quarter of a second', () => {
    const waits = [0, 1, 2, 5, 10, 30].map(
      (attempts) =>
        step(at('queued', 'push', { attempts }), { kind: 'put-off', cause: 'c' }, NOW, () => 0.999)!.dueAt! - NOW,
    );
    expect(waits).to.deep.equal([...waits].sort((a, b) => a - b));
    expect(waits.at(-1)).to.be.closeTo(30 * 60_000, 2_000);
    expect(step(at('queued', 'push'), { kind: 'put-off', cause: 'c' }, NOW, () => 0)!.dueAt! - NOW).to.equal(250);
  });

  it('hands a status out three times in all', () => {
    expect(isToldOut({ mailbox: 'statuses', attempts: 2 })).to.equal(false);
    expect(isToldOut({ mailbox: 'statuses', attempts: 3 })).to.equal(true);
    expect(isToldOut({ mailbox: 'responses', attempts: 300 })).to.equal(false);
  });

  it('writes a step only upon the delivery as it was read', () => {
    const delivery: StoredDelivery = {
      id: 7,
      messageId: 'm',
      recipient: 'P',
      ...at('queued', 'push', { attempts: 4 }),
    };
    const move = moveOf(delivery, step(delivery, { kind: 'partner-failed', cause: 'no' }, NOW, HALF)!);
    expect(move).to.deep.equal({
      delivery: 7,
      from: ['queued'],
      ifAttempts: 4,
      to: 'failed',
      attempts: 5,
      cause: 'no',
    });
  });
});
