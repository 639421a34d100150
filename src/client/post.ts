import { NAMESPACES, readMessage, SOAP_NAMESPACE, type WireBody } from '../envelope/index.js';
import { isFault } from '../faults/index.js';
import type { Version } from '../message/index.js';
import { isXmlProblem, parseXml, type XmlElement, type XmlTree } from '../xml/index.js';
import type { Failure, TransportFailure } from './answers.js';
import { readFault } from './read-fault.js';

/** The wrapper of an answer that is no fault, with what came beside it. */
export interface Answer {
  readonly tree: XmlTree;
  readonly wrapper: XmlElement;
  readonly parts: ReadonlyMap<string, Buffer>;
  readonly headers: Headers;
  readonly raw: Buffer;
}

/** How the client reaches the server. */
export interface Road {
  readonly url: string;
  readonly fetch: typeof fetch;
  /** ms. */
  readonly timeout: number;
}

/** Posts one SOAP message; a fault or a failed transport is a value. */
export async function post(road: Road, message: WireBody, version: Version): Promise<Answer | Failure> {
  let response: Response;
  let raw: Buffer;
  try {
    response = await road.fetch(road.url, {
      method: 'POST',
      headers: { 'content-type': message.contentType },
      body: new Uint8Array(message.body),
      signal: AbortSignal.timeout(road.timeout),
    });
    raw = Buffer.from(await response.arrayBuffer());
  } catch (error) {
    return unanswered(error);
  }
  const read = readMessage(response.headers.get('content-type') ?? '', raw);
  const tree = isFault(read) ? undefined : parseXml(read.root);
  if (isFault(read) || tree === undefined || isXmlProblem(tree)) return notSoap(response, read);
  const body = tree.child(tree.root, SOAP_NAMESPACE, 'Body');
  const wrapper = body === undefined ? undefined : tree.children(body)[0];
  if (wrapper === undefined) return notSoap(response, undefined);
  if (tree.namespaceOf(wrapper) === SOAP_NAMESPACE && tree.localNameOf(wrapper) === 'Fault') {
    return readFault(tree, wrapper, version, read.root);
  }
  if (tree.namespaceOf(wrapper) !== NAMESPACES[version].types) return notSoap(response, undefined);
  return { tree, wrapper, parts: read.parts, headers: response.headers, raw: read.root };
}

/** Failures of fetch, told by what they say of the message: refused connections carried nothing. */
function unanswered(error: unknown): TransportFailure {
  const cause = error instanceof Error ? error : new Error(String(error));
  const inner = cause.cause instanceof Error ? cause.cause : cause;
  const code = 'code' in inner && typeof inner.code === 'string' ? inner.code : '';
  const text = [cause.message, inner === cause ? '' : inner.message, code].filter((part) => part !== '').join(': ');
  if (cause.name === 'TimeoutError' || cause.name === 'AbortError') return { transport: 'timeout', cause: text };
  const isUnreachable = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'].includes(
    code,
  );
  return { transport: isUnreachable ? 'unreachable' : 'broken', cause: text };
}

function notSoap(response: Response, read: unknown): TransportFailure {
  const { status } = response;
  const after = Number(response.headers.get('retry-after') ?? Number.NaN);
  const why = isFault(read) ? `: ${read.description}` : '';
  return {
    transport: status === 429 || status === 503 ? 'busy' : 'broken',
    cause: `HTTP ${status} без ответа SOAP${why}`,
    status,
    ...(Number.isFinite(after) ? { retryAfter: after } : {}),
  };
}
