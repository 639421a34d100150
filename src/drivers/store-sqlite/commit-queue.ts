import { type Commit, type Committed, type Packed, packBytes, type StoredCheckpoint } from '../../ports/index.js';
import { conflict } from './apply-commit.js';
import { GROUP_SIZE, type GroupResult } from './group.js';

interface Pending {
  readonly packed: Packed<Commit>;
  readonly resolve: (committed: Committed) => void;
  readonly reject: (error: Error) => void;
}

type Send = (batch: readonly Packed<Commit>[]) => void;

/**
 * Bounded queue in front of the writer. While one group is being written the next gathers: under load groups are
 * full, alone nobody waits for company.
 */
export class CommitQueue {
  readonly #send: Send;
  readonly #limit: number;
  #waiting: Pending[] = [];
  #sent: Pending[] = [];
  #scheduled = false;
  #stopped: Error | undefined;
  #checkpoint: StoredCheckpoint | undefined;
  #onDrained: (() => void)[] = [];

  constructor(send: Send, limit: number, newest: StoredCheckpoint | undefined) {
    this.#send = send;
    this.#limit = limit;
    this.#checkpoint = newest;
  }

  /** The newest checkpoint that was published. */
  get checkpoint(): StoredCheckpoint | undefined {
    return this.#checkpoint;
  }

  add(work: Commit): Promise<Committed> {
    if (this.#stopped !== undefined) return Promise.reject(this.#stopped);
    if (this.#pending() >= this.#limit) {
      return Promise.resolve(conflict('unavailable', `${this.#limit} commits are waiting for the writer`));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ packed: packBytes(work), resolve, reject });
      this.#schedule();
    });
  }

  /** What the writer said about the oldest work sent to it. */
  settle(result: Exclude<GroupResult, { kind: 'unknown' }>): void {
    if (result.kind === 'written') {
      if (result.checkpoint.size > 0) this.#checkpoint = result.checkpoint;
      for (const [at, pending] of this.#sent.splice(0, result.results.length).entries()) {
        const outcome = result.results[at]!;
        pending.resolve('ok' in outcome ? outcome : { ok: true, ...outcome, checkpoint: result.checkpoint });
      }
    } else {
      for (const pending of this.#sent.splice(0, result.count)) pending.resolve(conflict('unavailable', result.detail));
    }
    if (this.#pending() === 0) this.#drainedNow();
    this.#schedule();
  }

  /** Rejects everything, now and later: outcomes are unknown or there is no writer. */
  stop(error: Error): void {
    this.#stopped ??= error;
    for (const pending of [...this.#sent, ...this.#waiting]) pending.reject(error);
    [this.#sent, this.#waiting] = [[], []];
    this.#drainedNow();
  }

  /** Resolves when nothing is waiting. */
  drained(): Promise<void> {
    return this.#pending() === 0 ? Promise.resolve() : new Promise((resolve) => this.#onDrained.push(resolve));
  }

  #pending(): number {
    return this.#sent.length + this.#waiting.length;
  }

  #drainedNow(): void {
    for (const done of this.#onDrained.splice(0)) done();
  }

  /** Those who are answered together ask again together: one turn of the event loop gathers them. */
  #schedule(): void {
    if (this.#scheduled || this.#sent.length > 0 || this.#waiting.length === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#sent = this.#waiting.splice(0, GROUP_SIZE);
      if (this.#sent.length > 0) this.#send(this.#sent.map(({ packed }) => packed));
    });
  }
}
