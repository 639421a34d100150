import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The repository root, from wherever the compiled test stands. */
export function repositoryRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** A folder of the shared vectors, or undefined when they are not beside the repository. */
export function vectors(name: string): string | undefined {
  const folder = join(repositoryRoot(), '..', 'shared', 'reference', 'vectors', name);
  return existsSync(folder) ? folder : undefined;
}

/** A small deterministic generator (mulberry32): 0 ≤ value < 1. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
