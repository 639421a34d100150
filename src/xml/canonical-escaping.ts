import type { ByteWriter } from './byte-writer.js';
import { referenceCharacter, referenceEnd } from './text.js';

const AMP = 38;
const LESS = 60;
const GREATER = 62;
const QUOTE = 34;
const TAB = 9;
const LF = 10;
const CR = 13;
const BLANK = 32;

const bytes = (s: string) => Buffer.from(s);
const AMP_REFERENCE = bytes('&amp;');
const LESS_REFERENCE = bytes('&lt;');
const GREATER_REFERENCE = bytes('&gt;');
const QUOTE_REFERENCE = bytes('&quot;');

/** C14N §2.3: what stands for a character in text. */
const IN_TEXT: ReadonlyMap<number, Uint8Array> = new Map([
  [AMP, AMP_REFERENCE],
  [LESS, LESS_REFERENCE],
  [GREATER, GREATER_REFERENCE],
  [CR, bytes('&#xD;')],
]);

/** C14N §2.3: … in an attribute value. */
const IN_ATTRIBUTE: ReadonlyMap<number, Uint8Array> = new Map([
  [AMP, AMP_REFERENCE],
  [LESS, LESS_REFERENCE],
  [QUOTE, QUOTE_REFERENCE],
  [TAB, bytes('&#x9;')],
  [LF, bytes('&#xA;')],
  [CR, bytes('&#xD;')],
]);

/** Writes text or the content of a CDATA section (where `&` is a character) canonically. */
export function writeTextRange(writer: ByteWriter, source: Buffer, from: number, to: number, isCdata: boolean): void {
  let start = from;
  for (let p = from; p < to; ) {
    const c = source[p] as number;
    if (c !== AMP && c !== LESS && c !== GREATER) {
      p++;
      continue;
    }
    if (start < p) writer.range(start, p);
    if (c === AMP && !isCdata) p = writeReference(writer, source, p, IN_TEXT);
    else {
      writer.bytes(IN_TEXT.get(c) as Uint8Array);
      p++;
    }
    start = p;
  }
  if (start < to) writer.range(start, to);
}

/** Writes an attribute value canonically; literal TAB and LF are blanks after normalisation. */
export function writeAttributeRange(writer: ByteWriter, source: Buffer, from: number, to: number): void {
  let start = from;
  for (let p = from; p < to; ) {
    const c = source[p] as number;
    if (c !== AMP && c !== QUOTE && c !== TAB && c !== LF) {
      p++;
      continue;
    }
    if (start < p) writer.range(start, p);
    if (c === AMP) p = writeReference(writer, source, p, IN_ATTRIBUTE);
    else {
      if (c === QUOTE) writer.bytes(QUOTE_REFERENCE);
      else writer.byte(BLANK);
      p++;
    }
    start = p;
  }
  if (start < to) writer.range(start, to);
}

/** Writes what the reference at `p` stands for; returns the position after it. The scanner has checked it. */
function writeReference(
  writer: ByteWriter,
  source: Buffer,
  p: number,
  escapes: ReadonlyMap<number, Uint8Array>,
): number {
  const end = referenceEnd(source, p);
  const character = referenceCharacter(source, p, end);
  const written = escapes.get(character);
  if (written !== undefined) writer.bytes(written);
  else writer.character(character);
  return end;
}
