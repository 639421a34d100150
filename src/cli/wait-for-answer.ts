import { setTimeout as delay } from 'node:timers/promises';
import type { ExchangeDetail } from './api-types.js';
import type { Context } from './context.js';
import { isProblem, type Problem } from './exit-codes.js';

const PAUSE_MS = 500;

/**
 * Asks the API until the exchange holds an answer; undefined when none came in time. Looks, and takes nothing from the
 * mailbox: what a poll would lease may be another exchange's answer.
 */
export async function waitForAnswer(
  messageId: string,
  seconds: number,
  { api }: Context,
): Promise<{ messageId: string; kind: string } | Problem | undefined> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const detail = await api.get<ExchangeDetail>(`/exchanges/${messageId}`);
    if (isProblem(detail)) return detail;
    const answer = detail.messages.find((message) => message.messageId !== messageId && isAnswer(message));
    if (answer !== undefined) return { messageId: answer.messageId, kind: answer.kind };
    if (performance.now() + PAUSE_MS > end) return undefined;
    await delay(PAUSE_MS);
  }
}

/** Neither a RequestStatus nor the gateway's word that the request is on its way ends the waiting. */
function isAnswer({ kind, category }: ExchangeDetail['messages'][number]): boolean {
  return kind !== 'status' && category !== 'requestIsAcceptedBySmev';
}
