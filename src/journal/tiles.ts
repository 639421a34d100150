/**
 * C2SP tlog-tiles: the tree as static files. A tile of level L holds up to 256 nodes of tree level 8·L;
 * an entry bundle holds the leaves of the level-0 tile of the same number.
 */

export const TILE_WIDTH = 256;
/** The length prefix of an entry is a uint16. */
export const MAX_LEAF_SIZE = 65_535;

export interface Tile {
  readonly level: number | 'entries';
  /** The tile's number within its level. */
  readonly index: number;
  /** 1 … 256; below 256 the tile is partial. */
  readonly width: number;
}

/** `tile/<L>/<N>[.p/<W>]`, N in groups of three digits: 1234067 is x001/x234/067. */
export function tilePath(tile: Tile): string {
  const digits = String(tile.index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  const number = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${tile.level}/${number}${tile.width === TILE_WIDTH ? '' : `.p/${tile.width}`}`;
}

/** Reads a tile's path (no leading slash); undefined unless it is the one spelling of a tile that can exist. */
export function readTilePath(path: string): Tile | undefined {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (match === null) return undefined;
  const [, level = '', number = '', width] = match;
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(number.replace(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  // Writing it back refuses leading zeroes, extra groups and a width of 256 or more spelled as partial.
  const exists = Number.isSafeInteger(tile.index) && tile.width > 0 && tile.width <= TILE_WIDTH;
  return exists && (tile.level === 'entries' || tile.level < 64) && tilePath(tile) === path ? tile : undefined;
}

/** Where a tile's content stands: nodes `from` … `to`−1 of one tree level (for a bundle: leaves, level 0). */
export function tileSpan(tile: Tile): { level: number; from: number; to: number } {
  const from = tile.index * TILE_WIDTH;
  return { level: tile.level === 'entries' ? 0 : 8 * tile.level, from, to: from + tile.width };
}

/** How wide the tile is in a tree of `size` leaves: 0 when it does not exist yet. */
export function tileWidth(level: number | 'entries', index: number, size: number): number {
  const nodes = Math.floor(size / (level === 'entries' ? 1 : TILE_WIDTH ** level));
  return Math.max(0, Math.min(TILE_WIDTH, nodes - index * TILE_WIDTH));
}

/**
 * The tiles and bundles a growing tree adds between two sizes: full ones that became complete, and the partial
 * ones of the new size. Full tiles never change; partial ones may be dropped once the full one stands.
 */
export function tilesBetween(size1: number, size2: number): Tile[] {
  const tiles: Tile[] = [];
  for (const level of ['entries', ...levelsOf(size2)] as const) {
    const span = level === 'entries' ? 1 : TILE_WIDTH ** level;
    for (let index = Math.floor(size1 / span / TILE_WIDTH); ; index++) {
      const width = tileWidth(level, index, size2);
      if (width === 0) break;
      if (width > tileWidth(level, index, size1)) tiles.push({ level, index, width });
    }
  }
  return tiles;
}

/** The bytes of a hash tile from the nodes of its span. */
export function hashTile(hashes: readonly Uint8Array[]): Buffer {
  checkWidth(hashes.length);
  return Buffer.concat(hashes);
}

/** The bytes of an entry bundle: each leaf behind its length, big-endian. */
export function entryBundle(leaves: readonly Uint8Array[]): Buffer {
  checkWidth(leaves.length);
  const parts: Uint8Array[] = [];
  for (const leaf of leaves) {
    if (leaf.length > MAX_LEAF_SIZE) throw new RangeError(`a leaf of ${leaf.length} bytes does not fit a bundle`);
    parts.push(Buffer.of(leaf.length >> 8, leaf.length & 0xff), leaf);
  }
  return Buffer.concat(parts);
}

function levelsOf(size: number): number[] {
  const levels: number[] = [];
  for (let level = 0; tileWidth(level, 0, size) > 0; level++) levels.push(level);
  return levels;
}

function checkWidth(width: number): void {
  if (width < 1 || width > TILE_WIDTH) throw new RangeError(`a tile is 1 to ${TILE_WIDTH} wide, not ${width}`);
}
