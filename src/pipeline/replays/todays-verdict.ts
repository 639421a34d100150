/** What today's formats and rights say of a message that was refused. Its sender sends again in any case. */
export interface TodaysVerdict {
  /** unknown: the body is gone, or what it was refused for lies in attachments, which are not kept. */
  readonly verdict: 'would-be-accepted' | 'would-be-refused' | 'unknown';
  readonly why?: string;
}
