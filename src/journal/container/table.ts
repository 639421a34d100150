/**
 * The table of a body container: where each part's octets went. Numbers are unsigned LEB128 below 2^53:
 *   count of parts; a part: length of name, name (UTF-8), count of segments; a segment: length, slot
 *   count of chunks; a chunk: part, slot, packing (0 raw, 1 zstd), size of the sealed octets without nonce and tag
 * A part's segments follow one another and cover it; chunks stand in the container in the table's order.
 */

/** The slot of all that belongs to no person. */
export const REST_SLOT = 0;

export interface Segment {
  readonly length: number;
  readonly slot: number;
}

export interface ChunkRow {
  readonly part: number;
  readonly slot: number;
  readonly packing: 'raw' | 'zstd';
  readonly size: number;
}

export interface ContainerTable {
  readonly parts: readonly { readonly name: string; readonly segments: readonly Segment[] }[];
  readonly chunks: readonly ChunkRow[];
}

export function encodeTable(table: ContainerTable): Buffer {
  const out: number[] = [];
  put(out, table.parts.length);
  for (const part of table.parts) {
    const name = Buffer.from(part.name);
    put(out, name.length);
    out.push(...name);
    put(out, part.segments.length);
    for (const segment of part.segments) {
      put(out, segment.length);
      put(out, segment.slot);
    }
  }
  put(out, table.chunks.length);
  for (const chunk of table.chunks) {
    put(out, chunk.part);
    put(out, chunk.slot);
    put(out, chunk.packing === 'zstd' ? 1 : 0);
    put(out, chunk.size);
  }
  return Buffer.from(out);
}

/** Undefined unless the bytes are exactly one table whose chunks are, once each, the slots of its parts. */
export function readTable(bytes: Buffer): ContainerTable | undefined {
  const input = { bytes, at: 0 };
  try {
    const parts = list(input, () => {
      const name = take(input, number(input)).toString();
      return { name, segments: list(input, () => ({ length: number(input), slot: number(input) })) };
    });
    const chunks = list(input, () => chunkOf(number(input), number(input), number(input), number(input)));
    const table = { parts, chunks };
    return input.at === bytes.length && isComplete(table) ? table : undefined;
  } catch (problem) {
    if (problem instanceof Malformed) return undefined;
    throw problem;
  }
}

/** Bytes of a part, or of one slot of it. */
export function sizeOf(segments: readonly Segment[], slot?: number): number {
  return segments.reduce((sum, segment) => sum + (slot === undefined || segment.slot === slot ? segment.length : 0), 0);
}

/** More than any body holds; keeps a forged table from asking for all memory. */
const MAX_PART = 2 ** 30;

/**
 * Every slot of every part has its one chunk (else a range could be left blank that nobody erased), and an uncompressed
 * chunk is as long as its segments.
 */
function isComplete(table: ContainerTable): boolean {
  const wanted = new Set<string>();
  for (const [part, { segments }] of table.parts.entries()) {
    for (const { slot } of segments) wanted.add(`${part}/${slot}`);
  }
  const fits = table.chunks.every(({ part, slot, packing, size }) => {
    const known = wanted.delete(`${part}/${slot}`);
    return known && (packing === 'zstd' || size === sizeOf(table.parts[part]!.segments, slot));
  });
  return fits && wanted.size === 0 && table.parts.every(({ segments }) => sizeOf(segments) <= MAX_PART);
}

class Malformed extends Error {}

interface Input {
  readonly bytes: Buffer;
  at: number;
}

function list<T>(input: Input, item: () => T): T[] {
  const count = number(input);
  // Every item takes at least one byte: a larger count is a lie, told before memory is spent on it.
  if (count > input.bytes.length - input.at) throw new Malformed();
  return Array.from({ length: count }, item);
}

function take(input: Input, count: number): Buffer {
  if (count > input.bytes.length - input.at) throw new Malformed();
  input.at += count;
  return input.bytes.subarray(input.at - count, input.at);
}

function number(input: Input): number {
  let [value, scale] = [0, 1];
  for (;;) {
    const byte = take(input, 1)[0]!;
    value += (byte & 0x7f) * scale;
    if (!Number.isSafeInteger(value)) throw new Malformed();
    if (byte < 0x80) return value;
    scale *= 128;
  }
}

function put(out: number[], value: number): void {
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) out.push((rest % 128) | 0x80);
  out.push(rest);
}

function chunkOf(part: number, slot: number, packing: number, size: number): ChunkRow {
  if (packing > 1) throw new Malformed();
  return { part, slot, packing: packing === 1 ? 'zstd' : 'raw', size };
}
