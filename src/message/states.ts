/**
 * States of a delivery.
 *
 * checking      accepted, late checks still run, invisible to the recipient → queued | refused
 * queued        in a mailbox, or due for its next attempt → leased | delivered | in-doubt | failed | expired | cancelled
 * leased        handed out, not confirmed → delivered | not-accepted | queued (lease ran out) | expired
 * delivered     confirmed by Ack, or answered by the partner. Final.
 * not-accepted  Ack accepted=false; an operator decides. Final for this delivery.
 * in-doubt      sent to a partner, unanswered: neither failed nor retried blindly → delivered | failed | queued | expired
 * failed        permanent fault, with its cause. Final; a replay makes a new delivery that points here.
 * refused       late checks refused the message. Final; the sender got a status.
 * expired       EOL or age reached. Final.
 * cancelled     by an operator. Final.
 *
 * Every arrow is one journal record.
 */
export const DELIVERY_STATES = [
  'checking',
  'queued',
  'leased',
  'delivered',
  'not-accepted',
  'in-doubt',
  'failed',
  'refused',
  'expired',
  'cancelled',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

const ARROWS: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  checking: ['queued', 'refused'],
  queued: ['leased', 'delivered', 'not-accepted', 'in-doubt', 'failed', 'expired', 'cancelled', 'queued'],
  leased: ['delivered', 'not-accepted', 'queued', 'expired', 'leased'],
  delivered: [],
  'not-accepted': [],
  'in-doubt': ['delivered', 'failed', 'queued', 'expired', 'in-doubt'],
  failed: [],
  refused: [],
  expired: [],
  cancelled: [],
};

/** Whether the state machine has the arrow. `queued → queued` is a failed attempt put off, `in-doubt → in-doubt` a question put off; `leased → leased` a re-handed lease. */
export function canMove(from: DeliveryState, to: DeliveryState): boolean {
  return ARROWS[from].includes(to);
}
