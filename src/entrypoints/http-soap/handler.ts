import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Fault, fault, smevFailure } from '../../faults/index.js';
import { VERSIONS, type Version } from '../../message/index.js';
import { type Answer, type Limits, type Reception, soapFault } from '../../pipeline/index.js';
import type { Log } from '../../ports/index.js';
import type { Contract } from './contract.js';
import { readBody } from './read-body.js';

export interface SoapParts {
  readonly reception: Reception;
  readonly contract: Contract;
  readonly limits: Limits;
  readonly log: Log;
  address(): string;
}

const XML = 'text/xml; charset=utf-8';
/** How long a client may go on writing a body that was refused, milliseconds. */
const PART_WITHIN = 2_000;

/** Handles /smev/v1.x/ws; false when the path is somebody else's. Reads the body whole, answers once. */
export function createSoapHandler(parts: SoapParts): (request: IncomingMessage, response: ServerResponse) => boolean {
  // Inline base64 takes 4/3 of its content, and a multipart body has headers.
  const bound = parts.limits.message + Math.ceil((parts.limits.attachments * 4) / 3) + 65_536;
  return (request, response) => {
    const url = request.url ?? '';
    const match = /^\/smev\/v(\d+\.\d+)\/ws\/?(?:\?(.*))?$/.exec(url);
    if (match === null) return false;
    const version = VERSIONS.find((v) => v === match[1]);
    if (version === undefined) {
      write(response, 404, 'text/plain; charset=utf-8', `Версии ${VERSIONS.join(', ')}: /smev/v1.2/ws\n`);
    } else if (request.method === 'POST') {
      void receive(parts, version, bound, request, response);
    } else if (request.method === 'GET' || request.method === 'HEAD') {
      describe(parts, version, new URLSearchParams(match[2] ?? ''), response);
    } else {
      response.setHeader('Allow', 'GET, POST');
      write(response, 405, 'text/plain; charset=utf-8', 'GET ?wsdl, ?xsd=NAME; POST SOAP 1.1\n');
    }
    return true;
  };
}

async function receive(
  parts: SoapParts,
  version: Version,
  bound: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const packed = compressed(request);
    if (packed !== undefined) return writeAndPart(request, response, soapFault(packed, version));
    const body = await readBody(request, bound);
    if (body === 'cut') {
      request.destroy();
      return;
    }
    const contentType = request.headers['content-type'] ?? 'text/xml';
    if ('tooLarge' in body) {
      const refused = soapFault(tooLarge(contentType, body.tooLarge, parts.limits), version);
      writeAndPart(request, response, refused);
      return;
    }
    const reply = await parts.reception.receive({ version, contentType, body }, request.socket.remoteAddress ?? '');
    for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
    // Above the limit with whatever is in it: the connection is not kept for more of the kind.
    if (reply.status === 500 && body.length > parts.limits.message) response.setHeader('Connection', 'close');
    write(response, reply.status, reply.contentType, reply.body);
  } catch (error) {
    // An unknown outcome or a bug: no answer is a lie less than any answer, so the connection is cut.
    parts.log.error(
      { error: error instanceof Error ? (error.stack ?? error.message) : String(error) },
      'a SOAP request failed',
    );
    if (error instanceof Error && error.name === 'OutcomeUnknown') request.destroy();
    else if (!response.headersSent) {
      const failed = soapFault(smevFailure('see the log'), version);
      write(response, failed.status, failed.contentType, failed.body);
    }
  }
}

/** No body is unpacked: a few bytes could ask for any memory. */
function compressed(request: IncomingMessage): Fault | undefined {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim();
  if (encoding.toLowerCase() === 'identity') return undefined;
  return fault(
    'InvalidContent',
    `Content-Encoding ${encoding.slice(0, 100)} не принимается: передайте тело без сжатия`,
  );
}

/** `size`: of the whole body, as declared or as far as it was read; what of it is attachments was not looked at. */
function tooLarge(contentType: string, size: number, limits: Limits): Fault {
  if (/^\s*multipart\//i.test(contentType)) {
    return fault(
      'AttachmentSizeLimitExceeded',
      `Вложения больше допустимого: тело запроса не меньше ${size} байт, вложений допускается ${limits.attachments} байт на сообщение. Передайте файл через файловое хранилище.`,
      { extra: { PermittedTotalAttachmentSize: limits.attachments, RealTotalAttachmentSize: size } },
    );
  }
  return fault(
    'InvalidContent',
    `Сообщение больше допустимого: тело запроса не меньше ${size} байт, допускается ${limits.message} байт без вложений. Передайте большие данные вложением.`,
  );
}

/**
 * Answers before the body has come whole and ends the connection. Closing with unread bytes is a reset, which can
 * overtake the answer: what still comes is thrown away until the client has read and hung up, for a bounded time.
 */
function writeAndPart(request: IncomingMessage, response: ServerResponse, { status, contentType, body }: Answer): void {
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': body.length, Connection: 'close' });
  response.write(body);
  const part = setTimeout(() => request.destroy(), PART_WITHIN);
  request.once('close', () => clearTimeout(part));
  request.once('end', () => response.end());
  request.resume();
}

function describe(parts: SoapParts, version: Version, query: URLSearchParams, response: ServerResponse): void {
  const name = query.get('xsd');
  const text =
    name === null ? parts.contract.wsdl(version, parts.address()) : parts.contract.xsd(version, name, parts.address());
  if (text === undefined)
    write(response, 404, 'text/plain; charset=utf-8', 'No such schema; GET ?wsdl names them all\n');
  else write(response, 200, XML, text);
}

function write(response: ServerResponse, status: number, type: string, body: string | Uint8Array): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': bytes.length });
  response.end(bytes);
}
