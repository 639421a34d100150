import type { AsyncStatus, FileStoreAccess, RefAttachmentHeader, Rejection, RequestStatus } from '../envelope/index.js';
import type { FaultCode, SignatureFaultDetail } from '../faults/index.js';
import type { Attachment, QualifiedName, Violation } from '../message/index.js';

/** The gateway (or any SMEV 3 server) refused: a SOAP fault, or what the client itself found wrong before sending. */
export interface FaultAnswer {
  /** Name of the fault element; `Unknown` when the answer names none that we know. */
  readonly fault: FaultCode | 'Unknown';
  /** The element's name as it came. */
  readonly name: string;
  /** Description without its `SMEV-NNN:`. */
  readonly description: string;
  /** NNN. */
  readonly number?: number;
  /** Code: where in the server it arose. */
  readonly code?: string;
  readonly signature?: SignatureFaultDetail;
  /** ValidationErrors. */
  readonly violations: readonly Violation[];
  /** The fault's further elements by name. */
  readonly extra: Readonly<Record<string, string>>;
  /** The document as it came; empty when the client refused. */
  readonly raw: Buffer;
}

/**
 * No answer that SMEV defines. After `timeout` or `broken` it is unknown whether the message was taken: send it again under
 * the same MessageID, MessageIsAlreadySent then means it was. `busy` and `unreachable` mean it was not.
 */
export interface TransportFailure {
  readonly transport: 'unreachable' | 'timeout' | 'busy' | 'broken';
  readonly cause: string;
  /** HTTP status, when there was an answer. */
  readonly status?: number;
  /** Retry-After, seconds. */
  readonly retryAfter?: number;
}

/** The answer came, but the gateway's signature over it does not verify: do not use it; Ack a message with accepted=false. */
export interface UntrustedAnswer {
  readonly untrusted: string;
  /** MessageID of the message handed out, for Ack. */
  readonly messageId?: string;
  readonly raw: Buffer;
}

export type Failure = FaultAnswer | TransportFailure | UntrustedAnswer;

export function isFailure(value: unknown): value is Failure {
  if (typeof value !== 'object' || value === null) return false;
  return ('fault' in value && 'extra' in value) || 'transport' in value || 'untrusted' in value;
}

/** MessageMetadata as read. */
export interface ReadMetadata {
  readonly messageId?: string;
  readonly type: string;
  /** Mnemonics. */
  readonly sender?: string;
  readonly recipient?: string;
  /** ms since 1970. */
  readonly sendingTimestamp: number;
  readonly deliveryTimestamp?: number;
  readonly status?: string;
}

/** Answer of SendRequest and SendResponse: the message is durably taken. */
export interface Sent {
  /** The MessageID it was sent under. */
  readonly messageId: string;
  readonly metadata: ReadMetadata;
  /** Where the journal's receipt can be fetched (header SMEV-Journal-Receipt). */
  readonly receiptUrl?: string;
  readonly raw: Buffer;
}

/** What every message handed out has; `messageId` is what Ack takes. */
interface Handed {
  readonly messageId: string;
  readonly metadata: ReadMetadata;
  /** Credentials for file store attachments. */
  readonly fsAttachments: readonly FileStoreAccess[];
  readonly raw: Buffer;
}

/** Business content with its attachments. */
export interface ReceivedContent {
  /** Canonical octets of the root element under MessagePrimaryContent. */
  readonly content: Buffer;
  readonly contentName: QualifiedName;
  readonly attachments: readonly Attachment[];
  readonly refAttachmentHeaders: readonly RefAttachmentHeader[];
}

/** A request taken from the mailbox. */
export interface ReceivedRequest extends Handed, ReceivedContent {
  /** Opaque: goes into `to` of the response. */
  readonly replyTo: string;
  readonly referenceMessageId?: string;
  readonly transactionCode?: string;
  readonly nodeId?: string;
  /** ms since 1970. */
  readonly eol?: number;
  /** TestMessage: change no state. */
  readonly test: boolean;
}

/** A response taken from the mailbox: content, or one of the three things that stand in its place. */
export interface ReceivedResponse extends Handed, Partial<ReceivedContent> {
  /** MessageID of the request it answers. */
  readonly originalMessageId?: string;
  readonly rejected?: readonly Rejection[];
  readonly status?: RequestStatus;
  /** SMEV's own word on the request. */
  readonly asyncStatus?: AsyncStatus;
}

/** A notification taken from the queue of statuses. */
export interface ReceivedStatus extends AsyncStatus {
  readonly raw: Buffer;
}

/** One row of GetIncomingQueueStatistics. */
export interface QueueRow {
  readonly queueName: string;
  readonly pending: number;
}
