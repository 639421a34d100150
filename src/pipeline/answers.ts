import { faultAnswer, type WireBody } from '../envelope/index.js';
import { type Fault, smevFailure } from '../faults/index.js';
import type { Operation, Version } from '../message/index.js';
import type { Answer } from './outcome.js';

/** Where in the gateway a fault arose, as Code tells callers: synchronously, or by a late check. */
export const SYNC_CODE = 'smev-gateway:SYNC';
export const ASYNC_CODE = 'smev-gateway:ASYNC';

/** A SOAP answer. */
export function soapAnswer({ contentType, body }: WireBody): Answer {
  return { status: 200, contentType, body };
}

/** A SOAP 1.1 fault: HTTP 500 (SOAP 1.1 §6.2). */
export function soapFault(fault: Fault, version: Version, operation?: Operation): Answer {
  const { contentType, body } = faultAnswer(fault, version, SYNC_CODE, operation);
  return { status: 500, contentType, body };
}

/** Beyond the bounded queues: 503 with Retry-After, never memory. */
export function overloaded(version: Version): Answer {
  return { ...soapFault(smevFailure('overloaded'), version), status: 503 };
}
