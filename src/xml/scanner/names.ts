import { randomInt } from 'node:crypto';
import {
  NAME_BEGIN,
  NAME_BYTE,
  NAME_COLON,
  NAME_CONTINUE,
  NAME_CYRILLIC,
  NAME_WIDE,
  nameClass,
} from '../characters.js';
import { N_END, N_LOCAL, N_LOCAL_START, N_PREFIX, N_START, NAME_SIZE, NO_PREFIX, XML_PREFIX } from '../records.js';
import { REFUSED, type Scan, SLOTS, sameBytes } from './scan.js';

/** Secret odd multiplier and start: a sender cannot prepare names that collide. */
const SEED = randomInt(2 ** 31);
const MULTIPLIER = randomInt(2 ** 30) * 2 + 1;
const MOST_PROBES = 48;

/** `xmlns` and `xmlns:p` are declarations, told from other names by their prefix and local numbers being negative. */
export const DECLARES_DEFAULT = -1;
export const DECLARES_PREFIX = -2;

/** Length of the multi-byte character at `p` (well-formed UTF-8) if a name may hold, or begin with, it; else 0. */
function wideLength(scan: Scan, p: number, isFirst: boolean): number {
  const { source } = scan;
  const c = source[p] as number;
  const length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
  let character = length === 4 ? c & 7 : length === 3 ? c & 15 : c & 31;
  for (let k = 1; k < length; k++) character = (character << 6) | ((source[p + k] as number) & 63);
  const type = nameClass(character);
  if (type === 0 || (isFirst && type !== NAME_BEGIN)) return 0;
  if (length === 4) scan.hasSupplementary = true;
  return length;
}

/** Scans a QName (Namespaces in XML [7]) at `p`; sets `scan.name`, returns the position after it. */
export function scanName(scan: Scan, p: number): number {
  const source = scan.source;
  let hash = SEED;
  let colon = 0;
  let q = p;
  for (;;) {
    // One NCName: the prefix, or the local part.
    const start = q;
    let c = source[q] as number;
    let type = NAME_BYTE[c] as number;
    if (type === NAME_CONTINUE) return scan.refuse('name', q);
    for (;;) {
      while (type === NAME_BEGIN || type === NAME_CONTINUE) {
        hash = Math.imul(hash ^ c, MULTIPLIER);
        c = source[++q] as number;
        type = NAME_BYTE[c] as number;
      }
      if (type < NAME_WIDE) break;
      const length = type === NAME_CYRILLIC ? 2 : wideLength(scan, q, q === start);
      if (length === 0) break;
      for (const end = q + length; q < end; q++) hash = Math.imul(hash ^ (source[q] as number), MULTIPLIER);
      c = source[q] as number;
      type = NAME_BYTE[c] as number;
    }
    if (q === start) return scan.refuse(q >= scan.length ? 'unclosed' : 'name', Math.min(q, scan.length));
    if (type !== NAME_COLON) break;
    if (colon !== 0) return scan.refuse('name', q);
    colon = q++;
    hash = Math.imul(hash ^ c, MULTIPLIER);
  }
  const name = intern(scan, p, q, colon, hash);
  if (name === REFUSED) return REFUSED;
  scan.name = name;
  return q;
}

/** The number of the name at `start`…`end`, found or made. */
function intern(scan: Scan, start: number, end: number, colon: number, hash: number): number {
  const { slots, names, nameHashes, source } = scan;
  const length = end - start;
  let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
  for (let probe = 0; probe < MOST_PROBES; probe++) {
    const id = slots[slot] as number;
    if (id === 0) return newName(scan, start, end, colon, hash, slot);
    const at = names[id * NAME_SIZE] as number;
    if (nameHashes[id] === hash && (names[id * NAME_SIZE + N_END] as number) - at === length) {
      if (sameBytes(source, at, start, length)) return id;
    }
    slot = (slot + 1) & (SLOTS - 1);
  }
  return scan.refuse('names', start);
}

function newName(scan: Scan, start: number, end: number, colon: number, hash: number, slot: number): number {
  if (end - start > scan.limits.nameBytes) return scan.refuse('nameBytes', start);
  if (++scan.written > scan.limits.names) return scan.refuse('names', start);
  const id = enter(scan, start, end, hash, slot);
  const { names, source } = scan;
  const base = id * NAME_SIZE;
  if (colon === 0) {
    const isXmlns = isWord(source, start, end, 'xmlns');
    names[base + N_PREFIX] = isXmlns ? DECLARES_DEFAULT : NO_PREFIX;
    return id;
  }
  names[base + N_LOCAL_START] = colon + 1;
  if (isWord(source, start, colon, 'xmlns')) {
    if (isWord(source, colon + 1, end, 'xmlns')) return scan.refuse('prefixReserved', start);
    names[base + N_PREFIX] = DECLARES_PREFIX;
    names[base + N_LOCAL] = prefixNumber(scan, colon + 1, end);
    return id;
  }
  names[base + N_PREFIX] = prefixNumber(scan, start, colon);
  let localHash = SEED;
  for (let p = colon + 1; p < end; p++) localHash = Math.imul(localHash ^ (source[p] as number), MULTIPLIER);
  // The local part is interned beside it and not counted.
  const written = scan.written;
  scan.written = written - 1;
  const local = intern(scan, colon + 1, end, 0, localHash);
  if (local === REFUSED) return REFUSED;
  scan.written = written;
  names[base + N_LOCAL] = local;
  return id;
}

/** A name record with no prefix whose local name is itself. */
function enter(scan: Scan, start: number, end: number, hash: number, slot: number): number {
  const id = scan.namesEnd++;
  const { names } = scan;
  const base = id * NAME_SIZE;
  names[base + N_START] = start;
  names[base + N_END] = end;
  names[base + N_LOCAL_START] = start;
  names[base + N_PREFIX] = NO_PREFIX;
  names[base + N_LOCAL] = id;
  scan.nameHashes[id] = hash;
  scan.slots[slot] = id;
  scan.usedSlots[id] = slot;
  return id;
}

function prefixNumber(scan: Scan, start: number, end: number): number {
  const { source, prefixes } = scan;
  if (isWord(source, start, end, 'xml')) return XML_PREFIX;
  const length = end - start;
  for (let i = 2; i < scan.prefixesEnd; i++) {
    const at = prefixes[2 * i] as number;
    if ((prefixes[2 * i + 1] as number) - at === length && sameBytes(source, at, start, length)) return i;
  }
  const i = scan.prefixesEnd++;
  prefixes[2 * i] = start;
  prefixes[2 * i + 1] = end;
  scan.bound[i] = -1;
  return i;
}

/** Whether the bytes spell an ASCII word. */
export function isWord(source: Uint8Array, start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false;
  for (let k = 0; k < word.length; k++) if (source[start + k] !== word.charCodeAt(k)) return false;
  return true;
}
