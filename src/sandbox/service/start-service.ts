import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Asked, Reply } from './reply.js';

export interface ServiceOptions {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** The longest body taken, bytes. */
  readonly bodyLimit: number;
  /** Told of unexpected failures; the caller of HTTP only learns that there was one. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
}

export interface RunningService {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  /** Lets running requests finish for a while. Idle and silent connections end at once. */
  close(): Promise<void>;
}

/** Patience with connections that are still open at `close`, ms. */
const CLOSE_PATIENCE = 2_000;

/** Listens and answers each question by `serve`; what it throws is a 503 where SQLite rolled back for a passing reason, else a 500. */
export async function startService(options: ServiceOptions, serve: (asked: Asked) => Reply): Promise<RunningService> {
  const silent = new Set<ServerResponse>();
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 10_000 }, (request, response) => {
    response.once('close', () => silent.delete(response));
    replyTo(request, options, serve)
      .then((reply) => leave(response, reply, silent))
      .catch(() => response.destroy());
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  return { url: urlOf(server, options.host), close: () => close(server, silent) };
}

async function replyTo(
  request: IncomingMessage,
  options: ServiceOptions,
  serve: (asked: Asked) => Reply,
): Promise<Reply> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://partner');
  const method = request.method ?? 'GET';
  try {
    const read =
      method === 'POST' || method === 'PUT' ? await bodyOf(request, options.bodyLimit) : { value: undefined };
    if ('status' in read) return read;
    return serve({ method, path: pathname, query: searchParams, body: read.value });
  } catch (error) {
    options.onFailure?.(error);
    return failure(error);
  }
}

async function bodyOf(request: IncomingMessage, limit: number): Promise<{ readonly value: unknown } | Reply> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length; // no encoding is set, so parts are buffers; what is too much is drained, or the answer would be cut
    if (size <= limit) parts.push(part as Buffer);
  }
  if (size > limit) return { status: 413, json: { error: `more than ${limit} bytes` } };
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts))) };
  } catch {
    return { status: 400, json: { error: 'the body is not JSON in UTF-8' } };
  }
}

/** SQLite rolled back: busy (5), locked (6) and disk full (13) pass; anything else is unexpected. */
function failure(error: unknown): Reply {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  const passing = code === 5 || code === 6 || code === 13;
  return { status: passing ? 503 : 500, json: { error: passing ? 'busy, try later' : 'internal failure' } };
}

function leave(response: ServerResponse, { status, json, manner }: Reply, silent: Set<ServerResponse>): void {
  if (manner !== undefined && manner.delay > 0) {
    const timer = setTimeout(
      () => leave(response, { status, json, manner: { ...manner, delay: 0 } }, silent),
      manner.delay,
    );
    response.once('close', () => clearTimeout(timer));
    return;
  }
  if (manner?.how === 'silence') {
    silent.add(response);
    return;
  }
  const body = Buffer.from(JSON.stringify(json));
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length });
  if (manner?.how === 'half') response.write(body.subarray(0, body.length / 2), () => response.destroy());
  else response.end(body);
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo; // a TCP server that listens
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function close(server: Server, silent: ReadonlySet<ServerResponse>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  for (const response of silent) response.destroy();
  server.closeIdleConnections();
  const patience = setTimeout(() => server.closeAllConnections(), CLOSE_PATIENCE);
  await closed;
  clearTimeout(patience);
}
