import { type DeliveryEvent, moveOf, type Step, step } from '../delivery/index.js';
import type { HiddenFields } from '../message/index.js';
import type { Commit, KeyVault, StoredDelivery, StoredMessage } from '../ports/index.js';
import { deliveryLeaf } from './records.js';

export interface ArrowParts {
  readonly now: number;
  readonly vault: KeyVault;
  /** In [0, 1), spreads retries; absent where the event makes none. */
  readonly random?: () => number;
}

/** One arrow of a delivery's state machine as part of a commit: the move, and the one record it leaves. */
export interface Arrow extends Required<Pick<Commit, 'moves' | 'leaves'>> {
  readonly step: Step;
}

/** Undefined where the event does not fit the state the delivery is in. */
export function arrow(
  event: DeliveryEvent,
  message: StoredMessage,
  delivery: StoredDelivery,
  { now, vault, random = () => 0 }: ArrowParts,
  hidden: HiddenFields = {},
): Arrow | undefined {
  const next = step(delivery, event, now, random);
  if (next === undefined) return undefined;
  const told = { ...(next.cause === undefined ? {} : { cause: next.cause }), ...hidden };
  return {
    step: next,
    moves: [moveOf(delivery, next)],
    leaves: [deliveryLeaf(next.record, message, delivery, now, vault, told)],
  };
}
