import type { PollKnown } from '../known.js';
import type { Counted } from '../outcome.js';

/** GetIncomingQueueStatistics: the caller's own queues. */
export function acceptCount({ version, caller }: PollKnown): Counted {
  return { kind: 'counted', version, caller: caller.participant.mnemonic };
}
