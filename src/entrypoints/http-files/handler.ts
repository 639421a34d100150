import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileOpenedBy, isUploader } from '../../pipeline/index.js';
import {
  type Clock,
  type FileRefused,
  type FileStore,
  isFileRefused,
  type KeyVault,
  type Log,
  releaseOctets,
  type StoredFile,
} from '../../ports/index.js';
import { readContentRange, readRange } from './ranges.js';

export interface FilesParts {
  readonly files: FileStore;
  readonly vault: KeyVault;
  readonly clock: Clock;
  readonly log: Log;
}

interface Asked {
  readonly uuid: string;
  readonly name: string;
  readonly login: { readonly uploads: true } | { readonly reads: string };
}

const STATUS: Readonly<Record<FileRefused['refused'], number>> = {
  absent: 404,
  busy: 409,
  claimed: 409,
  foreign: 409,
  changed: 409,
  gap: 416,
  name: 400,
  'too-large': 413,
  full: 507,
};
/** How long a client may go on writing what is refused. */
const PART_WITHIN = 2_000;

/** Handles /files/…; false when the path is somebody else's. */
export function createFilesHandler(parts: FilesParts): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0]!;
    if (!path.startsWith('/files/')) return false;
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', 'no-store');
    void serve(parts, path, request, response).catch((error: unknown) => {
      parts.log.error({ error: String(error) }, 'a request to the file store failed');
      if (response.headersSent) response.destroy();
      else say(request, response, 500, 'Ошибка шлюза / The gateway failed');
    });
    return true;
  };
}

async function serve(
  parts: FilesParts,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = readAsked(parts, path, request);
  if (asked === 'path') return say(request, response, 404, 'Путь: /files/UUID/имя / The way is /files/UUID/name');
  if (asked === 'login') {
    response.setHeader('WWW-Authenticate', 'Basic realm="files", charset="UTF-8"');
    return say(
      request,
      response,
      401,
      'Имя или пароль неверны, или их срок вышел / Wrong user or password, or their term is over',
    );
  }
  switch (request.method) {
    case 'PUT':
      return put(parts, asked, request, response);
    case 'GET':
    case 'HEAD':
      return give(parts, asked, request, response);
    default:
      response.setHeader('Allow', 'GET, HEAD, PUT');
      return say(request, response, 405, 'GET, HEAD, PUT');
  }
}

function readAsked({ vault, clock }: FilesParts, path: string, request: IncomingMessage): Asked | 'path' | 'login' {
  const [, uuid, given] = /^\/files\/([0-9a-fA-F-]{36})\/([^/]{1,1000})$/.exec(path) ?? [];
  const name = given === undefined ? undefined : decoded(given);
  if (uuid === undefined || name === undefined) return 'path';
  const basic = /^Basic ([A-Za-z0-9+/=]{1,300})$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [userName = '', ...rest] = Buffer.from(basic, 'base64').toString().split(':');
  const access = { userName, password: rest.join(':') };
  if (isUploader(access)) return { uuid: uuid.toLowerCase(), name, login: { uploads: true } };
  const reads = fileOpenedBy(access, clock.now(), vault);
  return reads === undefined ? 'login' : { uuid: uuid.toLowerCase(), name, login: { reads } };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

async function put(
  { files }: FilesParts,
  { uuid, name, login }: Asked,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!('uploads' in login)) return say(request, response, 403, 'Не разрешено / Not permitted');
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
    return say(request, response, 415, 'Без сжатия / Without compression');
  const header = request.headers['content-range'];
  const range = header === undefined ? undefined : readContentRange(header);
  if (header !== undefined && range === undefined) return say(request, response, 400, 'Content-Range: bytes a-b/total');
  const upload = await files.upload({ uuid, name }, range?.from ?? 0);
  if (isFileRefused(upload)) return refuse(files, uuid, upload, request, response);
  let left = range?.length ?? Number.POSITIVE_INFINITY;
  let stopped: FileRefused | undefined;
  let whole = false;
  try {
    for await (const octets of request as AsyncIterable<Buffer>) {
      left -= octets.length;
      stopped = left < 0 ? undefined : await upload.write(octets);
      releaseOctets(octets);
      if (stopped !== undefined || left < 0) break;
    }
    whole = request.complete;
  } catch {
    // The connection broke off: what came is kept, a HEAD tells how much.
  }
  const ended = await upload.end();
  if (stopped !== undefined) return refuse(files, uuid, stopped, request, response);
  if (isFileRefused(ended)) return refuse(files, uuid, ended, request, response);
  if (left < 0 || (range !== undefined && whole && left > 0))
    return say(
      request,
      response,
      400,
      'Тело не той длины, что в Content-Range / The body is not as long as Content-Range says',
    );
  response.setHeader('Upload-Offset', String(ended.size));
  say(request, response, 201, `${ended.size}`);
}

async function refuse(
  files: FileStore,
  uuid: string,
  refused: FileRefused,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (refused.refused === 'gap') response.setHeader('Content-Range', `bytes */${(await files.find(uuid))?.size ?? 0}`);
  if (refused.refused === 'busy') response.setHeader('Retry-After', '5');
  say(request, response, STATUS[refused.refused], `${refused.ru} / ${refused.en}`);
}

/** Readers get the file once a message has it; uploaders learn how much of theirs is there, by HEAD. */
async function give(
  { files }: FilesParts,
  asked: Asked,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = await files.find(asked.uuid);
  if (file === undefined || !mayKnow(file, asked)) return say(request, response, 404, 'Файла нет / No such file');
  if ('uploads' in asked.login && request.method !== 'HEAD')
    return say(request, response, 403, 'Не разрешено / Not permitted');
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Content-Type', 'application/octet-stream');
  response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`);
  const range = readRange(request.headers.range, file.size);
  if (range === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${file.size}`);
    return say(request, response, 416, 'Range');
  }
  const [from, until] = range ?? [0, file.size];
  if (range !== undefined) response.setHeader('Content-Range', `bytes ${from}-${until - 1}/${file.size}`);
  response.writeHead(range === undefined ? 200 : 206, { 'Content-Length': until - from });
  if (request.method === 'HEAD') response.end();
  // A reader that goes away is no failure; octets that are damaged end the connection, never the file.
  else await send(files.read(file.uuid, from, until), response).catch(() => response.destroy());
}

/** One piece at a time: the next is read when this one has gone. */
async function send(pieces: AsyncIterable<Uint8Array>, response: ServerResponse): Promise<void> {
  for await (const piece of pieces) {
    if (response.destroyed) return;
    await new Promise<void>((resolve) => {
      const go = () => {
        response.off('close', go);
        resolve();
      };
      response.once('close', go);
      response.write(piece, go);
    });
    releaseOctets(piece);
  }
  response.end();
}

function mayKnow(file: StoredFile, { name, login }: Asked): boolean {
  const isNamed = name.normalize('NFC') === file.name;
  if ('uploads' in login) return isNamed;
  return login.reads === file.uuid && file.claim !== undefined && (isNamed || name.toLowerCase().startsWith(file.uuid));
}

/** An answer in words; where the body did not come whole, what still comes is thrown away for a bounded time and the connection ends. */
function say(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  const body = Buffer.from(`${text}\n`);
  const head = { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': body.length };
  if (request.complete || request.method !== 'PUT') {
    response.writeHead(status, head).end(request.method === 'HEAD' ? undefined : body);
    return;
  }
  response.writeHead(status, { ...head, Connection: 'close' });
  response.write(body);
  const part = setTimeout(() => request.destroy(), PART_WITHIN);
  request.once('close', () => clearTimeout(part));
  request.once('end', () => response.end());
  request.resume();
}
