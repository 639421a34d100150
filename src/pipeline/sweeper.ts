import type { Clock, KeyVault, Log, Store, StoredDelivery } from '../ports/index.js';
import { deliveryLeaf } from './records.js';

export interface SweeperParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly vault: KeyVault;
  readonly log: Log;
}

const EVERY = 1_000;
const BATCH = 200;

/** Puts on record what time alone brings about: leases that ran out go back to their queue, messages past EOL expire. */
export class Sweeper {
  readonly #parts: SweeperParts;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(parts: SweeperParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running = this.#sweep().finally(() => {
      if (!this.#stopped) this.#timer = setTimeout(() => this.start(), EVERY);
    });
  }

  async close(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #sweep(): Promise<void> {
    const { store, clock, log } = this.#parts;
    try {
      const overdue = await store.overdueDeliveries(clock.now(), BATCH);
      await Promise.all(overdue.map((d) => this.#settle(d)));
    } catch (error) {
      log.error({ error: String(error) }, 'the sweeper failed; it tries again');
    }
  }

  async #settle(delivery: StoredDelivery): Promise<void> {
    const { store, clock, vault } = this.#parts;
    const message = await store.message(delivery.messageId);
    if (message === undefined) return;
    const now = clock.now();
    const expired = delivery.expiresAt !== undefined && delivery.expiresAt <= now;
    await store.commit({
      moves: [
        {
          delivery: delivery.id,
          from: [delivery.state],
          ifAttempts: delivery.attempts,
          to: expired ? 'expired' : 'queued',
        },
      ],
      leaves: [deliveryLeaf(expired ? 'expired' : 'lease-expired', message, delivery, now, vault)],
    });
  }
}
