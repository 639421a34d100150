import { hash } from 'node:crypto';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { KeyVault, WrappedKey } from '../ports/index.js';
import { type PersonSpan, segmentsOf } from './container/person-spans.js';
import { type ChunkRow, type ContainerTable, encodeTable, readTable, type Segment, sizeOf } from './container/table.js';
import { freshBytes } from './fresh-bytes.js';
import { KEY_SIZE, NONCE_SIZE, SEAL_OVERHEAD, seal, type Unopened, unseal, unwrapKey, wrapKey } from './seal.js';

/**
 * The body of a message as it is stored: version(1) || table length(4, big-endian) || table || chunks.
 * What one slot holds of one part is joined, compressed and sealed as one chunk, nonce(12) || ciphertext || tag(16),
 * under the slot's own random key; its associated data are SHA-256 of everything before the chunks, and its number.
 * Slot 0 is what belongs to nobody, slots 1… are the persons in the order they first appear. Removing a slot's
 * wrapped key erases that person and leaves the container's bytes, hence its hash in the journal, as they were.
 */

export interface BodyPart {
  /** Stored in clear: never personal. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Byte ranges that speak of a person; they nest or stand apart, and the innermost decides. */
  readonly persons?: readonly PersonSpan[];
  /** Mostly base64 of random octets, such as a signature: compressing it costs more than it gains. */
  readonly dense?: boolean;
}

export interface SealedBody {
  readonly container: Buffer;
  readonly sha256: Buffer;
  /** One a slot, slot 0 first. */
  readonly keys: readonly WrappedKey[];
  /** Whose slot is 1, 2, …: the person index is built from it, in this order. */
  readonly persons: readonly string[];
}

export interface OpenedPart {
  readonly name: string;
  /** As long as the original; erased ranges are filled with spaces. */
  readonly bytes: Buffer;
  /** Byte ranges whose key is gone, ascending. */
  readonly erased: readonly Range[];
}

const VERSION = 1;
const HEAD_SIZE = 5;
/** Shorter chunks gain less from compression than it costs. */
const COMPRESS_FROM = 2048;
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Seals the parts of a body under fresh keys, wrapped under the epoch in force. Throws RangeError on spans that cross. */
export function sealBody(parts: readonly BodyPart[], vault: KeyVault): SealedBody {
  const slots = new Map<string, number>();
  const layout = parts.map((part) => segmentsOf(part.bytes.length, part.persons ?? [], slots));
  const plain = parts.flatMap((part, i) => chunksOf(i, part, layout[i]!));
  const table: ContainerTable = {
    parts: parts.map((part, i) => ({ name: part.name, segments: layout[i]! })),
    chunks: plain.map((chunk) => ({
      part: chunk.part,
      slot: chunk.slot,
      packing: chunk.packing,
      size: chunk.bytes.length,
    })),
  };
  const head = headOf(encodeTable(table));
  const epoch = vault.currentEpoch();
  const slotKeys: Buffer[] = [];
  const keys: WrappedKey[] = [];
  for (let slot = 0; slot <= slots.size; slot++) {
    slotKeys.push(freshBytes(KEY_SIZE));
    keys.push(wrapKey('body', slot, slotKeys[slot]!, freshBytes(NONCE_SIZE), epoch));
  }
  const bound = hash('sha256', head, 'buffer');
  const sealed = plain.flatMap((chunk, i) =>
    seal(slotKeys[chunk.slot]!, freshBytes(NONCE_SIZE), chunk.bytes, chunkAad(bound, i)),
  );
  const container = Buffer.concat([head, ...sealed]);
  return { container, sha256: hash('sha256', container, 'buffer'), keys, persons: [...slots.keys()] };
}

/**
 * Opens what the keys still open. A slot without key, or whose epoch is destroyed, comes back as erased ranges;
 * `damaged` means the container or a key is not what was sealed, and nothing of it may be used.
 */
export function openBody(
  container: Uint8Array,
  keys: readonly WrappedKey[],
  vault: KeyVault,
): readonly OpenedPart[] | 'damaged' {
  const read = readContainer(container);
  if (read === undefined) return 'damaged';
  const slotKeys = new Map<number, Buffer | Unopened>();
  for (const key of keys) slotKeys.set(key.slot, unwrapKey('body', key, vault));
  const { table, bound } = read;
  // Everything is opened before anything is laid out: the table is believed only as far as a key confirms it.
  const opened: (Buffer | undefined)[] = [];
  for (const [i, chunk] of table.chunks.entries()) {
    const key = slotKeys.get(chunk.slot) ?? 'erased';
    if (key === 'damaged') return 'damaged';
    const sealed = key === 'erased' ? undefined : unseal(key, read.chunks[i]!, chunkAad(bound, i));
    if (key !== 'erased' && sealed === undefined) return 'damaged';
    opened.push(sealed && unpack(sealed, chunk, sizeOf(table.parts[chunk.part]!.segments, chunk.slot)));
  }
  const parts = table.parts.map(({ name, segments }) => ({
    name,
    bytes: Buffer.alloc(sizeOf(segments), 0x20),
    erased: [] as Range[],
  }));
  for (const [i, { part, slot }] of table.chunks.entries()) {
    const { segments } = table.parts[part]!;
    const bytes = opened[i];
    if (bytes === undefined) parts[part]!.erased.push(...rangesOf(segments, slot));
    else scatter(parts[part]!.bytes, rangesOf(segments, slot), bytes);
  }
  for (const part of parts) part.erased.sort((a, b) => a.start - b.start);
  return parts;
}

interface PlainChunk {
  readonly part: number;
  readonly slot: number;
  readonly packing: 'raw' | 'zstd';
  readonly bytes: Uint8Array;
}

function chunksOf(part: number, { bytes, dense = false }: BodyPart, segments: readonly Segment[]): PlainChunk[] {
  const pieces = new Map<number, Uint8Array[]>();
  let at = 0;
  for (const { length, slot } of segments) {
    const piece = bytes.subarray(at, at + length);
    at += length;
    const others = pieces.get(slot);
    if (others === undefined) pieces.set(slot, [piece]);
    else others.push(piece);
  }
  return [...pieces].map(([slot, all]) => ({
    part,
    slot,
    ...pack(all.length === 1 ? all[0]! : Buffer.concat(all), dense),
  }));
}

function pack(bytes: Uint8Array, dense: boolean): { packing: 'raw' | 'zstd'; bytes: Uint8Array } {
  if (dense || bytes.length < COMPRESS_FROM) return { packing: 'raw', bytes };
  const packed = zstdCompressSync(bytes, ZSTD);
  return packed.length < bytes.length ? { packing: 'zstd', bytes: packed } : { packing: 'raw', bytes };
}

function unpack(bytes: Buffer, chunk: ChunkRow, size: number): Buffer {
  return chunk.packing === 'zstd' ? zstdDecompressSync(bytes, { maxOutputLength: size }) : bytes;
}

function readContainer(container: Uint8Array): { table: ContainerTable; bound: Buffer; chunks: Buffer[] } | undefined {
  const bytes = Buffer.from(container.buffer, container.byteOffset, container.length);
  if (bytes.length < HEAD_SIZE || bytes[0] !== VERSION) return undefined;
  let at = HEAD_SIZE + bytes.readUInt32BE(1);
  if (at > bytes.length) return undefined;
  const head = bytes.subarray(0, at);
  const table = readTable(head.subarray(HEAD_SIZE));
  if (table === undefined) return undefined;
  const chunks = table.chunks.map(({ size }) => {
    at += size + SEAL_OVERHEAD;
    return bytes.subarray(at - size - SEAL_OVERHEAD, at);
  });
  return at === bytes.length ? { table, bound: hash('sha256', head, 'buffer'), chunks } : undefined;
}

function headOf(table: Buffer): Buffer {
  const head = Buffer.alloc(HEAD_SIZE, VERSION);
  head.writeUInt32BE(table.length, 1);
  return Buffer.concat([head, table]);
}

function chunkAad(bound: Buffer, chunk: number): Buffer {
  const aad = Buffer.allocUnsafe(bound.length + 4);
  bound.copy(aad);
  aad.writeUInt32BE(chunk, bound.length);
  return aad;
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly slot: number;
}

/** Where a slot stands in a part. */
function rangesOf(segments: readonly Segment[], slot: number): Range[] {
  const ranges: Range[] = [];
  let at = 0;
  for (const segment of segments) {
    if (segment.slot === slot) ranges.push({ start: at, end: at + segment.length, slot });
    at += segment.length;
  }
  return ranges;
}

function scatter(into: Buffer, ranges: readonly Range[], bytes: Buffer): void {
  let taken = 0;
  for (const { start, end } of ranges) {
    bytes.copy(into, start, taken, taken + end - start);
    taken += end - start;
  }
}
