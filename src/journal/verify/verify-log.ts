import { readLeafForm } from './leaf-form.js';
import type { LogSource } from './log-source.js';
import { type Head, readHead } from './own-note.js';
import { OwnTree } from './own-tree.js';

/** What is being trusted: nothing but the journal's public key and what others kept. */
export interface VerifyOptions {
  /** The journal's verifier key. */
  readonly vkey: string;
  /** Signed checkpoints held elsewhere (receipts, witnesses, the guard): each must be a prefix of this log. */
  readonly held?: readonly string[];
  /** Called after each batch with leaves checked and leaves in all. */
  readonly onProgress?: (done: number, size: number) => void;
}

export type LogVerdict =
  | {
      readonly ok: true;
      readonly size: number;
      readonly root: Uint8Array;
      /** Times that go back by more than five minutes: a clock was set, or records were entered late. First hundred. */
      readonly warnings: readonly string[];
    }
  /** The first thing wrong, and where: `leaf 17`, `tile 0/000`, `checkpoint`. */
  | { readonly ok: false; readonly where: string; readonly wrong: string };

const BATCH = 256;
const CLOCK_SLACK_MS = 5 * 60_000;
const MAX_WARNINGS = 100;

/**
 * Recomputes a whole log: every leaf's form and hash, every stored node, the root under the signed checkpoint, and every
 * checkpoint held elsewhere. Reads the source once, in order, 256 leaves at a time.
 */
export async function verifyLog(source: LogSource, options: VerifyOptions): Promise<LogVerdict> {
  const heads = await readHeads(source, options);
  if ('ok' in heads) return heads;
  const { head, held } = heads;
  const tree = new OwnTree();
  const times: TimeWatch = { latest: 0, warnings: [] };
  const fork = forkAt(tree, held);
  if (fork !== undefined) return fork;
  while (tree.size < head.size) {
    const batch = await source.leaves(tree.size, Math.min(tree.size + BATCH, head.size));
    if ('wrong' in batch) return wrongAt(batch.where, batch.wrong);
    const fault = await checkBatch(source, tree, batch, held, times);
    if (fault !== undefined) return fault;
    if (batch.length === 0) {
      return wrongAt(
        `leaf ${tree.size}`,
        `truncated: the checkpoint counts ${head.size} leaves, ${tree.size} are here`,
      );
    }
    options.onProgress?.(tree.size, head.size);
  }
  if (!tree.root().equals(head.root)) return wrongAt('checkpoint', `root of ${head.size} leaves is not the signed one`);
  return { ok: true, size: tree.size, root: head.root, warnings: times.warnings };
}

async function readHeads(
  source: LogSource,
  options: VerifyOptions,
): Promise<{ head: Head; held: Head[] } | LogVerdict> {
  const note = await source.checkpoint();
  if (note === undefined) return wrongAt('checkpoint', 'there is no checkpoint');
  const head = readHead(note, options.vkey);
  if (typeof head === 'string') return wrongAt('checkpoint', head);
  const held: Head[] = [];
  for (const [i, other] of (options.held ?? []).entries()) {
    const read = readHead(other, options.vkey);
    if (typeof read === 'string') return wrongAt(`held checkpoint ${i + 1}`, read);
    if (read.size > head.size) {
      return wrongAt(
        'checkpoint',
        `rolled back: a checkpoint of ${read.size} leaves is held elsewhere, this log has ${head.size}`,
      );
    }
    held.push(read);
  }
  return { head, held };
}

interface TimeWatch {
  latest: number;
  readonly warnings: string[];
}

async function checkBatch(
  source: LogSource,
  tree: OwnTree,
  leaves: readonly Uint8Array[],
  held: readonly Head[],
  times: TimeWatch,
): Promise<LogVerdict | undefined> {
  const made = new Map<number, { from: number; hashes: Buffer[] }>();
  for (const leaf of leaves) {
    const at = tree.size;
    tree.add(leaf, (level, position, hash) => {
      const row = made.get(level);
      if (row === undefined) made.set(level, { from: position, hashes: [hash] });
      else row.hashes.push(hash);
    });
    const fault = checkForm(leaf, at, times) ?? forkAt(tree, held);
    if (fault !== undefined) return (await checkNodes(source, made)) ?? fault;
  }
  return checkNodes(source, made);
}

function checkForm(leaf: Uint8Array, at: number, times: TimeWatch): LogVerdict | undefined {
  const form = readLeafForm(leaf);
  if (typeof form === 'string') return wrongAt(`leaf ${at}`, form);
  if (form.time < times.latest - CLOCK_SLACK_MS && times.warnings.length < MAX_WARNINGS) {
    times.warnings.push(`leaf ${at}: time goes back by ${Math.round((times.latest - form.time) / 1000)} s`);
  }
  times.latest = Math.max(times.latest, form.time);
  return undefined;
}

function forkAt(tree: OwnTree, held: readonly Head[]): LogVerdict | undefined {
  for (const head of held) {
    if (head.size === tree.size && !tree.root().equals(head.root)) {
      return wrongAt('checkpoint', `fork at size ${head.size}: a signed checkpoint held elsewhere has another root`);
    }
  }
  return undefined;
}

/** Compares what the source stores with the nodes just computed; level 0 first, where an edited leaf shows itself by name. */
async function checkNodes(
  source: LogSource,
  made: ReadonlyMap<number, { from: number; hashes: readonly Buffer[] }>,
): Promise<LogVerdict | undefined> {
  for (const [level, { from, hashes }] of [...made].sort(([a], [b]) => a - b)) {
    if (!source.keepsLevel(level)) continue;
    const stored = await source.hashes(level, from, from + hashes.length);
    if ('wrong' in stored) return wrongAt(stored.where, stored.wrong);
    const wrong = hashes.findIndex((hash, i) => stored[i] === undefined || !hash.equals(stored[i]));
    if (wrong < 0) continue;
    const where = level === 0 ? `leaf ${from + wrong}` : `tree level ${level}, node ${from + wrong}`;
    if (stored[wrong] === undefined) return wrongAt(where, 'its hash is missing');
    return wrongAt(
      where,
      level === 0 ? 'edited: it does not hash to the stored leaf hash' : 'the stored hash is not that of its leaves',
    );
  }
  return undefined;
}

function wrongAt(where: string, wrong: string): LogVerdict {
  return { ok: false, where, wrong };
}
