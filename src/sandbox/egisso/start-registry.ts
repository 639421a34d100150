import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openDatabase } from './database.js';
import { dictionariesOf } from './dictionaries.js';
import { factsOf } from './facts.js';
import type { PackageDesk } from './packages.js';
import { getFacts, getMessage, postPackage, postStatements, type Reply } from './routes.js';
import { seed } from './seeds.js';

export interface RegistryOptions {
  /** SQLite file, or ':memory:'. */
  readonly file: string;
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** Milliseconds since 1970. */
  readonly clock: { now(): number };
  /** Fill an empty registry with the bodies, measures and people of the sandbox. */
  readonly seed: boolean;
  /** Told of unexpected failures; the caller of HTTP only learns that there was one. */
  readonly onFailure?: (error: unknown) => void;
}

export interface RunningRegistry {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  /** Lets running requests finish, then closes the file. */
  close(): Promise<void>;
}

/** The longest body taken, bytes: 11 kinds of 1000 elements of some 2 KB, doubled. */
const BODY_LIMIT = 48 * 1024 * 1024;
/** Patience with connections that are still open at `close`, ms. */
const CLOSE_PATIENCE = 2_000;

/** Opens the file and listens. Rejects when either is impossible. */
export async function startRegistry(options: RegistryOptions): Promise<RunningRegistry> {
  const db = openDatabase(options.file);
  const now = () => options.clock.now();
  if (options.seed) seed(db, now());
  const desk: PackageDesk = { db, facts: factsOf(db), dictionaries: dictionariesOf(db), now };
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 10_000 }, (request, response) => {
    serve(request, desk)
      .catch((error: unknown) => failed(error, options.onFailure))
      .then((reply) => send(response, reply))
      .catch(() => response.destroy());
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  return { url: urlOf(server, options.host), close: () => close(server, () => db.close()) };
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo; // a TCP server that listens
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function close(server: Server, closeFile: () => void): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const patience = setTimeout(() => server.closeAllConnections(), CLOSE_PATIENCE);
  await closed;
  clearTimeout(patience);
  closeFile();
}

async function serve(request: IncomingMessage, desk: PackageDesk): Promise<Reply> {
  const url = new URL(request.url ?? '/', 'http://registry');
  const posted = { '/packages': postPackage, '/statements': postStatements }[url.pathname];
  if (posted) {
    if (request.method !== 'POST') return { status: 405, json: { error: 'POST only' } };
    const body = await read(request);
    return 'status' in body ? body : posted(body.value, desk);
  }
  if (request.method !== 'GET') return { status: 405, json: { error: 'GET only' } };
  if (url.pathname === '/health') return { status: 200, json: { status: 'ok' } };
  if (url.pathname === '/facts') return getFacts(url.searchParams.get('snils'), desk);
  const message = /^\/messages\/([0-9A-Za-z-]+)$/.exec(url.pathname)?.[1];
  return message ? getMessage(message, desk) : { status: 404, json: { error: 'no such path' } };
}

async function read(request: IncomingMessage): Promise<{ readonly value: unknown } | Reply> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length; // no encoding is set, so parts are buffers; what is too much is drained, or the answer would be cut
    if (size <= BODY_LIMIT) parts.push(part as Buffer);
  }
  if (size > BODY_LIMIT) return { status: 413, json: { error: `more than ${BODY_LIMIT} bytes` } };
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts))) };
  } catch {
    return { status: 400, json: { error: 'the body is not JSON in UTF-8' } };
  }
}

/** SQLite rolled back: busy (5), locked (6) and disk full (13) pass; anything else is unexpected. */
function failed(error: unknown, onFailure: RegistryOptions['onFailure']): Reply {
  onFailure?.(error);
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  const passing = code === 5 || code === 6 || code === 13;
  return { status: passing ? 503 : 500, json: { error: passing ? 'busy, try later' : 'internal failure' } };
}

function send(response: ServerResponse, reply: Reply): void {
  const body = Buffer.from(JSON.stringify(reply.json));
  response.writeHead(reply.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
  });
  response.end(body);
}
