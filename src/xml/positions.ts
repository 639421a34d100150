import type { Place } from './problem.js';

/** What is needed to speak of the sender's bytes: the tree itself holds normalised ones. */
export interface SourceText {
  readonly source: Uint8Array;
  readonly length: number;
  readonly mark: number;
  readonly dropped: Uint8Array | undefined;
}

const BLOCK = 4096;

/** Turns offsets in the normalised source into places of the sender's document. Counts once, on first use. */
export class Positions {
  readonly #text: SourceText;
  /** Line feeds, and dropped carriage returns, before each block. */
  #lines: Int32Array | undefined;
  #drops: Int32Array | undefined;

  constructor(text: SourceText) {
    this.#text = text;
  }

  /** Line and column of a character, and its offset in the sender's bytes. */
  at(offset: number): Place {
    return { line: this.#line(offset), column: this.#column(offset), offset: this.offset(offset) };
  }

  /** The sender's offset of a normalised one. */
  offset(offset: number): number {
    const { mark, dropped } = this.#text;
    if (dropped === undefined) return offset + mark;
    this.#drops ??= this.#countBlocks((p) => isDropped(dropped, p));
    let count = this.#drops[Math.floor(offset / BLOCK)] as number;
    for (let p = offset - (offset % BLOCK); p <= offset; p++) if (isDropped(dropped, p)) count++;
    return offset + mark + count - (isDropped(dropped, offset) ? 1 : 0);
  }

  #line(offset: number): number {
    const { source } = this.#text;
    this.#lines ??= this.#countBlocks((p) => source[p] === 10);
    let line = 1 + (this.#lines[Math.floor(offset / BLOCK)] as number);
    for (let p = offset - (offset % BLOCK); p < offset; p++) if (source[p] === 10) line++;
    return line;
  }

  #column(offset: number): number {
    const { source } = this.#text;
    let column = 1;
    for (let p = offset - 1; p >= 0 && source[p] !== 10; p--) if (((source[p] as number) & 0xc0) !== 0x80) column++;
    return column;
  }

  #countBlocks(is: (p: number) => boolean): Int32Array {
    const { length } = this.#text;
    const counts = new Int32Array(Math.floor(length / BLOCK) + 2);
    let count = 0;
    for (let p = 0; p < length; p++) {
      if (p % BLOCK === 0) counts[p / BLOCK] = count;
      if (is(p)) count++;
    }
    counts[Math.floor((length - 1) / BLOCK) + 1] = count;
    return counts;
  }
}

export function isDropped(dropped: Uint8Array, p: number): boolean {
  return (((dropped[p >> 3] as number) >> (p & 7)) & 1) === 1;
}
