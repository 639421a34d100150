import { createHash } from 'node:crypto';
import type { LevelHash, Sequencer, TreeEdge } from '../../src/ports/index.js';

/** What a test may ask of the sequencer: it is called before COMMIT (`checkpoint`) and after it (`published`), so it is the seam for twins. */
export interface PlainSequencerOptions {
  /** One Int32 shared with the test: see FAILURES. The failure is used once. */
  readonly failure?: SharedArrayBuffer;
}

export const FAILURES = {
  /** SQLITE_FULL before COMMIT: known, nothing written. */
  diskFull: 1,
  /** SQLITE_IOERR before COMMIT: the process must stop, nothing was written. */
  notWritten: 2,
  /** A failure after COMMIT: the process must stop, the work was written. */
  written: 3,
  /** A bug in the sequencer itself, before COMMIT. */
  bug: 4,
} as const;

/** RFC 6962 hashing written for tests, sharing no code with journal/; notes are not signed. */
export function createSequencer(options: PlainSequencerOptions = {}): Sequencer {
  const failure = options.failure && new Int32Array(options.failure);
  const take = (...kinds: number[]): number => {
    if (failure === undefined || !kinds.includes(Atomics.load(failure, 0))) return 0;
    return Atomics.exchange(failure, 0, 0);
  };
  return {
    sequence,
    checkpoint: (edge) => {
      const kind = take(FAILURES.diskFull, FAILURES.notWritten, FAILURES.bug);
      if (kind === FAILURES.diskFull) throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
      if (kind === FAILURES.notWritten) throw Object.assign(new Error('disk I/O error'), { errcode: 10 });
      if (kind === FAILURES.bug) throw new Error('sequencer bug');
      const root = rootOf(edge);
      return { root, note: `plain\n${edge.size}\n${Buffer.from(root).toString('base64')}\n` };
    },
    published: () => {
      if (take(FAILURES.written) !== 0) throw new Error('the guard file cannot be written');
    },
  };
}

function sequence(edge: TreeEdge, leaves: readonly Uint8Array[]): ReturnType<Sequencer['sequence']> {
  const stack = [...edge.hashes];
  const hashes: LevelHash[] = [];
  let size = edge.size;
  for (const leaf of leaves) {
    let top = sha256(Buffer.of(0), leaf);
    let [level, position] = [0, size];
    hashes.push({ level, position, hash: top });
    for (; position % 2 === 1; ) {
      top = sha256(Buffer.of(1), stack.pop()!, top);
      [level, position] = [level + 1, (position - 1) / 2];
      hashes.push({ level, position, hash: top });
    }
    stack.push(top);
    size++;
  }
  return { edge: { size, hashes: stack }, firstIndex: edge.size, hashes };
}

/** MTH of RFC 6962 §2.1 by its recursive definition: what roots are compared with. */
export function rootOfLeaves(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return sha256(Buffer.of(0), leaves[0]!);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Buffer.of(1), rootOfLeaves(leaves.slice(0, split)), rootOfLeaves(leaves.slice(split)));
}

function rootOf(edge: TreeEdge): Uint8Array {
  return edge.hashes.length === 0
    ? sha256()
    : edge.hashes.reduceRight((right, left) => sha256(Buffer.of(1), left, right));
}

function sha256(...parts: Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
