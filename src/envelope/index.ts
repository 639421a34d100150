/**
 * SOAP ⇄ message for 1.1, 1.2 and 1.3: the standard's spelling lives here, mapped once.
 * May import: xml, ports, faults, message. Start at readEnvelope and readSigned; schema/ holds the schemas as data.
 */
export * from './attachments.js';
export * from './build/answer.js';
export { faultAnswer } from './build/fault.js';
export * from './build/metadata.js';
export { answer, type OutgoingAttachment, operation, type WireBody } from './build/operation.js';
export * from './build/routing.js';
export * from './build/signed.js';
export * from './build/status.js';
export { readAsyncProcessingStatus, readSigned, type SignedBy } from './content.js';
export * from './convert.js';
export { readMessage, type WireMessage, writeMessage } from './mime.js';
export { optional, textOf } from './place.js';
export * from './read.js';
export * from './renewal.js';
export { readViolation } from './response.js';
export * from './routing.js';
export { moscow, type OffsetAt, readDateTime, writeDateTime } from './schema/lexical.js';
export * from './signed.js';
export * from './versions.js';
