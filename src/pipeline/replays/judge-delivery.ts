import { setTimeout } from 'node:timers/promises';
import { type Judgement, REPLAYABLE } from '../../delivery/index.js';
import { isMessageId, messageIdTime } from '../../message/index.js';
import type { Directory } from '../../participants/index.js';
import type { Clock, KeyVault, Store, StoredDelivery, StoredMessage, Workers } from '../../ports/index.js';
import { Defect } from '../defect.js';
import { isForSeveral } from '../destinations.js';
import type { Job, JobResult } from '../outcome.js';
import { wasInDoubt } from './was-in-doubt.js';

export interface JudgeParts {
  readonly store: Store;
  readonly workers: Workers<Job, JobResult>;
  /** Of the snapshot in force: asked anew each time. */
  readonly directory: Directory;
  readonly clock: Clock;
  readonly vault: KeyVault;
}

/** Live traffic keeps the workers busy: judging waits, a minute at most. */
const BUSY = 250;
const MOST_TRIES = 240;
/** Partners recognise a MessageID so long: ten days, the age after which deliveries are given up. */
const ID_RECOGNISED = 10 * 24 * 3_600_000;

/** What the store says against replaying a delivery now, at little cost: asked in a dry run, and again when its turn comes. */
export async function judgeStored(
  delivery: StoredDelivery,
  message: StoredMessage,
  parts: Pick<JudgeParts, 'store' | 'directory' | 'clock' | 'vault'>,
): Promise<Judgement | undefined> {
  const { store, directory, clock } = parts;
  const { messageId, recipient } = delivery;
  if (!REPLAYABLE.some((s) => s === delivery.state))
    return { verdict: 'replayed', why: `доставка в состоянии ${delivery.state}` };
  const others = await store.deliveriesOf(messageId);
  if (others.some((d) => d.replays === delivery.id)) return { verdict: 'replayed', why: 'уже повторена' };
  if ((await store.recordOf(messageId, 'returned')) !== undefined)
    return { verdict: 'returned', why: 'возвращено отправителю на исправление' };
  if (await wasInDoubt(delivery, message, parts))
    return { verdict: 'in-doubt', why: 'неизвестно, дошло ли: сначала слово оператора (deliveries settle)' };
  if (message.kind === 'request' && (await isAnswered(message, recipient, store)))
    return { verdict: 'answered', why: 'на запрос уже есть ответ' };
  const eol = delivery.expiresAt ?? message.eol;
  if (eol !== undefined && eol <= clock.now())
    return { verdict: 'eol', why: `срок жизни истёк ${new Date(eol).toISOString()}` };
  const participant = directory.participant(recipient);
  const isPushed = delivery.road === 'push';
  if (participant === undefined || (message.kind === 'request' && isPushed !== (participant.mode === 'push')))
    return { verdict: 'no-recipient', why: `${recipient} больше не получает сообщений так, как получал` };
  return undefined;
}

/** The whole judgement of a dry run: what the store says, then today's formats, rights, routes and trust in a worker. */
export async function judgeDelivery(delivery: StoredDelivery, parts: JudgeParts): Promise<Judgement> {
  const { store, workers, clock } = parts;
  const message = await store.message(delivery.messageId);
  if (message === undefined) return { verdict: 'no-body', why: 'сообщения нет' };
  const stored = await judgeStored(delivery, message, parts);
  if (stored !== undefined) return stored;
  const body = await store.body(message.bodyId);
  if (body === undefined) return { verdict: 'no-body', why: 'тела сообщения нет' };
  const { recipient } = delivery;
  let done = await workers.run({ job: 'judge-replay', message, body, recipient, at: clock.now() });
  for (let tries = 0; !done.ok && done.why === 'busy' && tries < MOST_TRIES; tries++) {
    await setTimeout(BUSY);
    done = await workers.run({ job: 'judge-replay', message, body, recipient, at: clock.now() });
  }
  if (!done.ok) throw new Defect(`judging delivery ${delivery.id}: ${done.why} ${done.detail ?? ''}`);
  const { judgement } = done.result as Extract<JobResult, { job: 'judge-replay' }>;
  if (judgement.verdict !== 'ready') return judgement;
  const isStale = isMessageId(message.messageId) && clock.now() - messageIdTime(message.messageId) > ID_RECOGNISED;
  return isStale
    ? { verdict: 'stale-id', why: 'MessageID старше, чем помнят получатели: нужен новый от отправителя' }
    : judgement;
}

async function isAnswered(message: StoredMessage, recipient: string, store: Store): Promise<boolean> {
  if (message.closedBy !== undefined) return true;
  if (!isForSeveral(message)) return false;
  const parts = await store.messagesOf(message.exchange);
  return parts.some((m) => m.closes === 'part' && m.sender === recipient);
}
