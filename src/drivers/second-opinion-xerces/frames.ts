import type { OpinionComplaint } from '../../ports/index.js';

/** What XercesJudge.java says of one schema or one document. */
export interface Told {
  readonly kind: 'accepts' | 'refuses' | 'gave-up';
  readonly complaints: readonly OpinionComplaint[];
}

/** A frame of the judge: `needs` is a question of its own in the middle of a compilation. */
export type JudgeFrame =
  | { readonly kind: 'needs'; readonly path: string }
  | { readonly kind: 'tells'; readonly told: readonly Told[] };

/** More than any answer: batches are small, complaints are cut. Beyond it the other end is not what it should be. */
export const LONGEST_FRAME = 64 * 1024 * 1024;

const KINDS: Readonly<Record<string, Told['kind']>> = { a: 'accepts', r: 'refuses', g: 'gave-up' };

export function compileFrame(schema: number, entry: string): Uint8Array {
  return framed(Buffer.from('c'), int32(schema), ...sized(Buffer.from(entry)));
}

export function validateFrame(schema: number, documents: readonly Uint8Array[]): Uint8Array {
  return framed(Buffer.from('v'), int32(schema), int32(documents.length), ...documents.flatMap(sized));
}

export function releaseFrame(schema: number): Uint8Array {
  return framed(Buffer.from('x'), int32(schema));
}

/** Answers `needs`. */
export function documentFrame(bytes: Uint8Array | undefined): Uint8Array {
  return framed(Buffer.of(bytes === undefined ? 0 : 1), bytes ?? new Uint8Array());
}

/** The judge's name; undefined when this is no greeting. */
export function readGreeting(frame: Buffer): string | undefined {
  return readable(() => new FrameReader(frame).text());
}

/** undefined: no frame of the judge; the other end is then not to be trusted with more. */
export function readJudgeFrame(frame: Buffer): JudgeFrame | undefined {
  return readable(() => {
    const reader = new FrameReader(frame);
    if (reader.letter() === 'n') return { kind: 'needs', path: reader.text() };
    const told: Told[] = [];
    while (!reader.atEnd()) told.push(readTold(reader));
    return { kind: 'tells', told };
  });
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readTold(reader: FrameReader): Told {
  const kind = KINDS[reader.letter()];
  if (kind === undefined) throw new RangeError('no such verdict');
  const complaints: OpinionComplaint[] = [];
  for (let left = reader.int32(); left > 0; left--) {
    const [file, line, column, text] = [reader.text(), reader.int32(), reader.int32(), reader.text()];
    complaints.push({ ...(file && { file }), ...(line > 0 && { line }), ...(column > 0 && { column }), text });
  }
  return { kind, complaints };
}

class FrameReader {
  readonly #frame: Buffer;
  #at = 0;

  constructor(frame: Buffer) {
    this.#frame = frame;
  }

  atEnd(): boolean {
    return this.#at >= this.#frame.length;
  }

  letter(): string {
    return String.fromCharCode(this.#frame.readUInt8(this.#at++));
  }

  int32(): number {
    const value = this.#frame.readInt32BE(this.#at);
    this.#at += 4;
    return value;
  }

  text(): string {
    const end = this.int32() + this.#at;
    if (end > this.#frame.length) throw new RangeError('a text longer than its frame');
    const text = this.#frame.toString('utf8', this.#at, end);
    this.#at = end;
    return text;
  }
}

/** Cuts a stream into frames; `endless` is called once for a length no frame has. */
export function inFrames(take: (frame: Buffer) => void, endless: () => void): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let size = 0;
  let broken = false;
  return (chunk) => {
    if (broken) return;
    parts.push(chunk);
    size += chunk.length;
    if (parts[0] !== undefined && parts[0].length >= 4 && size < 4 + parts[0].readUInt32BE(0) && !tooLong(parts[0]))
      return;
    let all = Buffer.concat(parts);
    while (all.length >= 4 && !tooLong(all) && all.length >= 4 + all.readUInt32BE(0)) {
      const end = 4 + all.readUInt32BE(0);
      take(all.subarray(4, end));
      all = all.subarray(end);
    }
    broken = all.length >= 4 && tooLong(all);
    if (broken) endless();
    parts = [all];
    size = all.length;
  };
}

function tooLong(buffer: Buffer): boolean {
  return buffer.readUInt32BE(0) > LONGEST_FRAME;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function sized(bytes: Uint8Array): Uint8Array[] {
  return [int32(bytes.length), bytes];
}

function framed(...parts: Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([int32(length), ...parts]);
}
