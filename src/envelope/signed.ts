import type { QualifiedName, Violation } from '../message/index.js';
import type { XmlElement } from '../xml/index.js';
import type { RoutingStatus } from './routing.js';

/** AttachmentHeader: what the sender signed about an attachment sent with the message. */
export interface AttachmentHeader {
  readonly contentId: string;
  readonly mimeType: string;
  /** 1.3. */
  readonly namespaceUri?: string;
  readonly pkcs7?: Uint8Array;
  /** 1.3: the files of an archive. */
  readonly archive?: readonly ArchiveFile[];
}

/** RefAttachmentHeader: what the sender signed about an attachment in the file store. */
export interface RefAttachmentHeader {
  readonly uuid: string;
  readonly hash: string;
  readonly mimeType: string;
  /** 1.2 and 1.3. */
  readonly fileName?: string;
  readonly namespaceUri?: string;
  readonly pkcs7?: Uint8Array;
  readonly archive?: readonly ArchiveFile[];
}

export interface ArchiveFile {
  readonly name: string;
  readonly namespaceUri: string;
}

/** The one element under MessagePrimaryContent with what is signed beside it. */
export interface Delivered {
  readonly content: XmlElement;
  readonly contentName: QualifiedName;
  /** PersonalSignature, the block around the ds:Signature. */
  readonly personalSignature?: XmlElement;
  readonly attachmentHeaders: readonly AttachmentHeader[];
  readonly refAttachmentHeaders: readonly RefAttachmentHeader[];
}

/** SenderProvidedRequestData. */
export interface RequestData extends Delivered {
  readonly kind: 'request';
  readonly id?: string;
  readonly messageId: string;
  readonly referenceMessageId?: string;
  readonly transactionCode?: string;
  readonly nodeId?: string;
  /** ms since 1970. */
  readonly eol?: number;
  readonly businessProcessMetadata?: XmlElement;
  readonly test: boolean;
}

/** SenderProvidedResponseData: `kind` tells which of the four it carries. */
export type ResponseData = {
  readonly id?: string;
  readonly messageId: string;
  readonly to: string;
} & (
  | ({ readonly kind: 'response' } & Delivered)
  | { readonly kind: 'rejection'; readonly rejected: readonly Rejection[] }
  | { readonly kind: 'status'; readonly status: RequestStatus }
  | { readonly kind: 'async-status'; readonly asyncStatus: AsyncStatus }
);

export const REJECTION_CODES = ['ACCESS_DENIED', 'NO_DATA', 'UNKNOWN_REQUEST_DESCRIPTION', 'FAILURE'] as const;
export type RejectionCode = (typeof REJECTION_CODES)[number];

/** RequestRejected. */
export interface Rejection {
  readonly code: RejectionCode;
  readonly description: string;
}

/** RequestStatus: an interim word on a request, which stays open. */
export interface RequestStatus {
  readonly code: number;
  readonly description: string;
  readonly parameters: readonly { readonly key: string; readonly value: string }[];
}

/** AsyncProcessingStatus, as read. */
export interface AsyncStatus {
  readonly originalMessageId: string;
  /** InteractionStatusType. */
  readonly category: string;
  readonly details?: string;
  /** 1.3: what came of rout:Routing. */
  readonly routing?: RoutingStatus;
  readonly fault?: AsyncFault;
}

/** SmevFault inside AsyncProcessingStatus. */
export interface AsyncFault {
  /** Local name of its xsi:type: the fault's name where its type has one. */
  readonly name?: string;
  readonly code?: string;
  /** `SMEV-NNN:<text>`. */
  readonly description?: string;
  /** ValidationErrors, their texts as they came. */
  readonly violations: readonly Violation[];
  /** Further elements of the fault by name. */
  readonly extra: Readonly<Record<string, string>>;
}

/** MessageTypeSelector: which messages a poll asks for. */
export interface Selector {
  readonly kind: 'selector';
  readonly id?: string;
  readonly type?: QualifiedName;
  /** ms since 1970. */
  readonly timestamp: number;
  readonly nodeId?: string;
}

/** AckTargetMessage. */
export interface AckTarget {
  readonly kind: 'ack';
  readonly id: string;
  readonly messageId: string;
  /** True where 1.2 and 1.3 leave it out. */
  readonly accepted: boolean;
}

/** Timestamp, what GetStatus and GetIncomingQueueStatistics sign. */
export interface SignedTimestamp {
  readonly kind: 'timestamp';
  readonly id?: string;
  readonly timestamp: number;
}

export type SignedData = RequestData | ResponseData | Selector | AckTarget | SignedTimestamp;
