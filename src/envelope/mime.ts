import { createHash } from 'node:crypto';
import { type Fault, fault } from '../faults/index.js';
import { type MimeLimits, type MimePart, splitParts } from './mime-parts.js';
import { readBase64 } from './schema/lexical.js';

/** A message as HTTP carried it: the root document and, for MTOM, the parts it may refer to by Content-ID. */
export interface WireMessage {
  readonly root: Buffer;
  /** The other parts: Content-ID without angle brackets → octets. The root is no attachment of itself. */
  readonly parts: ReadonlyMap<string, Buffer>;
}

const DEFAULT_LIMITS: MimeLimits = { parts: 1000, headerBytes: 8192, headers: 32 };

/**
 * Takes the root document and the parts out of a SOAP 1.1 HTTP body (`text/xml`, `application/xml`, or MTOM
 * `multipart/related`, RFC 2387). The charset parameter is not used: the XML parser takes UTF-8 only and says so.
 */
export function readMessage(
  contentType: string,
  body: Buffer,
  limits: MimeLimits = DEFAULT_LIMITS,
): WireMessage | Fault {
  const type = readContentType(contentType);
  if (type === undefined) {
    return refuse(`Заголовок Content-Type не читается: ${clip(contentType)}`, 'The Content-Type header cannot be read');
  }
  if (type.media === 'multipart/related') return readMultipart(type.parameters, body, limits);
  if (type.media === '' || type.media === 'text/xml' || type.media === 'application/xml') {
    return { root: body, parts: new Map() };
  }
  const hint = type.media === 'application/soap+xml' ? ' (это SOAP 1.2, а СМЭВ 3 работает по SOAP 1.1)' : '';
  return refuse(
    `Content-Type ${clip(type.media)} не принимается${hint}: нужен text/xml или multipart/related с type="application/xop+xml"`,
    `Content-Type ${clip(type.media)} is not accepted: send text/xml or multipart/related with type="application/xop+xml"`,
  );
}

function readMultipart(parameters: ReadonlyMap<string, string>, body: Buffer, limits: MimeLimits): WireMessage | Fault {
  const boundary = parameters.get('boundary');
  // RFC 2046 §5.1.1: 1 to 70 characters.
  if (boundary === undefined || !/^[\x20-\x7e]{1,70}$/.test(boundary)) {
    return refuse('В Content-Type нет верного параметра boundary', 'Content-Type lacks a valid boundary parameter');
  }
  const split = splitParts(body, boundary, limits);
  if (!Array.isArray(split)) return refuse(split.ru, split.en);
  const parts = new Map<string, Buffer>();
  for (const part of split) {
    const id = contentIdOf(part);
    if (id === undefined) continue;
    if (parts.has(id)) return refuse(`Content-ID ${clip(id)} повторяется`, `The Content-ID ${clip(id)} is repeated`);
    const octets = decoded(part);
    if (!Buffer.isBuffer(octets)) return octets;
    parts.set(id, octets);
  }
  const start = parameters.get('start');
  if (start === undefined) {
    const first = decoded(split[0]!);
    parts.delete(contentIdOf(split[0]!) ?? '');
    return Buffer.isBuffer(first) ? { root: first, parts } : first;
  }
  const root = parts.get(unbracketed(start));
  parts.delete(unbracketed(start));
  if (root !== undefined) return { root, parts };
  return refuse(
    `Параметр start указывает на часть ${clip(start)}, которой в сообщении нет`,
    `The start parameter names the part ${clip(start)}, which the message does not have`,
  );
}

function decoded(part: MimePart): Buffer | Fault {
  const encoding = (part.headers.get('content-transfer-encoding') ?? 'binary').trim().toLowerCase();
  if (encoding === 'binary' || encoding === '8bit' || encoding === '7bit') return part.body;
  const octets = encoding === 'base64' ? readBase64(part.body.toString('latin1')) : undefined;
  return (
    octets ??
    refuse(
      `Content-Transfer-Encoding ${clip(encoding)} части не читается: нужны binary, 8bit, 7bit или base64`,
      `The Content-Transfer-Encoding ${clip(encoding)} of a part cannot be read: use binary, 8bit, 7bit or base64`,
    )
  );
}

function contentIdOf(part: MimePart): string | undefined {
  const id = part.headers.get('content-id');
  return id === undefined ? undefined : unbracketed(id);
}

function unbracketed(id: string): string {
  return id.trim().replace(/^<(.*)>$/, '$1');
}

const PARAMETER = /;[ \t]*(?:([^\s=;"]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))[ \t]*)?/y;

/** Media type and parameters, names lower-case; undefined when malformed or a parameter is repeated. */
function readContentType(text: string): { media: string; parameters: ReadonlyMap<string, string> } | undefined {
  const line = text.replace(/\r?\n[ \t]+/g, ' ').trim();
  const end = line.indexOf(';') === -1 ? line.length : line.indexOf(';');
  const parameters = new Map<string, string>();
  PARAMETER.lastIndex = end;
  while (PARAMETER.lastIndex < line.length) {
    const match = PARAMETER.exec(line);
    if (match === null) return undefined;
    const name = match[1]?.toLowerCase();
    if (name === undefined) continue;
    if (parameters.has(name)) return undefined;
    parameters.set(name, match[2]?.replace(/\\(.)/g, '$1') ?? match[3] ?? '');
  }
  return { media: line.slice(0, end).trim().toLowerCase(), parameters };
}

/** A part to send: Content-ID without angle brackets. */
export interface OutgoingPart {
  readonly id: string;
  readonly content: Uint8Array;
}

const ROOT_ID = 'root.message@gateway';

/** Writes MTOM when there are parts, plain `text/xml` when there are none. */
export function writeMessage(root: string, parts: readonly OutgoingPart[]): { contentType: string; body: Buffer } {
  const xml = Buffer.from(root);
  if (parts.length === 0) return { contentType: 'text/xml; charset=UTF-8', body: xml };
  const boundary = freeBoundary(xml, parts);
  const head = (type: string, id: string) =>
    Buffer.from(
      `--${boundary}\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <${id}>\r\n\r\n`,
    );
  const pieces: Uint8Array[] = [head('application/xop+xml; charset=UTF-8; type="text/xml"', ROOT_ID), xml];
  for (const { id, content } of parts) {
    pieces.push(Buffer.from('\r\n'), head('application/octet-stream', id), content);
  }
  pieces.push(Buffer.from(`\r\n--${boundary}--\r\n`));
  return {
    contentType: `multipart/related; type="application/xop+xml"; boundary="${boundary}"; start="<${ROOT_ID}>"; start-info="text/xml"`,
    body: Buffer.concat(pieces),
  };
}

/** A boundary that stands in no part, drawn from the root so that who wrote an attachment could not foresee it. */
function freeBoundary(root: Buffer, parts: readonly OutgoingPart[]): string {
  const seed = createHash('sha256').update(root).digest('hex').slice(0, 32);
  const isTaken = (boundary: string) =>
    root.includes(boundary) ||
    parts.some(({ content }) => Buffer.from(content.buffer, content.byteOffset, content.byteLength).includes(boundary));
  let boundary = `uuid:${seed}`;
  for (let n = 1; isTaken(boundary); n++) boundary = `uuid:${seed}-${n}`;
  return boundary;
}

function refuse(text: string, textEn: string): Fault {
  return fault('InvalidContent', text, { violations: [{ text, textEn }] });
}

function clip(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 100)}…`;
}
