import { isCharacter } from '../characters.js';
import { isWord } from './names.js';
import type { Scan } from './scan.js';

const SEMICOLON = 59;

/** The predefined entities, XML 1.0 §4.6; no others exist without a DTD. */
const ENTITIES = [
  ['amp', 38],
  ['lt', 60],
  ['gt', 62],
  ['quot', 34],
  ['apos', 39],
] as const;

/** Scans the reference at `p` (an ampersand); sets `scan.character`, returns the position after `;`. */
export function scanReference(scan: Scan, p: number): number {
  const { source } = scan;
  if (source[p + 1] === 35) return scanCharacterReference(scan, p);
  for (const [word, character] of ENTITIES) {
    const end = p + 1 + word.length;
    if (source[end] === SEMICOLON && isWord(source, p + 1, end, word)) {
      scan.character = character;
      return end + 1;
    }
  }
  return scan.refuse('reference', p);
}

function scanCharacterReference(scan: Scan, p: number): number {
  const { source } = scan;
  const isHex = source[p + 2] === 120;
  const first = p + (isHex ? 3 : 2);
  let q = first;
  let value = 0;
  for (; ; q++) {
    const digit = isHex ? hexDigit(source[q] as number) : decimalDigit(source[q] as number);
    if (digit < 0) break;
    value = value * (isHex ? 16 : 10) + digit;
    if (value > 0x10ffff) return scan.refuse('reference', p);
  }
  if (q === first || source[q] !== SEMICOLON || !isCharacter(value)) return scan.refuse('reference', p);
  if (value > 0xffff) scan.hasSupplementary = true;
  scan.character = value;
  return q + 1;
}

function decimalDigit(c: number): number {
  return c >= 48 && c <= 57 ? c - 48 : -1;
}

function hexDigit(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 97 && c <= 102) return c - 87;
  return c >= 65 && c <= 70 ? c - 55 : -1;
}
