import type { Attachment, AttachmentRoad, Finding, QualifiedName } from '../message/index.js';

/** What an adapter is given: validated content, attachments and rule results; it never validates. */
export interface PartnerDelivery {
  readonly messageId: string;
  /** Mnemonic of the sender, and its participant codes `NNNN.NNNNNN` (own and delegated). */
  readonly sender: string;
  readonly senderCodes: readonly string[];
  readonly format: QualifiedName;
  /** Canonical octets of the root element under MessagePrimaryContent, as the sender signed them. */
  readonly content: Uint8Array;
  readonly attachments: readonly Attachment[];
  /** Files the message announces, in the file store; absent: none. Never held whole here. */
  readonly files?: readonly PartnerFile[];
  readonly road: AttachmentRoad;
  /** Findings of the gateway's own rules on records of this message, for the protocol. */
  readonly findings: readonly Finding[];
  /** TestMessage: answer fully, change no state. */
  readonly test: boolean;
  /** When the gateway accepted it, RFC 3339. */
  readonly acceptedAt: string;
}

/** A file in the file store, checked against its signed header. */
export interface PartnerFile {
  readonly uuid: string;
  /** As its header names it; absent where it does not. */
  readonly fileName?: string;
  readonly mimeType: string;
  readonly namespaceUri?: string;
  /** Octets [from, until); throws while read where the file is damaged or its term is over. */
  read(from?: number, until?: number): AsyncIterable<Uint8Array>;
}

/** An answer without MessageID, envelope and signature: the gateway adds them and lets it in by the front door. */
export type PartnerAnswer =
  | { readonly kind: 'answered'; readonly content: string; readonly attachments: readonly Attachment[] }
  | {
      readonly kind: 'rejected';
      readonly code: 'ACCESS_DENIED' | 'NO_DATA' | 'UNKNOWN_REQUEST_DESCRIPTION' | 'FAILURE';
      readonly description: string;
    }
  /** Nothing reached the partner, or it said «later»: safe to try again. */
  | { readonly kind: 'later'; readonly cause: string }
  /** Sent, and no answer: `ask` settles it. */
  | { readonly kind: 'in-doubt'; readonly cause: string }
  /** It will never work: a permanent fault of the partner. */
  | { readonly kind: 'failed'; readonly cause: string };

/**
 * Carries deliveries to one partner that does not poll. `deliver` has the effect at most once for one messageId
 * (the id travels to the partner as idempotency key) and never throws for expected failures.
 */
export interface PartnerAdapter {
  /** Mnemonic of the partner it serves. */
  readonly partner: string;
  deliver(delivery: PartnerDelivery, signal: AbortSignal): Promise<PartnerAnswer>;
  /** Ask the partner what became of a message in doubt; `later` when it does not know the id. */
  ask(messageId: string, signal: AbortSignal): Promise<PartnerAnswer>;
}
