import type { Clock, Log, Store } from '../ports/index.js';

export interface AnswerWatchParts {
  readonly store: Pick<Store, 'exchanges'>;
  readonly clock: Clock;
  readonly log: Log;
}

const EVERY = 60_000;
const BATCH = 500;

/** Says in the log, once each, which answers are overdue; `gateway exchanges --overdue` lists all there are. */
export class AnswerWatch {
  readonly #parts: AnswerWatchParts;
  #told = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: AnswerWatchParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setInterval(() => void this.look(), EVERY);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** One look: those that came due since the last one. */
  async look(): Promise<void> {
    const { store, clock, log } = this.#parts;
    const now = clock.now();
    try {
      for (const m of await store.exchanges({ overdueAt: now, limit: BATCH })) {
        const { messageId, sender, recipient, format } = m;
        const { answerBy = '' } = m.meta;
        if (Date.parse(answerBy) > this.#told)
          log.warn({ messageId, sender, recipient, format, answerBy }, 'an answer is overdue');
      }
      this.#told = now;
    } catch (error) {
      log.error({ error: String(error) }, 'overdue answers could not be looked for');
    }
  }
}
