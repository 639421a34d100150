import { HIGH, LOW, ROUND_CONSTANTS } from './streebog-tables.js';

const BLOCK = 64;
const ROUNDS = 12;

/**
 * Streebog, GOST R 34.11-2012 (RFC 6986). Bytes come out in the order of CMS, X.509 and OpenSSL: the reverse of how
 * the RFC prints numbers. `bits` is 256 or 512. Not constant-time (table look-ups): it digests what is public.
 */
export function streebog(bits: 256 | 512, message: Uint8Array): Buffer {
  const running = new Streebog(bits);
  running.update(message);
  return running.digest();
}

/** Streebog over pieces. */
export class Streebog {
  readonly #bits: 256 | 512;
  readonly #h: Int32Array;
  readonly #block = new Int32Array(16);
  readonly #sum = new Int32Array(16);
  readonly #length = new Int32Array(16);
  /** What is left over of the pieces so far, less than a block. */
  readonly #rest = Buffer.alloc(BLOCK);
  #held = 0;

  constructor(bits: 256 | 512) {
    this.#bits = bits;
    // All of h's bytes are 1 for 256 bits, 0 for 512 (§8).
    this.#h = new Int32Array(16).fill(bits === 256 ? 0x01010101 : 0);
  }

  update(bytes: Uint8Array): void {
    let at = 0;
    if (this.#held > 0) {
      at = Math.min(BLOCK - this.#held, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#held);
      this.#held += at;
      if (this.#held < BLOCK) return;
      this.#take(this.#rest, 0);
      this.#held = 0;
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (; at + BLOCK <= bytes.length; at += BLOCK) this.#take(view, at);
    this.#rest.set(bytes.subarray(at));
    this.#held = bytes.length - at;
  }

  #take(from: DataView | Buffer, at: number): void {
    const view = from instanceof DataView ? from : new DataView(from.buffer, from.byteOffset, from.length);
    const block = this.#block;
    for (let i = 0; i < 16; i++) block[i] = view.getInt32(at + 4 * i, true);
    compress(this.#h, this.#length, block);
    addLength(this.#length, 8 * BLOCK);
    addWords(this.#sum, block);
  }

  digest(): Buffer {
    const h = this.#h;
    const block = this.#block;
    const last = Buffer.alloc(BLOCK);
    last.set(this.#rest.subarray(0, this.#held));
    last[this.#held] = 1;
    for (let i = 0; i < 16; i++) block[i] = last.readInt32LE(4 * i);
    compress(h, this.#length, block);
    addLength(this.#length, 8 * this.#held);
    addWords(this.#sum, block);
    const nothing = new Int32Array(16);
    compress(h, nothing, this.#length);
    compress(h, nothing, this.#sum);
    const digest = Buffer.alloc(BLOCK);
    for (let i = 0; i < 16; i++) digest.writeInt32LE(h[i]!, 4 * i);
    return this.#bits === 256 ? digest.subarray(32) : digest;
  }
}

/** Modulo 2^512, carries through all words. */
function addWords(sum: Int32Array, addend: Int32Array): void {
  let carry = 0;
  for (let i = 0; i < 16; i++) {
    const total = (sum[i]! >>> 0) + (addend[i]! >>> 0) + carry;
    sum[i] = total;
    carry = total > 0xffffffff ? 1 : 0;
  }
}

/** The message's length in bits stays far below 2^53. */
function addLength(length: Int32Array, bits: number): void {
  const low = (length[0]! >>> 0) + bits;
  length[0] = low;
  if (low > 0xffffffff) length[1]! += 1;
}

const key = new Int32Array(16);
const state = new Int32Array(16);
const mixed = new Int32Array(16);
/** The same memory, byte by byte: that is what the tables are asked with. Little-endian machines only. */
const mixedBytes = new Uint8Array(mixed.buffer);

/** g_N of §7: h becomes E(LPS(h ⊕ n), m) ⊕ h ⊕ m. */
function compress(h: Int32Array, n: Int32Array, m: Int32Array): void {
  for (let i = 0; i < 16; i++) mixed[i] = h[i]! ^ n[i]!;
  lps(key);
  for (let i = 0; i < 16; i++) state[i] = m[i]!;
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < 16; i++) mixed[i] = state[i]! ^ key[i]!;
    lps(state);
    for (let i = 0; i < 16; i++) mixed[i] = key[i]! ^ ROUND_CONSTANTS[16 * round + i]!;
    lps(key);
  }
  for (let i = 0; i < 16; i++) h[i]! ^= state[i]! ^ key[i]! ^ m[i]!;
}

/** S, P and L at once, from `mixed` into `to`: byte i of each of the eight words makes word i. */
function lps(to: Int32Array): void {
  const bytes = mixedBytes;
  for (let i = 0; i < 8; i++) {
    const a = bytes[i]!;
    const b = 256 | bytes[8 + i]!;
    const c = 512 | bytes[16 + i]!;
    const d = 768 | bytes[24 + i]!;
    const e = 1024 | bytes[32 + i]!;
    const f = 1280 | bytes[40 + i]!;
    const g = 1536 | bytes[48 + i]!;
    const h = 1792 | bytes[56 + i]!;
    to[2 * i] = LOW[a]! ^ LOW[b]! ^ LOW[c]! ^ LOW[d]! ^ LOW[e]! ^ LOW[f]! ^ LOW[g]! ^ LOW[h]!;
    to[2 * i + 1] = HIGH[a]! ^ HIGH[b]! ^ HIGH[c]! ^ HIGH[d]! ^ HIGH[e]! ^ HIGH[f]! ^ HIGH[g]! ^ HIGH[h]!;
  }
}
