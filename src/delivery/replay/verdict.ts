/**
 * What a dry run says of one delivery.
 *
 * ready         it would be accepted today: it is replayed
 *
 * Never replayed, whoever wishes it:
 * replayed      it has its replay, or is no longer failed
 * returned      it was sent back to its sender for correction
 * in-doubt      it was sent and nobody knows what became of it: a second effect is possible
 * answered      its exchange has its answer
 * eol           the message's EOL passed
 * no-body       the stored message cannot be opened any more
 * no-recipient  the recipient is gone, or takes messages in another way now
 *
 * Replayed only where the plan says so by name:
 * content       it does not fit its format as it stands today
 * retired       its format is not in force any more
 * rights        the sender may not send it any more
 * route         its format goes to somebody else now
 * certificate   the signer's certificate is not good any more
 * stale-id      its MessageID is older than partners recognise
 * no-room       the recipient's mailbox is full
 */
export const NEVER = ['replayed', 'returned', 'in-doubt', 'answered', 'eol', 'no-body', 'no-recipient'] as const;
export const BY_NAME = ['content', 'retired', 'rights', 'route', 'certificate', 'stale-id', 'no-room'] as const;

export type Despite = (typeof BY_NAME)[number];
export type Verdict = 'ready' | (typeof NEVER)[number] | Despite;

export interface Judgement {
  readonly verdict: Verdict;
  /** The reason in words, Russian; absent for `ready`. */
  readonly why?: string;
}

/** Whether a delivery of this verdict belongs to the set that is replayed. */
export function isTaken(verdict: Verdict, despite: readonly Despite[]): boolean {
  return verdict === 'ready' || (despite as readonly string[]).includes(verdict);
}
