import { type Fault, fault } from '../../faults/index.js';
import type { Commit, StoredMessage } from '../../ports/index.js';
import { ASYNC_CODE } from '../answers.js';
import { judgeContent } from '../check-late.js';
import { Defect } from '../defect.js';
import { openMessage } from '../open-message.js';
import type { Job } from '../outcome.js';
import { deliveryLeaf } from '../records.js';
import { tellSender, type Word } from '../status-message.js';
import type { World } from '../world.js';

/** What the sender's own words are cut to: SmevFault's description. */
const LONGEST = 3_500;
const MOST_VIOLATIONS = 20;

/**
 * The commit that sends a message back to who signed it: AsyncProcessingStatus with the operator's reason and what today's formats
 * say against the content. The delivery has ended already; whoever calls this sees to it that it happens once a message.
 */
export async function returnForCorrection(
  job: Extract<Job, { job: 'return-for-correction' }>,
  world: World,
): Promise<Commit> {
  const { message, delivery, by, reason, at } = job;
  const why = correctionOf(job, world);
  const category = message.kind === 'request' ? 'requestIsRejectedBySmev' : 'responseIsRejectedBySmev';
  const word: Word = { category, details: why.description, fault: why, code: ASYNC_CODE };
  const told = await tellSender(message, word, at, world);
  const hidden = { by, reason, status: told.message.messageId };
  return { ...told, leaves: [deliveryLeaf('returned', message, delivery, at, world.vault, hidden), ...told.leaves] };
}

function correctionOf(
  { message, body, delivery, reason, at }: Extract<Job, { job: 'return-for-correction' }>,
  world: World,
): Fault {
  const found = body === undefined ? undefined : violationsOf(message, body, at, world);
  const lines = (found?.violations ?? [])
    .slice(0, MOST_VIOLATIONS)
    .map(({ path, text }) => (path === undefined ? text : `${path}: ${text}`));
  const said = [
    `Возвращено на исправление: ${reason}. MessageId = ${message.messageId}, получатель ${delivery.recipient}.`,
    ...(delivery.cause === undefined ? [] : [`Причина недоставки: ${delivery.cause}.`]),
    ...lines,
    'Исправьте, подпишите и отправьте новое сообщение с новым MessageID.',
  ];
  const text = said.join('\n').slice(0, LONGEST);
  return fault('InvalidContent', text, found?.violations === undefined ? {} : { violations: found.violations });
}

function violationsOf(
  message: StoredMessage,
  body: NonNullable<Extract<Job, { job: 'return-for-correction' }>['body']>,
  at: number,
  world: World,
): Fault | undefined {
  try {
    return judgeContent(message, openMessage(message, body, world), at, world);
  } catch (error) {
    if (error instanceof Defect) return undefined;
    throw error;
  }
}
