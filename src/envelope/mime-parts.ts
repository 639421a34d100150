/** Bounds on one multipart body. */
export interface MimeLimits {
  readonly parts: number;
  /** Bytes and lines of one part's header block. */
  readonly headerBytes: number;
  readonly headers: number;
}

export interface MimePart {
  /** Names lower-case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

interface Broken {
  readonly ru: string;
  readonly en: string;
}

/**
 * Splits a complete multipart body (RFC 2046 §5.1). Parts are views of `body`, nothing is copied. A streaming parser
 * gains nothing here: the limits were applied while the body was read, and the document is needed whole.
 */
export function splitParts(body: Buffer, boundary: string, limits: MimeLimits): MimePart[] | Broken {
  const parts: MimePart[] = [];
  let delimiter = nextDelimiter(body, boundary, 0);
  if (delimiter === undefined) {
    return { ru: 'Граница boundary в теле не встречается', en: 'The boundary does not occur in the body' };
  }
  while (!delimiter.isLast) {
    const next = nextDelimiter(body, boundary, delimiter.end);
    if (next === undefined) {
      return {
        ru: 'Тело обрывается: нет закрывающей границы boundary',
        en: 'The body ends before its closing boundary',
      };
    }
    if (parts.length === limits.parts) {
      return { ru: `Частей больше ${limits.parts}`, en: `There are more than ${limits.parts} parts` };
    }
    const part = readPart(body.subarray(delimiter.end, Math.max(delimiter.end, next.start)), limits);
    if ('ru' in part) return part;
    parts.push(part);
    delimiter = next;
  }
  return parts.length > 0 ? parts : { ru: 'В теле нет ни одной части', en: 'The body has no parts' };
}

/** `start` is where the preceding part ends, `end` where the following one begins. */
interface Delimiter {
  readonly start: number;
  readonly end: number;
  readonly isLast: boolean;
}

/** The next `--boundary` line at or after `from`; the same characters within a longer line are content. */
function nextDelimiter(body: Buffer, boundary: string, from: number): Delimiter | undefined {
  const mark = Buffer.from(`--${boundary}`);
  for (let at = body.indexOf(mark, Math.max(0, from)); at !== -1; at = body.indexOf(mark, at + 1)) {
    const isAtLineStart = at === 0 || at === from || (body[at - 2] === 0x0d && body[at - 1] === 0x0a);
    if (!isAtLineStart) continue;
    let end = at + mark.length;
    const isLast = body[end] === 0x2d && body[end + 1] === 0x2d;
    if (isLast) end += 2;
    while (body[end] === 0x20 || body[end] === 0x09) end++;
    if (isLast && end >= body.length) return { start: at - 2, end, isLast };
    if (body[end] === 0x0d && body[end + 1] === 0x0a) return { start: at - 2, end: end + 2, isLast };
  }
  return undefined;
}

function readPart(part: Buffer, limits: MimeLimits): MimePart | Broken {
  if (part[0] === 0x0d && part[1] === 0x0a) return { headers: new Map(), body: part.subarray(2) };
  const end = part.subarray(0, limits.headerBytes + 4).indexOf('\r\n\r\n');
  if (end === -1) {
    return {
      ru: `Заголовки части не отделены пустой строкой или длиннее ${limits.headerBytes} байт`,
      en: `The headers of a part do not end in an empty line or exceed ${limits.headerBytes} bytes`,
    };
  }
  const lines = part
    .subarray(0, end)
    .toString('latin1')
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  if (lines.length > limits.headers) {
    return { ru: `У части больше ${limits.headers} заголовков`, en: `A part has more than ${limits.headers} headers` };
  }
  const headers = new Map<string, string>();
  for (const line of lines) {
    const match = /^([!-9;-~]+)[ \t]*:(.*)$/s.exec(line);
    const name = match?.[1]?.toLowerCase();
    if (match === null || name === undefined || headers.has(name)) {
      return {
        ru: `Заголовок части не читается или повторяется: ${line.slice(0, 100)}`,
        en: `A part's header is malformed or repeated: ${line.slice(0, 100)}`,
      };
    }
    headers.set(name, (match[2] ?? '').trim());
  }
  return { headers, body: part.subarray(end + 4) };
}
