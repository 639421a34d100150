/** Zero bytes after the document: the scanner's loops look ahead by less and stop at them. */
const PADDING = 16;
const CR = 13;
const LF = 10;

export interface NormalisedSource {
  readonly source: Buffer;
  readonly length: number;
  readonly mark: number;
  readonly dropped: Uint8Array | undefined;
}

/** The scanner's own copy of the bytes: without byte-order mark, line ends normalised (XML 1.0 §2.11). */
export function normaliseSource(bytes: Uint8Array): NormalisedSource {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const body = mark === 0 ? bytes : bytes.subarray(mark);
  const source = Buffer.allocUnsafeSlow(body.length + PADDING);
  source.fill(0, body.length);
  const first = Buffer.from(body.buffer, body.byteOffset, body.length).indexOf(CR);
  if (first < 0) {
    source.set(body);
    return { source, length: body.length, mark, dropped: undefined };
  }
  const dropped = new Uint8Array((body.length >> 3) + 1);
  source.set(body.subarray(0, first));
  let length = first;
  let some = false;
  for (let p = first; p < body.length; p++) {
    const c = body[p] as number;
    if (c !== CR) source[length++] = c;
    else if (body[p + 1] !== LF) source[length++] = LF;
    else {
      // The LF itself follows in the next round.
      dropped[length >> 3] = (dropped[length >> 3] as number) | (1 << (length & 7));
      some = true;
    }
  }
  source.fill(0, length);
  return { source, length, mark, dropped: some ? dropped : undefined };
}

/** Offset of the first byte that is not UTF-8 (RFC 3629); the length when all are. */
export function firstBadByte(bytes: Uint8Array): number {
  let p = 0;
  while (p < bytes.length) {
    const n = sequenceLength(bytes, p);
    if (n === 0) return p;
    p += n;
  }
  return p;
}

function sequenceLength(bytes: Uint8Array, p: number): number {
  const c = bytes[p] as number;
  if (c < 0x80) return 1;
  const n = c >= 0xf0 && c <= 0xf4 ? 4 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xc2 && c < 0xe0 ? 2 : 0;
  if (n === 0 || p + n > bytes.length) return 0;
  for (let k = 1; k < n; k++) if (((bytes[p + k] as number) & 0xc0) !== 0x80) return 0;
  const second = bytes[p + 1] as number;
  const isBad =
    (c === 0xe0 && second < 0xa0) ||
    (c === 0xed && second > 0x9f) ||
    (c === 0xf0 && second < 0x90) ||
    (c === 0xf4 && second > 0x8f);
  return isBad ? 0 : n;
}
