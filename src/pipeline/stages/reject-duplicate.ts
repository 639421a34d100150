import { hash } from 'node:crypto';
import { isMessageId } from '../../message/index.js';
import type { SendKnown } from '../known.js';
import { invalidMessageId } from '../message-id.js';
import { alreadySent } from '../reception.js';
import { signedOctets } from '../signed-octets.js';
import { type Refusal, refuse } from '../stage.js';
import type { World } from '../world.js';

/** MessageID is a version 1 UUID nobody used before. Judged before staleness: a late duplicate is a duplicate. */
export async function rejectDuplicate(
  known: SendKnown,
  { known: messages }: World,
): Promise<SendKnown | Refusal<SendKnown>> {
  const { messageId } = known.data;
  if (!isMessageId(messageId)) return refuse(invalidMessageId(messageId), known);
  const first = await messages.firstSeen(messageId);
  if (first === undefined) return known;
  const digest = hash('sha256', signedOctets(known), 'buffer');
  const refused = alreadySent(messageId, first, known.caller.participant.mnemonic, digest);
  // Whoever holds a captured message may send it for ever: its body must not fill the disk.
  return digest.equals(first.digest) ? { refused, forgiven: known, repeats: true } : refuse(refused, known);
}
