/**
 * The vocabulary of the gateway: plain types, identifiers, states. Imports nothing.
 * May be imported by every room. Start at the glossary below.
 *
 * Glossary (the standard's own words are spelled as in its XSD; these are ours):
 *   participant  an information system known to the gateway: mnemonic, certificates, rights
 *   format       a kind of information (вид сведений): namespace + root elements + version, its XSDs and rules
 *   message      one signed envelope, immutable, with a MessageID
 *   exchange     a request with all that answers it; named by the request's MessageID
 *   mailbox      the incoming queue of a participant (requests, responses, statuses), confirmed by Ack
 *   delivery     one message on its way to one participant, with its state and attempts
 *   adapter      the code that carries deliveries to a partner that does not poll, and brings the answer back
 *   journal      the append-only, Merkle-logged record of all that happened to every exchange
 *   leaf         one record of the journal as it is hashed: clear header + salted commitment
 *   body         the sealed container of a message's octets; exists once
 *   receipt      a self-contained proof that a record stands in the journal
 *   snapshot     one immutable, hashed set of participants, rights, routes, formats and trust
 */

export * from './events.js';
export * from './identifiers.js';
export * from './states.js';

/** Versions of the message-exchange schema served side by side. */
export const VERSIONS = ['1.1', '1.2', '1.3'] as const;
export type Version = (typeof VERSIONS)[number];

/** WSDL operations; GetIncomingQueueStatistics exists in 1.1 only. */
export const OPERATIONS = [
  'SendRequest',
  'SendResponse',
  'GetRequest',
  'GetResponse',
  'GetStatus',
  'Ack',
  'GetIncomingQueueStatistics',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** The three incoming queues of a participant. */
export type Mailbox = 'requests' | 'responses' | 'statuses';

/** The name of a root element: what SMEV routes by. */
export interface QualifiedName {
  readonly namespace: string;
  readonly local: string;
}

/** `{namespace}local`, the form used as a map key and in texts. */
export function nameOf(name: QualifiedName): string {
  return `{${name.namespace}}${name.local}`;
}

/** How attachment content crossed the wire: the answer takes the same road. */
export type AttachmentRoad = 'mtom' | 'inline';

/** One attachment as the header under the signature describes it, with its content. */
export interface Attachment {
  readonly contentId: string;
  readonly mimeType: string;
  /** Declared namespace of an XML attachment (1.3 only). */
  readonly namespaceUri?: string;
  /** Detached PKCS#7 signature over the content, DER. */
  readonly pkcs7?: Uint8Array;
  readonly content: Uint8Array;
}

/** A violation of a schema or rule, positioned in the document the sender knows. */
export interface Violation {
  /** 1-based line in the sender's document; absent when unknown. */
  readonly line?: number;
  readonly column?: number;
  /** XPath written with the document's own element names. */
  readonly path?: string;
  /** contentId of the attachment the violation stands in; absent for the message itself. */
  readonly attachment?: string;
  /** What is wrong and what was expected, in Russian. */
  readonly text: string;
  /** The same in English. */
  readonly textEn?: string;
}

/** One finding of a business rule (ФЛК) on one record; never refuses a package. */
export interface Finding {
  /** The record's own id: fact uuid, requestUid. */
  readonly record: string;
  /** 1 error, 2 warning (the protocol's messageType). */
  readonly type: 1 | 2;
  /** Published rule code `\d{3}` where known. */
  readonly code?: string;
  /** Published wording, ≤ 500 characters. */
  readonly report: string;
}
