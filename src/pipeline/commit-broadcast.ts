import type { Clock, Commit, Committed, KeyVault, NewDelivery, NewLeaf, NewMessage, Store } from '../ports/index.js';
import { isBroadcast } from './destinations.js';
import { commitOrUnknown } from './outcome-unknown.js';
import { messageLeaf } from './records.js';

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly vault: KeyVault;
}

/**
 * Commits an accepted message. A subscriber whose mailbox is full misses a broadcast, on record, and keeps nobody else from
 * it; where all are full nothing is written, so that the sender may send it again. Anything else is refused whole.
 */
export async function commitMessage(work: Commit, message: NewMessage, parts: Parts): Promise<Committed> {
  const done = await commitOrUnknown(parts.store, work);
  if (done.ok || done.conflict !== 'overflow' || !isBroadcast(message)) return done;
  const full = work.deliveries?.find((d) => d.capacity !== undefined && mailboxOf(d) === done.detail);
  if (full === undefined) return done;
  const { delivery, leaf } = missed(full, message, parts);
  const deliveries = (work.deliveries ?? []).map((d) => (d === full ? delivery : d));
  if (deliveries.every((d) => d.state === 'failed')) return done;
  return commitMessage({ ...work, deliveries, leaves: [...work.leaves, leaf] }, message, parts);
}

/** As the store names a full mailbox. */
function mailboxOf({ recipient, mailbox, format }: NewDelivery): string {
  return `${recipient} ${mailbox} ${format ?? ''}`.trim();
}

function missed(
  { capacity, ...delivery }: NewDelivery,
  message: NewMessage,
  { clock, vault }: Parts,
): { readonly delivery: NewDelivery; readonly leaf: NewLeaf } {
  const cause = `DestinationOverflow: the mailbox holds ${capacity} unconfirmed messages of the format`;
  const { recipient } = delivery;
  const about = { recipient, fault: 'DestinationOverflow', hidden: { cause } };
  return {
    delivery: { ...delivery, state: 'failed', cause },
    leaf: messageLeaf('failed', message, clock.now(), vault, about),
  };
}
