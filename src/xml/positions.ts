import type { Place } from './problem.js';

/** What is needed to speak of the sender's bytes: the tree itself holds normalised ones. */
export interface SourceText {
  readonly source: Buffer;
  readonly length: number;
  readonly mark: number;
  readonly dropped: Uint8Array | undefined;
}

const BLOCK = 4096;

/** Turns offsets in the normalised source into places of the sender's document. Counts only as far as it is asked for. */
export class Positions {
  readonly #text: SourceText;
  /** Line feeds, and dropped carriage returns, before each block. */
  readonly #lines: number[] = [0];
  readonly #drops: number[] = [0];

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
    const block = Math.floor(offset / BLOCK);
    const drops = this.#drops;
    while (drops.length <= block) {
      const from = (drops.length - 1) * BLOCK;
      drops.push((drops[drops.length - 1] as number) + countDrops(dropped, from, from + BLOCK));
    }
    return offset + mark + (drops[block] as number) + countDrops(dropped, block * BLOCK, offset);
  }

  #line(offset: number): number {
    const { source } = this.#text;
    const block = Math.floor(offset / BLOCK);
    const lines = this.#lines;
    while (lines.length <= block) {
      const from = (lines.length - 1) * BLOCK;
      lines.push((lines[lines.length - 1] as number) + countLines(source, from, from + BLOCK));
    }
    return 1 + (lines[block] as number) + countLines(source, block * BLOCK, offset);
  }

  #column(offset: number): number {
    const { source } = this.#text;
    let column = 1;
    const lineStart = offset === 0 ? 0 : source.lastIndexOf(10, offset - 1) + 1;
    for (let p = lineStart; p < offset; p++) if (((source[p] as number) & 0xc0) !== 0x80) column++;
    return column;
  }
}

function countLines(source: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let p = from; p < to; p++) if (source[p] === 10) count++;
  return count;
}

/** Bit `p` speaks of the CR before byte `p`, so a byte's own bit counts only for those after it. */
function countDrops(dropped: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let p = from; p < to; p++) count += ((dropped[p >> 3] as number) >> (p & 7)) & 1;
  return count;
}
