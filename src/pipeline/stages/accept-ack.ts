import type { AckTarget } from '../../envelope/index.js';
import type { WithData } from '../known.js';
import type { Acknowledged } from '../outcome.js';

/** Which message the caller confirms; whether it holds it is for the mailbox to say. */
export function acceptAck({ version, caller, data }: WithData<AckTarget>): Acknowledged {
  return {
    kind: 'acknowledged',
    version,
    caller: caller.participant.mnemonic,
    messageId: data.messageId,
    accepted: data.accepted,
  };
}
