/**
 * The client library: build, sign, send, poll, acknowledge; what partners and the sandbox speak SMEV with.
 * May import: signature, envelope, xml, ports, faults, message. Start at createClient (client.ts); answers.ts says what it returns.
 */
export * from './answers.js';
export { type ClientOptions, createClient, type Poll, SmevClient } from './client.js';
export type { RequestToSend, ResponseToSend } from './messages.js';
export { certificateRenewal } from './renew-certificate.js';
