import { faultAnswer } from '../envelope/index.js';
import type { Fault } from '../faults/index.js';
import type { Version } from '../message/index.js';
import type { Answer } from './outcome.js';

const XML = 'text/xml; charset=utf-8';

/** A plain SOAP answer without attachments. */
export function xmlAnswer(body: Uint8Array | string): Answer {
  return { status: 200, contentType: XML, body: typeof body === 'string' ? Buffer.from(body) : body };
}

/** A SOAP 1.1 fault: HTTP 500 (SOAP 1.1 §6.2). */
export function soapFault(fault: Fault, version: Version): Answer {
  return { status: 500, contentType: XML, body: faultAnswer(fault, version) };
}
