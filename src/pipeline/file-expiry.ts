import type { Clock, FileStore, Log, Store, StoredDelivery, StoredFile } from '../ports/index.js';

export interface FileExpiryParts {
  readonly files: FileStore;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds a file stays after its last delivery came to an end. */
  readonly term: number;
}

const EVERY = 10 * 60_000;
/** How long a file waits for a message. */
const UNCLAIMED_TERM = 3 * 24 * 3_600_000;
const UNDER_WAY: ReadonlySet<StoredDelivery['state']> = new Set(['checking', 'queued', 'leased', 'in-doubt']);

/** Files go when nobody waits for them any more: those no message claimed after three days, the others a term after their last delivery. */
export class FileExpiry {
  readonly #parts: FileExpiryParts;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(parts: FileExpiryParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running = this.sweep().finally(() => {
      if (!this.#stopped) this.#timer = setTimeout(() => this.start(), EVERY).unref();
    });
  }

  async close(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** One round. */
  async sweep(): Promise<void> {
    try {
      for await (const file of this.#parts.files.list()) {
        if (this.#stopped) return;
        await this.#judge(file);
      }
    } catch (error) {
      this.#parts.log.error({ error: String(error) }, 'files were not swept; it is tried again');
    }
  }

  async #judge({ uuid, claim, settledAt, changedAt, writing }: StoredFile): Promise<void> {
    const { files, store, clock, term } = this.#parts;
    const now = clock.now();
    if (claim === undefined) {
      if (!writing && changedAt + UNCLAIMED_TERM < now) await files.remove(uuid);
    } else if (settledAt !== undefined) {
      if (settledAt + term < now) await files.remove(uuid);
    } else {
      const deliveries = await store.deliveriesOf(claim.messageId);
      if (!deliveries.some((d) => UNDER_WAY.has(d.state))) await files.settle(uuid, now);
    }
  }
}
