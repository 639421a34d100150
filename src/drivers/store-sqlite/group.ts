import type { DatabaseSync } from 'node:sqlite';
import type { Commit, Sequencer, StoredCheckpoint, TreeEdge } from '../../ports/index.js';
import { applyCommit, type Conflict, conflict } from './apply-commit.js';
import { isFatal, isOwnFault, textOf } from './failures.js';
import { prepareStatements, type Statements } from './statements.js';

/** Most work one transaction takes, and how long it may go on taking: what bounds the wait of the first in it. */
export const GROUP_SIZE = 32;
export const GROUP_MS = 3;

/** What one transaction did. `unknown`: nobody may be told anything, and the process must stop. */
export type GroupResult =
  | { readonly kind: 'written'; readonly results: readonly WorkResult[]; readonly checkpoint: StoredCheckpoint }
  | { readonly kind: 'nothing-written'; readonly count: number; readonly detail: string }
  | { readonly kind: 'unknown'; readonly count: number; readonly detail: string };

export type WorkResult = { readonly indexes: readonly number[]; readonly deliveries: readonly number[] } | Conflict;

/** The writer's state between groups: changes only after a COMMIT. */
export interface Head {
  readonly edge: TreeEdge;
  readonly checkpoint: StoredCheckpoint | undefined;
}

export interface GroupWriter {
  /** Takes a first part of the waiting work, writes it in one transaction, says what became of it. */
  write(waiting: readonly Commit[]): GroupResult;
  head(): Head;
}

/**
 * Compute → sign → COMMIT → guard → only then answer. A crash before COMMIT leaves nothing of the group, after it all
 * of the group; in both cases nobody was told.
 */
export function createGroupWriter(database: DatabaseSync, sequencer: Sequencer): GroupWriter {
  const sql = prepareStatements(database);
  let head = readHead(sql);
  return {
    head: () => head,
    write: (waiting) => {
      const taken: Commit[] = [];
      try {
        sql.begin.run();
        const results = applyGroup(sql, waiting, head.edge.size, taken);
        const next = sealGroup(sql, sequencer, head, leavesOf(taken, results));
        sql.commit.run();
        const { edge, checkpoint } = next;
        if (edge.size > head.edge.size) publish(sequencer, checkpoint.note);
        head = { edge, checkpoint: edge.size > 0 ? checkpoint : undefined };
        return { kind: 'written', results, checkpoint };
      } catch (error) {
        const count = taken.length || waiting.length;
        return { kind: rollBack(database, error) ? 'nothing-written' : 'unknown', count, detail: textOf(error) };
      }
    },
  };
}

/** The guard could not be written after COMMIT: the group is durable and must not be answered. */
class GuardFailure extends Error {}

function publish(sequencer: Sequencer, note: string): void {
  try {
    sequencer.published(note);
  } catch (error) {
    throw new GuardFailure(`written, but not published: ${textOf(error)}`, { cause: error });
  }
}

/** True when it is certain that nothing of the transaction stayed. */
function rollBack(database: DatabaseSync, error: unknown): boolean {
  if (error instanceof GuardFailure) return false;
  try {
    if (database.isTransaction) database.exec('ROLLBACK');
  } catch {
    return false;
  }
  return !isFatal(error);
}

function applyGroup(sql: Statements, waiting: readonly Commit[], size: number, taken: Commit[]): WorkResult[] {
  const until = performance.now() + GROUP_MS;
  const results: WorkResult[] = [];
  let next = size;
  for (const work of waiting) {
    taken.push(work);
    const result = applyAlone(sql, work, next);
    results.push(result);
    if ('indexes' in result) next += work.leaves.length;
    if (taken.length === GROUP_SIZE || performance.now() >= until) break;
  }
  return results;
}

/** One piece of work in its savepoint, so that its conflict harms no other. */
function applyAlone(sql: Statements, work: Commit, leafIndex: number): WorkResult {
  sql.savepoint.run();
  let done: number[] | Conflict;
  try {
    done = applyCommit(sql, work, leafIndex);
  } catch (error) {
    // SQLite ends the whole transaction on a full disk and the like: then no savepoint is left to go back to.
    if (!isOwnFault(error)) throw error;
    done = conflict('unavailable', textOf(error));
  }
  const stands = Array.isArray(done);
  if (!stands) sql.undo.run();
  sql.release.run();
  return stands
    ? { indexes: work.leaves.map((_, at) => leafIndex + at), deliveries: done as number[] }
    : (done as Conflict);
}

function leavesOf(taken: readonly Commit[], results: readonly WorkResult[]): Uint8Array[] {
  return taken.flatMap((work, at) => ('indexes' in results[at]! ? work.leaves.map((leaf) => leaf.bytes) : []));
}

/** Numbers and hashes the group's leaves, signs the head, stores both. A group without leaves keeps the checkpoint it found. */
function sealGroup(sql: Statements, sequencer: Sequencer, head: Head, leaves: readonly Uint8Array[]) {
  if (leaves.length === 0 && head.checkpoint !== undefined) return { edge: head.edge, checkpoint: head.checkpoint };
  const { edge, firstIndex, hashes } = sequencer.sequence(head.edge, leaves);
  if (firstIndex !== head.edge.size) throw new Error(`sequencer began at ${firstIndex}, not at ${head.edge.size}`);
  for (const { level, position, hash } of hashes) sql.insertHash.run(level, position, hash);
  const { note, root } = sequencer.checkpoint(edge);
  const checkpoint: StoredCheckpoint = { size: edge.size, root: Uint8Array.from(root), note };
  if (edge.size > 0) sql.saveTree.run(edge.size, Buffer.concat(edge.hashes), checkpoint.root, note);
  return { edge, checkpoint };
}

function readHead(sql: Statements): Head {
  const row = sql.tree.get();
  if (row === undefined) return { edge: { size: 0, hashes: [] }, checkpoint: undefined };
  const packed = Buffer.from(row.edge as Uint8Array);
  const hashes = Array.from({ length: packed.length / 32 }, (_, at) => packed.subarray(at * 32, at * 32 + 32));
  const size = row.size as number;
  return {
    edge: { size, hashes },
    checkpoint: { size, root: row.root as Uint8Array, note: row.note as string },
  };
}
