import { type Commit, type Committed, type Packed, packBytes } from '../../ports/index.js';
import { conflict } from './judge-work.js';

interface Pending {
  readonly packed: Packed<Commit>;
  readonly resolve: (committed: Committed) => void;
  readonly reject: (error: Error) => void;
}

type Send = (batch: number, works: readonly Packed<Commit>[]) => void;

/** Most works and bytes of one transaction. */
const GROUP_SIZE = 64;
const GROUP_BYTES = 16 * 1024 * 1024;

/**
 * Bounded queue in front of the writer. While one batch is being made durable the next gathers; batches that are durable
 * and wait for their places in the log hold nobody up.
 */
export class CommitQueue {
  readonly #send: Send;
  readonly #limit: number;
  readonly #sent = new Map<number, readonly Pending[]>();
  #waiting: Pending[] = [];
  #last = 0;
  #writing: number | undefined;
  #scheduled = false;
  #stopped: Error | undefined;
  #down = false;
  #count = 0;
  #onDrained: (() => void)[] = [];

  constructor(send: Send, limit: number) {
    this.#send = send;
    this.#limit = limit;
  }

  add(work: Commit): Promise<Committed> {
    if (this.#stopped !== undefined) return Promise.reject(this.#stopped);
    if (this.#down) return Promise.resolve(conflict('unavailable', 'no connection to the database'));
    if (this.#count >= this.#limit)
      return Promise.resolve(conflict('unavailable', `${this.#limit} commits are waiting for the writer`));
    return new Promise((resolve, reject) => {
      this.#count++;
      this.#waiting.push({ packed: packBytes(work), resolve, reject });
      this.#schedule();
    });
  }

  /** Without a connection nothing that waits here is written, and those who ask hear it at once. */
  set down(down: boolean) {
    this.#down = down;
    if (!down) return;
    for (const pending of this.#waiting.splice(0)) {
      this.#count--;
      pending.resolve(conflict('unavailable', 'no connection to the database'));
    }
    this.#drainedNow();
  }

  durable(batch: number): void {
    if (this.#writing === batch) this.#writing = undefined;
    this.#schedule();
  }

  settle(batch: number, results: readonly Committed[]): void {
    for (const [at, pending] of (this.#sent.get(batch) ?? []).entries()) {
      this.#count--;
      pending.resolve(results[at]!);
    }
    this.#sent.delete(batch);
    this.#drainedNow();
  }

  /** Rejects everything, now and later: outcomes are unknown or there is no writer. */
  stop(error: Error): void {
    this.#stopped ??= error;
    for (const pending of [...[...this.#sent.values()].flat(), ...this.#waiting]) pending.reject(error);
    this.#sent.clear();
    this.#waiting = [];
    this.#count = 0;
    this.#drainedNow();
  }

  /** Resolves when nothing is waiting. */
  drained(): Promise<void> {
    return this.#count === 0 ? Promise.resolve() : new Promise((resolve) => this.#onDrained.push(resolve));
  }

  #drainedNow(): void {
    if (this.#count === 0) for (const done of this.#onDrained.splice(0)) done();
  }

  /** Those who are answered together ask again together: one turn of the event loop gathers them. */
  #schedule(): void {
    if (this.#scheduled || this.#writing !== undefined || this.#waiting.length === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      const group = this.#waiting.splice(0, this.#groupSize());
      if (group.length === 0) return;
      this.#last++;
      this.#writing = this.#last;
      this.#sent.set(this.#last, group);
      this.#send(
        this.#last,
        group.map(({ packed }) => packed),
      );
    });
  }

  #groupSize(): number {
    let bytes = 0;
    const end = this.#waiting.findIndex(({ packed }, at) => {
      bytes += packed.arena.byteLength;
      return at === GROUP_SIZE || (at > 0 && bytes > GROUP_BYTES);
    });
    return end < 0 ? this.#waiting.length : end;
  }
}
