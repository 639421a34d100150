import type { Clock, KeyVault, Log, Store, StoredDelivery } from '../ports/index.js';
import { arrow } from './arrow.js';

export interface SweeperParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly vault: KeyVault;
  readonly log: Log;
}

const EVERY = 1_000;
const BATCH = 200;
const FORGET_EVERY = 10 * 60_000;

/**
 * Puts on record what time alone brings about: leases that ran out go back to their queue, messages past EOL expire.
 * Bodies of refused messages go when their time is over.
 */
export class Sweeper {
  readonly #parts: SweeperParts;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;
  #forgetAt = 0;

  constructor(parts: SweeperParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running = this.sweep().finally(() => {
      if (!this.#stopped) this.#timer = setTimeout(() => this.start(), EVERY);
    });
  }

  async close(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** One round. */
  async sweep(): Promise<void> {
    const { store, clock, log } = this.#parts;
    try {
      const overdue = await store.overdueDeliveries(clock.now(), BATCH);
      await Promise.all(overdue.map((d) => this.#settle(d)));
      await this.#forget();
    } catch (error) {
      log.error({ error: String(error) }, 'the sweeper failed; it tries again');
    }
  }

  async #forget(): Promise<void> {
    const { store, clock } = this.#parts;
    const now = clock.now();
    if (now < this.#forgetAt) return;
    this.#forgetAt = now + FORGET_EVERY;
    await store.commit({ leaves: [], forgetKeptUntil: now });
  }

  async #settle(delivery: StoredDelivery): Promise<void> {
    const { store, clock, vault } = this.#parts;
    const message = await store.message(delivery.messageId);
    if (message === undefined) return;
    const ended = arrow({ kind: 'time-passed' }, message, delivery, { now: clock.now(), vault });
    // A conflict means that somebody moved it first; a failure, that the next sweep finds it again.
    if (ended !== undefined) await store.commit({ moves: ended.moves, leaves: ended.leaves });
  }
}
