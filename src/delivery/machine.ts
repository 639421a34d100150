import type { DeliveryState, RecordKind } from '../message/index.js';
import type { Move, StoredDelivery } from '../ports/index.js';
import { GREATEST_AGE, waitBefore } from './retry.js';

/**
 * What can happen to a delivery; the states stand in message/states.
 *
 * check-passed, check-refused   the late checks came to an end
 * handed-out                    a poll got the message and holds it until it is confirmed
 * acknowledged, declined        the reader's Ack, accepted or not; also after its lease ran out, while nobody else holds the message
 * time-passed                   a lease, EOL or a status's last hand-out ran out
 * cannot-be-handed-out          the reader's version cannot express the message, or its body is lost
 * answered                      the partner answered, the answer is a message of its own in the same commit
 * put-off                       nothing reached the partner, or it said «later», or it does not know the id it was asked about
 * left-in-doubt                 sent and unanswered, or the partner cannot say what became of it
 * partner-failed                the partner will never take it
 * settled, given-up, cancelled  an operator's word: it arrived after all; it did not; it is not to be delivered
 */
export type DeliveryEvent =
  | { readonly kind: 'check-passed' }
  | { readonly kind: 'check-refused'; readonly cause: string }
  | { readonly kind: 'handed-out'; readonly leasedUntil: number; readonly pollDigest: Uint8Array }
  | { readonly kind: 'acknowledged' }
  | { readonly kind: 'declined' }
  | { readonly kind: 'time-passed' }
  | { readonly kind: 'cannot-be-handed-out'; readonly cause: string }
  | { readonly kind: 'answered' }
  | { readonly kind: 'put-off'; readonly cause: string }
  | { readonly kind: 'left-in-doubt'; readonly cause: string }
  | { readonly kind: 'partner-failed'; readonly cause: string }
  | { readonly kind: 'settled'; readonly cause: string }
  | { readonly kind: 'given-up'; readonly cause: string }
  | { readonly kind: 'cancelled'; readonly cause: string };

/** Where an event leads: the next state, the record of the arrow, and what changes with it. */
export interface Step {
  readonly to: DeliveryState;
  readonly record: RecordKind;
  /** Attempts or hand-outs made, this one included. */
  readonly attempts: number;
  readonly dueAt?: number;
  readonly leasedUntil?: number;
  readonly pollDigest?: Uint8Array;
  readonly cause?: string;
}

export type Delivery = Pick<
  StoredDelivery,
  'state' | 'road' | 'mailbox' | 'attempts' | 'queuedAt' | 'expiresAt' | 'leasedUntil' | 'dueAt'
>;

/** A status read through GetStatus needs no Ack: unconfirmed it comes back twice, so it is handed out so often in all. */
const STATUS_HAND_OUTS = 3;

/** Whether a status was handed out as often as one is. */
export function isToldOut({ mailbox, attempts }: Pick<Delivery, 'mailbox' | 'attempts'>): boolean {
  return mailbox === 'statuses' && attempts >= STATUS_HAND_OUTS;
}

/**
 * The state machine of a delivery: pure. Undefined where the event does not fit the state: somebody was faster, and the
 * store's compare-and-set would have said the same. `random` in [0, 1) spreads retries.
 */
export function step(delivery: Delivery, event: DeliveryEvent, now: number, random: () => number): Step | undefined {
  switch (delivery.state) {
    case 'checking':
      return whileChecking(delivery, event, now);
    case 'queued':
      return delivery.road === 'push' ? whileDue(delivery, event, now, random) : inMailbox(delivery, event, now);
    case 'leased':
      return whileLeased(delivery, event, now);
    case 'in-doubt':
      return whileInDoubt(delivery, event, now, random);
    default:
      return undefined;
  }
}

function whileChecking({ attempts, road }: Delivery, event: DeliveryEvent, now: number): Step | undefined {
  switch (event.kind) {
    case 'check-passed':
      return { to: 'queued', record: 'checked', attempts, ...(road === 'push' && { dueAt: now }) };
    case 'check-refused':
      return { to: 'refused', record: 'checked', attempts, cause: event.cause };
    default:
      return undefined;
  }
}

function inMailbox(delivery: Delivery, event: DeliveryEvent, now: number): Step | undefined {
  const { attempts } = delivery;
  switch (event.kind) {
    case 'handed-out':
      return isOver(delivery, now) ? undefined : handedOut(delivery, event);
    // Only who held it once can confirm it late.
    case 'acknowledged':
      return attempts > 0 ? { to: 'delivered', record: 'acknowledged', attempts } : undefined;
    case 'declined':
      return attempts > 0 ? { to: 'not-accepted', record: 'not-accepted', attempts } : undefined;
    case 'time-passed':
      return isOver(delivery, now) ? { to: 'expired', record: 'expired', attempts } : undefined;
    case 'cannot-be-handed-out':
      return { to: 'failed', record: 'failed', attempts, cause: event.cause };
    case 'cancelled':
      return { to: 'cancelled', record: 'cancelled', attempts, cause: event.cause };
    default:
      return undefined;
  }
}

function whileLeased(delivery: Delivery, event: DeliveryEvent, now: number): Step | undefined {
  const { attempts } = delivery;
  const ranOut = (delivery.leasedUntil ?? 0) <= now;
  switch (event.kind) {
    case 'handed-out':
      return ranOut && !isToldOut(delivery) && !isOver(delivery, now) ? handedOut(delivery, event) : undefined;
    case 'acknowledged':
      return { to: 'delivered', record: 'acknowledged', attempts };
    case 'declined':
      return { to: 'not-accepted', record: 'not-accepted', attempts };
    case 'time-passed':
      if (!ranOut) return undefined;
      if (isToldOut(delivery)) return { to: 'delivered', record: 'lease-expired', attempts };
      return isOver(delivery, now)
        ? { to: 'expired', record: 'expired', attempts }
        : { to: 'queued', record: 'lease-expired', attempts };
    default:
      return undefined;
  }
}

function whileDue(delivery: Delivery, event: DeliveryEvent, now: number, random: () => number): Step | undefined {
  const attempts = delivery.attempts + 1;
  switch (event.kind) {
    case 'answered':
      return { to: 'delivered', record: 'answered', attempts };
    case 'put-off': {
      const { cause } = event;
      if (isOver(delivery, now) || isTooOld(delivery, now))
        return { to: 'expired', record: 'expired', attempts, cause };
      return { to: 'queued', record: 'attempt-failed', attempts, cause, dueAt: later(delivery, now, random) };
    }
    case 'left-in-doubt':
      return inDoubt(delivery, event.cause, now, random);
    case 'partner-failed':
      return { to: 'failed', record: 'failed', attempts, cause: event.cause };
    // EOL is judged when the message would be handed over: it may have waited for an earlier attempt.
    case 'time-passed':
      return isOver(delivery, now)
        ? {
            to: 'expired',
            record: 'expired',
            attempts: delivery.attempts,
            cause: 'EOL passed before the partner took it',
          }
        : undefined;
    case 'cancelled':
      return { to: 'cancelled', record: 'cancelled', attempts: delivery.attempts, cause: event.cause };
    default:
      return undefined;
  }
}

/** Neither sent again nor given up by itself before its age: the partner is asked, at last a person. */
function whileInDoubt(delivery: Delivery, event: DeliveryEvent, now: number, random: () => number): Step | undefined {
  const attempts = delivery.attempts + 1;
  switch (event.kind) {
    case 'answered':
      return { to: 'delivered', record: 'answered', attempts };
    // The partner does not know the id: sending it again is safe, unless there is no time left for it.
    case 'put-off': {
      const { cause } = event;
      if (isOver(delivery, now)) return { to: 'expired', record: 'expired', attempts, cause };
      return isTooOld(delivery, now)
        ? { to: 'failed', record: 'failed', attempts, cause }
        : { to: 'queued', record: 'attempt-failed', attempts, cause, dueAt: later(delivery, now, random) };
    }
    case 'left-in-doubt':
      return inDoubt(delivery, event.cause, now, random);
    case 'partner-failed':
      return { to: 'failed', record: 'failed', attempts, cause: event.cause };
    case 'settled':
      return { to: 'delivered', record: 'settled', attempts: delivery.attempts, cause: event.cause };
    case 'given-up':
      return { to: 'failed', record: 'failed', attempts: delivery.attempts, cause: event.cause };
    default:
      return undefined;
  }
}

function handedOut({ attempts }: Delivery, event: Extract<DeliveryEvent, { kind: 'handed-out' }>): Step {
  const { leasedUntil, pollDigest } = event;
  return { to: 'leased', record: 'leased', attempts: attempts + 1, leasedUntil, pollDigest };
}

/** Given up while in doubt it is a failure for a person to settle. */
function inDoubt(delivery: Delivery, cause: string, now: number, random: () => number): Step {
  const attempts = delivery.attempts + 1;
  return isTooOld(delivery, now)
    ? { to: 'failed', record: 'failed', attempts, cause }
    : { to: 'in-doubt', record: 'in-doubt', attempts, cause, dueAt: later(delivery, now, random) };
}

function later({ attempts }: Delivery, now: number, random: () => number): number {
  return now + waitBefore(attempts, random);
}

function isOver({ expiresAt }: Delivery, now: number): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}

function isTooOld({ queuedAt }: Delivery, now: number): boolean {
  return now - queuedAt > GREATEST_AGE;
}

/** The step as the store's compare-and-set: written only if the delivery is still as it was read. */
export function moveOf({ id, state, attempts }: StoredDelivery, { record: _, ...step }: Step): Move {
  return { delivery: id, from: [state], ifAttempts: attempts, ...step };
}
