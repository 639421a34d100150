import type { Commit, Committed, StoredCheckpoint } from '../../ports/index.js';
import { conflict } from './apply-commit.js';
import { GROUP_SIZE, type GroupResult } from './group.js';
import { type PackedCommit, pack } from './pack.js';

interface Pending {
  readonly packed: PackedCommit;
  readonly resolve: (committed: Committed) => void;
  readonly reject: (error: Error) => void;
}

export interface CommitQueue {
  add(work: Commit): Promise<Committed>;
  /** What the writer said about the oldest work sent to it. */
  settle(result: GroupResult): void;
  /** Rejects everything, now and later: outcomes are unknown or there is no writer. */
  stop(error: Error): void;
  /** Resolves when nothing is waiting. */
  drained(): Promise<void>;
  checkpoint(): StoredCheckpoint | undefined;
}

/**
 * Bounded queue in front of the writer. While one group is being written the next gathers: under load groups are
 * full, alone nobody waits for company.
 */
export function createCommitQueue(
  send: (batch: readonly PackedCommit[]) => void,
  limit: number,
  newest: StoredCheckpoint | undefined,
): CommitQueue {
  let waiting: Pending[] = [];
  let sent: Pending[] = [];
  let stopped: Error | undefined;
  let scheduled = false;
  let checkpoint = newest;
  let onDrained: (() => void)[] = [];

  function flush(): void {
    scheduled = false;
    if (sent.length > 0 || waiting.length === 0 || stopped !== undefined) return;
    sent = waiting.splice(0, GROUP_SIZE);
    send(sent.map((pending) => pending.packed));
  }
  // Those who are answered together ask again together: one turn of the event loop gathers them.
  function schedule(): void {
    if (scheduled || sent.length > 0) return;
    scheduled = true;
    setImmediate(flush);
  }
  return {
    add: (work) => {
      if (stopped !== undefined) return Promise.reject(stopped);
      if (waiting.length + sent.length >= limit) {
        return Promise.resolve(conflict('unavailable', `${limit} commits are waiting for the writer`));
      }
      return new Promise((resolve, reject) => {
        waiting.push({ packed: pack(work), resolve, reject });
        schedule();
      });
    },
    settle: (result) => {
      if (result.kind === 'written') {
        if (result.checkpoint.size > 0) checkpoint = result.checkpoint;
        const answered = sent.splice(0, result.results.length);
        for (const [at, pending] of answered.entries()) {
          const outcome = result.results[at]!;
          pending.resolve('ok' in outcome ? outcome : { ok: true, ...outcome, checkpoint: result.checkpoint });
        }
      } else if (result.kind === 'nothing-written') {
        for (const pending of sent.splice(0, result.count)) pending.resolve(conflict('unavailable', result.detail));
      }
      if (sent.length + waiting.length === 0) for (const done of onDrained.splice(0)) done();
      schedule();
    },
    stop: (error) => {
      stopped ??= error;
      for (const pending of [...sent, ...waiting]) pending.reject(error);
      [sent, waiting] = [[], []];
      for (const done of onDrained.splice(0)) done();
      onDrained = [];
    },
    drained: () =>
      sent.length + waiting.length === 0 ? Promise.resolve() : new Promise((resolve) => onDrained.push(resolve)),
    checkpoint: () => checkpoint,
  };
}
