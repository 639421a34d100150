/** What a journal record is about. Verifiers tolerate kinds they do not know; names never change. */
export const RECORD_KINDS = [
  'accepted',
  'refused',
  'refusals-counted',
  'checked',
  'leased',
  'lease-expired',
  'acknowledged',
  'not-accepted',
  'attempt-failed',
  'in-doubt',
  'answered',
  'failed',
  'expired',
  'settled',
  'cancelled',
  'replayed',
  'returned',
  'replay-planned',
  'replay-judged',
  'replay-frozen',
  'replay-approved',
  'replay-started',
  'replay-paused',
  'replay-resumed',
  'replay-ended',
  'replay-reviewed',
  'body-viewed',
  'configuration-changed',
  'operator-token-used',
  'unusual-use',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/**
 * One event before it becomes a leaf. `clear` fields are readable by anyone who may see entries;
 * `hidden` ones stand under the salted commitment. No personal data in clear, not even a bare hash.
 */
export interface JournalRecord {
  readonly kind: RecordKind;
  /** RFC 3339 UTC with milliseconds, by the gateway's clock. */
  readonly time: string;
  readonly messageId?: string;
  /** MessageID of the request that began the exchange. */
  readonly exchange?: string;
  /** Mnemonics. */
  readonly sender?: string;
  readonly recipient?: string;
  /** `{namespace}local` of the content's root element. */
  readonly format?: string;
  /** Fault code, for refusals and failures. */
  readonly fault?: string;
  /** Hash of the configuration snapshot the message was judged under. */
  readonly config?: string;
  /** SHA-256 of the sealed body container, base64. */
  readonly body?: string;
  /** Commitment to the entries this record adds to the person index, base64. */
  readonly index?: string;
  /** A clear count, for aggregates. */
  readonly count?: number;
  readonly hidden?: HiddenFields;
}

/** Fields under the commitment: kept sealed, revealed only to those entitled. */
export interface HiddenFields {
  readonly [name: string]: string | number | boolean | readonly string[];
}
