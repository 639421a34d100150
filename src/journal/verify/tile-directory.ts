import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogSource, SourceDamage } from './log-source.js';

const WIDTH = 256;
const HASH_SIZE = 32;

/**
 * A log exported as C2SP tlog-tiles: `checkpoint`, `tile/<L>/<N>[.p/<W>]`, `tile/entries/<N>[.p/<W>]` under one folder.
 * Paths and forms are read here anew, apart from ../tiles.ts, as everything in this folder is.
 */
export function tileDirectorySource(folder: string): LogSource {
  const checkpoint = fileOf(join(folder, 'checkpoint')).then((bytes) => bytes?.toString());
  // Only to know which partial tiles to open; the verifier judges the checkpoint itself.
  const size = checkpoint.then((note) => Number(note?.split('\n')[1] ?? 0));
  const tilesOf = async (level: number | 'entries', from: number, to: number): Promise<Uint8Array[] | SourceDamage> => {
    const found: Uint8Array[] = [];
    const nodes = Math.floor((await size) / (level === 'entries' ? 1 : WIDTH ** level));
    for (let tile = Math.floor(from / WIDTH); tile * WIDTH < to; tile++) {
      const items = await readTile(folder, level, tile, Math.min(WIDTH, nodes - tile * WIDTH));
      if ('wrong' in items) return items;
      found.push(...items.slice(Math.max(0, from - tile * WIDTH), to - tile * WIDTH));
    }
    return found;
  };
  return {
    checkpoint: () => checkpoint,
    leaves: (from, to) => tilesOf('entries', from, to),
    hashes: (level, from, to) => tilesOf(level / 8, from, to),
    keepsLevel: (level) => level % 8 === 0,
  };
}

/** The hashes or leaves of one tile, exactly `width` of them. A full tile may stand where a partial one was dropped. */
async function readTile(
  folder: string,
  level: number | 'entries',
  tile: number,
  width: number,
): Promise<Uint8Array[] | SourceDamage> {
  const full = `tile/${level}/${numberPath(tile)}`;
  const partial = width < WIDTH ? `${full}.p/${width}` : full;
  for (const where of new Set([partial, full])) {
    const bytes = await fileOf(join(folder, where));
    if (bytes === undefined) continue;
    const items = level === 'entries' ? splitBundle(bytes) : splitHashes(bytes);
    const expected = where === full ? WIDTH : width;
    if (items === undefined) return { where, wrong: 'truncated: it ends inside an item' };
    if (items.length !== expected) return { where, wrong: `its width is ${items.length}, not ${expected}` };
    return items.slice(0, width);
  }
  return { where: partial, wrong: 'truncated: the file is missing' };
}

function splitHashes(bytes: Buffer): Uint8Array[] | undefined {
  if (bytes.length % HASH_SIZE !== 0) return undefined;
  return Array.from({ length: bytes.length / HASH_SIZE }, (_, i) => bytes.subarray(i * HASH_SIZE, (i + 1) * HASH_SIZE));
}

function splitBundle(bytes: Buffer): Uint8Array[] | undefined {
  const leaves: Uint8Array[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const end = at + 2 + bytes.readUInt16BE(at);
    if (end > bytes.length) return undefined;
    leaves.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return at === bytes.length ? leaves : undefined;
}

/** 1234067 → x001/x234/067. */
function numberPath(tile: number): string {
  const last = String(tile % 1000).padStart(3, '0');
  let rest = Math.floor(tile / 1000);
  let path = last;
  for (; rest > 0; rest = Math.floor(rest / 1000)) path = `x${String(rest % 1000).padStart(3, '0')}/${path}`;
  return path;
}

async function fileOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (problem) {
    if (['ENOENT', 'ENOTDIR'].includes((problem as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw problem;
  }
}
