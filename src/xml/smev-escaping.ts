/**
 * Escaping of the SMEV transform, step 9 of its description: that of the Woodstox writer, whose rule for `>` depends
 * on the length of the text and on what stands before. In bytes: a text of many references must not cost a string each.
 */
import type { ByteWriter } from './byte-writer.js';
import {
  CDATA,
  CLOSE_AT,
  CLOSE_SIZE,
  ELEMENT,
  END,
  KIND_MASK,
  LEAF_SIZE,
  START,
  TEXT,
  type TreeData,
} from './records.js';
import { referenceCharacter, referenceEnd } from './text.js';

/** Texts are written in parts of this many UTF-16 units … */
const PART = 512;
/** … unless shorter than this, when a simpler rule holds. */
const SHORT = 12;

const AMP = 38;
const GREATER = 62;
const BRACKET = 93;
const AMP_REFERENCE = Buffer.from('&amp;');
const LESS_REFERENCE = Buffer.from('&lt;');
const GREATER_REFERENCE = Buffer.from('&gt;');
const QUOTE_REFERENCE = Buffer.from('&quot;');

/** Records `from` up to `to` that form one text; comments among them, and an excluded element, hold nothing. */
export interface TextRun {
  readonly data: TreeData;
  readonly from: number;
  readonly to: number;
}

/** Writes one text, unless it is blank: only characters up to U+0020 (Java's `String.trim().isEmpty()`; NBSP is text). */
export function writeSmevText(writer: ByteWriter, run: TextRun): void {
  const length = measure(run);
  if (length < 0) return;
  new TextEscaper(writer, length < SHORT).write(run);
}

/** UTF-16 units of a text, -1 when it is blank. */
function measure(run: TextRun): number {
  const { source } = run.data;
  let units = 0;
  let isBlank = true;
  eachPart(run, (kind, start, end) => {
    for (let p = start; p < end; p++) {
      const c = source[p] as number;
      if (c === AMP && kind === TEXT) {
        const next = referenceEnd(source, p);
        const character = referenceCharacter(source, p, next);
        if (character > 32) isBlank = false;
        units += character > 0xffff ? 2 : 1;
        p = next - 1;
      } else {
        if (c > 32) isBlank = false;
        units += c >= 0xf0 ? 2 : (c & 0xc0) === 0x80 ? 0 : 1;
      }
    }
  });
  return isBlank ? -1 : units;
}

function eachPart(run: TextRun, visit: (kind: number, start: number, end: number) => void): void {
  const { records } = run.data;
  for (let r = run.from; r < run.to; ) {
    const kind = (records[r] as number) & KIND_MASK;
    if (kind === TEXT || kind === CDATA) visit(kind, records[r + START] as number, records[r + END] as number);
    r = kind === ELEMENT ? (records[r + CLOSE_AT] as number) + CLOSE_SIZE : r + LEAF_SIZE;
  }
}

class TextEscaper {
  readonly #writer: ByteWriter;
  readonly #isShort: boolean;
  /** UTF-16 units before the next character. */
  #units = 0;
  #before = 0;
  #escapedBefore = false;

  constructor(writer: ByteWriter, isShort: boolean) {
    this.#writer = writer;
    this.#isShort = isShort;
  }

  write(run: TextRun): void {
    const { source } = run.data;
    eachPart(run, (kind, start, end) => this.#part(source, start, end, kind === TEXT));
  }

  #part(source: Buffer, start: number, end: number, hasReferences: boolean): void {
    const writer = this.#writer;
    let pending = start;
    for (let p = start; p < end; ) {
      const c = source[p] as number;
      let next = p + 1;
      let character = c;
      let isReference = false;
      if (c === AMP && hasReferences) {
        next = referenceEnd(source, p);
        character = referenceCharacter(source, p, next);
        isReference = true;
      } else if (c > 127) {
        next = p + (c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2);
        character = c === 0xc2 ? (source[p + 1] as number) : c >= 0xf0 ? 0x10000 : 0xffff;
      }
      const escaped = this.#escapes(character);
      if (escaped || isReference) {
        if (pending < p) writer.range(pending, p);
        if (escaped) writeEscape(writer, character);
        else writer.character(character);
        pending = next;
      }
      this.#escapedBefore = escaped;
      this.#before = character;
      this.#units += character > 0xffff ? 2 : 1;
      p = next;
    }
    if (pending < end) writer.range(pending, end);
  }

  #escapes(character: number): boolean {
    if (character !== GREATER) return isEscaped(character);
    if (this.#before === BRACKET) return true;
    return this.#isShort ? this.#units === 0 : this.#escapedBefore || this.#units % PART === 0;
  }
}

/** `&`, `<`, CR, DEL and C1; `>` has a rule of its own. */
function isEscaped(c: number): boolean {
  return c === AMP || c === 60 || c === 13 || (c >= 0x7f && c <= 0x9f);
}

function writeEscape(writer: ByteWriter, character: number): void {
  if (character === AMP) writer.bytes(AMP_REFERENCE);
  else if (character === 60) writer.bytes(LESS_REFERENCE);
  else if (character === GREATER) writer.bytes(GREATER_REFERENCE);
  else if (character === 34) writer.bytes(QUOTE_REFERENCE);
  else writer.text(`&#x${character.toString(16)};`);
}

/** Writes an attribute value; literal TAB and LF became blanks at parsing, referenced ones are escaped. */
export function writeSmevAttribute(writer: ByteWriter, source: Buffer, start: number, end: number): void {
  let pending = start;
  for (let p = start; p < end; ) {
    const c = source[p] as number;
    const isC1 = c === 0xc2 && (source[p + 1] as number) < 0xa0;
    if (c !== AMP && c !== 34 && c !== 9 && c !== 10 && c !== 127 && !isC1) {
      p++;
      continue;
    }
    if (pending < p) writer.range(pending, p);
    if (c === 9 || c === 10) {
      writer.byte(32);
      pending = ++p;
      continue;
    }
    const next = c === AMP ? referenceEnd(source, p) : isC1 ? p + 2 : p + 1;
    const character = c === AMP ? referenceCharacter(source, p, next) : isC1 ? (source[p + 1] as number) : c;
    if (isEscaped(character) || character === 34 || character === 9 || character === 10) writeEscape(writer, character);
    else writer.character(character);
    p = pending = next;
  }
  if (pending < end) writer.range(pending, end);
}
