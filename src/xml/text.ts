const AMP = 38;
const SEMICOLON = 59;
const BLANK = 32;

/** The characters of a scanned range of text, references resolved. */
export function decodeText(source: Buffer, start: number, end: number): string {
  return hasReference(source, start, end) ? resolve(source, start, end, false) : source.toString('utf8', start, end);
}

/** The same for an attribute value: literal TAB and LF are blanks (XML 1.0 §3.3.3), referenced ones stay. */
export function decodeAttribute(source: Buffer, start: number, end: number): string {
  return resolve(source, start, end, true);
}

function hasReference(source: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end; p++) if (source[p] === AMP) return true;
  return false;
}

/** In bytes, because a value of many references must not cost a string each. */
function resolve(source: Buffer, start: number, end: number, blanks: boolean): string {
  // A reference is never shorter than the UTF-8 of its character.
  const out = Buffer.allocUnsafe(end - start);
  let o = 0;
  for (let p = start; p < end; ) {
    const c = source[p] as number;
    if (c !== AMP) {
      out[o++] = blanks && (c === 9 || c === 10) ? BLANK : c;
      p++;
      continue;
    }
    const next = referenceEnd(source, p);
    const character = referenceCharacter(source, p, next);
    if (character < 128) out[o++] = character;
    else o += out.write(String.fromCodePoint(character), o);
    p = next;
  }
  return out.toString('utf8', 0, o);
}

/** The position after the `;` of the reference at `p`. */
export function referenceEnd(source: Uint8Array, p: number): number {
  let q = p + 2;
  while (source[q] !== SEMICOLON) q++;
  return q + 1;
}

/** The character that the reference `p`…`end` stands for; the scanner has checked it. */
export function referenceCharacter(source: Uint8Array, p: number, end: number): number {
  if (source[p + 1] !== 35) {
    const first = source[p + 1];
    if (first === 108) return 60;
    if (first === 103) return 62;
    if (first === 113) return 34;
    return source[p + 2] === 109 ? AMP : 39;
  }
  const isHex = source[p + 2] === 120;
  let value = 0;
  for (let q = p + (isHex ? 3 : 2); q < end - 1; q++) {
    const c = source[q] as number;
    value = isHex ? value * 16 + (c > 57 ? (c & 0xdf) - 55 : c - 48) : value * 10 + c - 48;
  }
  return value;
}
