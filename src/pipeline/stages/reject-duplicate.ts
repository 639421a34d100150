import { hash } from 'node:crypto';
import { fault } from '../../faults/index.js';
import { isMessageId } from '../../message/index.js';
import type { SendKnown } from '../known.js';
import { alreadySent } from '../reception.js';
import { type Refusal, refuse } from '../stage.js';
import type { World } from '../world.js';

/** MessageID is a version 1 UUID nobody used before. Judged before staleness: a late duplicate is a duplicate. */
export function rejectDuplicate(known: SendKnown, { known: messages }: World): SendKnown | Refusal<SendKnown> {
  const { messageId } = known.data;
  if (!isMessageId(messageId)) {
    const text = `Недопустимый формат идентификатора сообщения ${messageId}: нужен UUID версии 1 (RFC 4122), строчными буквами`;
    return refuse(fault('InvalidMessageIdFormat', text), known);
  }
  const first = messages.firstSeen(messageId);
  if (first === undefined) return known;
  const digest = hash('sha256', known.octets, 'buffer');
  return refuse(alreadySent(messageId, first, known.caller.participant.mnemonic, digest), known);
}
