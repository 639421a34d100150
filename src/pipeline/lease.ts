import type { StoredDelivery } from '../ports/index.js';

/** A status read through GetStatus needs no Ack: unconfirmed it comes back twice, so it is handed out so often in all. */
const STATUS_HAND_OUTS = 3;

/** What becomes of a delivery whose lease ran out: back to its place, unless its life or its hand-outs are used up. */
export function afterLease(delivery: StoredDelivery, now: number): 'queued' | 'delivered' | 'expired' {
  if (isToldOut(delivery)) return 'delivered';
  return (delivery.expiresAt ?? Number.POSITIVE_INFINITY) <= now ? 'expired' : 'queued';
}

/** Whether a status was handed out as often as one is. */
export function isToldOut({ mailbox, attempts }: StoredDelivery): boolean {
  return mailbox === 'statuses' && attempts >= STATUS_HAND_OUTS;
}
