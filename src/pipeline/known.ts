import type {
  AckTarget,
  Envelope,
  RequestData,
  ResponseData,
  RoutingStatus,
  Selector,
  SignedTimestamp,
} from '../envelope/index.js';
import type { FormatEntry } from '../formats/index.js';
import type { Attachment, AttachmentRoad, Operation, Version, Violation } from '../message/index.js';
import type { Participant, Registered } from '../participants/index.js';
import type { ReadSignature } from '../signature/index.js';
import type { XmlElement, XmlTree } from '../xml/index.js';
import type { EnvelopeBytes } from './outcome.js';
import type { Purpose } from './purpose.js';
import type { OpenRequest } from './world.js';

/** What is known after each stage: the types are the order. */
export type Received = EnvelopeBytes;

export interface Parsed extends Received {
  readonly tree: XmlTree;
  /** MIME parts besides the root, by Content-ID. */
  readonly parts: ReadonlyMap<string, Buffer>;
  /** Size of the root part, bytes. */
  readonly rootSize: number;
}

export interface Opened extends Parsed {
  readonly operation: Operation;
  readonly envelope: Envelope;
}

export interface WithSignature extends Opened {
  readonly signature: ReadSignature;
}

export interface Identified extends WithSignature {
  readonly caller: Registered;
}

/**
 * After verification the envelope is gone from the type: what the signature does not cover is in `unsigned` only,
 * strictly parsed, paired to signed headers, never used for rights.
 */
export interface Verified {
  readonly version: Version;
  readonly operation: Operation;
  readonly at: number;
  readonly caller: Registered;
  readonly tree: XmlTree;
  /** The signed element: nothing above or beside it is read any more. */
  readonly element: XmlElement;
  /** exc-c14n octets of the caller's ds:Signature. */
  readonly signature: Buffer;
  /** Names the signature: the same signed poll is known by it. */
  readonly signatureName: Buffer;
  readonly digestValue: Buffer;
  readonly certificate: ReadSignature['certificate'];
  /** Signed with GOST R 34.10-2012. */
  readonly gost: boolean;
  readonly unsigned: Unsigned;
}

export interface Unsigned {
  readonly contentList?: XmlElement;
  /** rout:Routing: holds by its own signature only. */
  readonly routing?: XmlElement;
  readonly parts: ReadonlyMap<string, Buffer>;
  readonly rootSize: number;
}

export interface WithData<Data> extends Verified {
  readonly data: Data;
}
export type AnyData = RequestData | ResponseData | Selector | AckTarget | SignedTimestamp;
export type SendKnown = WithData<RequestData | ResponseData>;
export type PollKnown = WithData<Selector | SignedTimestamp>;

/** A send whose way is known. */
export interface Routed extends SendKnown {
  /** MessageID of the request that began the exchange. */
  readonly exchange: string;
  /** Each once. Several for a broadcast, and where rout:Routing names several; none where it names nobody that is known. */
  readonly recipients: readonly Participant[];
  /** To every subscriber: no Recipient, no answer. */
  readonly broadcast?: boolean;
  /** What came of rout:Routing: the sender is told. */
  readonly routing?: RoutingStatus;
  /** The format of the content; absent for rejections and statuses. */
  readonly entry?: FormatEntry;
  /** The request a response answers. */
  readonly request?: OpenRequest;
  readonly test: boolean;
  /** DER of the certificate whose ЭП-СП over the content verified; absent without PersonalSignature. */
  readonly personalCertificate?: Buffer;
}

export interface Paired extends Routed {
  readonly attachments: readonly Attachment[];
  readonly road: AttachmentRoad;
}

/** Content judged, or left for later; `trees` are the parsed XML attachments, for sealing by person. */
export interface Checked extends Paired {
  readonly late: boolean;
  /** What each part of a request is made for; absent where the format keeps no purpose. */
  readonly purposes?: readonly Purpose[];
  readonly documents: readonly CheckedDocument[];
}

/** A validated XML document of a declared format: the content itself, or an attachment. */
export interface CheckedDocument {
  readonly entry: FormatEntry;
  readonly tree: XmlTree;
  readonly element: XmlElement;
  /** Index of the attachment; absent for the content. */
  readonly attachment?: number;
  /** The document is the gateway's own rewriting of an attachment of a retired version (docs/adr/0011): its octets, and what was sent. */
  readonly rewriting?: {
    readonly octets: Buffer;
    readonly of: Pick<CheckedDocument, 'entry' | 'tree' | 'element'>;
  };
}

export type ContentVerdict = {
  readonly documents: readonly CheckedDocument[];
  readonly violations: readonly Violation[];
};
