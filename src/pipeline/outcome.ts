import type { Judgement } from '../delivery/index.js';
import type { Fault } from '../faults/index.js';
import type { CatalogueData } from '../formats/index.js';
import type { Finding, Mailbox, Operation, Version } from '../message/index.js';
import type { Snapshot } from '../participants/index.js';
import type {
  Commit,
  NewMessage,
  PartnerAnswer,
  PartnerDelivery,
  PartnerFile,
  StoredBody,
  StoredDelivery,
  StoredMessage,
} from '../ports/index.js';
import type { XRay } from '../signature/index.js';
import type { FileFacts } from './file-desk.js';
import type { RenewalVerdict } from './judge-renewal.js';
import type { Purpose } from './purpose.js';
import type { TodaysVerdict } from './replays/todays-verdict.js';
import type { TrustReport } from './trust-report.js';
import type { UpgradeReport } from './upgrade-document.js';

/** An HTTP answer, ready to be written. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** What the pipeline decided of one envelope. Plain data: it crosses from a worker thread to the main one. */
export type Outcome = Refused | Accepted | Polled | Acknowledged | Counted;

/** A fault. `record` is there when the caller's signature had verified: refusals of strangers are only counted. */
export interface Refused {
  readonly kind: 'refused';
  readonly fault: Fault;
  readonly version: Version;
  readonly answer: Answer;
  readonly caller?: string;
  readonly record?: Commit;
}

/** Accepted by every early check; durable only once `commit` is. The answer is signed already and leaves after it. */
export interface Accepted {
  readonly kind: 'accepted';
  readonly version: Version;
  readonly operation: Operation;
  readonly message: NewMessage;
  readonly attachmentBytes: number;
  /** What each part of a request is made for; absent where the format keeps no purpose. */
  readonly purposes?: readonly Purpose[];
  readonly commit: Commit;
  readonly answer: Answer;
}

/** A poll whose signature and freshness are proven; the mailbox decides what it gets. */
export interface Polled {
  readonly kind: 'polled';
  readonly version: Version;
  readonly operation: 'GetRequest' | 'GetResponse' | 'GetStatus';
  readonly caller: string;
  readonly mailbox: Mailbox;
  /** `{namespace}local` of the selector, absent for no type filter. */
  readonly format?: string;
  readonly nodeId?: string;
  /** Signed with GOST: so is the answer. */
  readonly gost?: boolean;
  /** The poll's own Timestamp, ms since 1970. */
  readonly timestamp: number;
  /** SHA-256 of what names the poll's signature: the same signed poll never gets a second message. */
  readonly pollDigest: Uint8Array;
  /** Hash of the snapshot it was judged under. */
  readonly config: string;
}

export interface Acknowledged {
  readonly kind: 'acknowledged';
  readonly version: Version;
  readonly caller: string;
  readonly messageId: string;
  readonly accepted: boolean;
}

export interface Counted {
  readonly kind: 'counted';
  readonly version: Version;
  readonly caller: string;
}

/** One verdict of preflight: the same pipeline, stopped before the commit, every fault listed. */
export interface Verdict {
  readonly verdict: 'accepted' | 'refused';
  readonly operation?: Operation;
  readonly caller?: string;
  readonly faults: readonly Fault[];
  /** What the gateway's rules find in content that is valid: told with the answer, never a fault of the message. */
  readonly findings?: readonly Finding[];
  /** Of the first signature that has a fault, ЭП-ОВ before ЭП-СП. */
  readonly xRay?: XRay;
}

/** A message its recipient cannot be given: put aside, and its sender told by a status. */
export interface CannotHandOut {
  readonly cannot: Fault;
}

/** What a worker makes ready for an adapter: the main thread adds the way to read the files. */
export type OpenedForPartner = Omit<PartnerDelivery, 'files'> & {
  readonly files: readonly Omit<PartnerFile, 'read'>[];
};

/** Work for a thread. Bytes are transferred; the result is plain data. */
export type Job =
  /** For every thread at once: what is judged later is judged under this one. Answered by thread.ts, which holds the world. */
  | { readonly job: 'use-snapshot'; readonly snapshot: Snapshot; readonly catalogue?: CatalogueData }
  | { readonly job: 'trust-report'; readonly at: number }
  | { readonly job: 'judge-renewal'; readonly document: Uint8Array; readonly at: number }
  | { readonly job: 'upgrade-document'; readonly document: Uint8Array; readonly split: boolean }
  | { readonly job: 'judge'; readonly envelope: EnvelopeBytes }
  | { readonly job: 'preflight'; readonly envelope: EnvelopeBytes }
  | {
      readonly job: 'check-late';
      readonly message: StoredMessage;
      readonly body: StoredBody;
      /** Every delivery of the message that is `checking`. */
      readonly deliveries: readonly StoredDelivery[];
      /** Of the files it announces. */
      readonly files: readonly FileFacts[];
      readonly at: number;
    }
  | {
      readonly job: 'hand-out';
      readonly poll: Polled;
      readonly message: StoredMessage;
      readonly request?: StoredMessage;
      readonly body: StoredBody;
      readonly at: number;
    }
  | {
      readonly job: 'refuse-delivery';
      readonly message: StoredMessage;
      readonly delivery: StoredDelivery;
      readonly fault: Fault;
      readonly to: 'refused' | 'failed';
      readonly at: number;
    }
  | {
      readonly job: 'judge-replay';
      readonly message: StoredMessage;
      readonly body: StoredBody;
      readonly recipient: string;
      readonly at: number;
    }
  | { readonly job: 'judge-refused'; readonly body: StoredBody; readonly sender: string; readonly at: number }
  | {
      readonly job: 'return-for-correction';
      readonly message: StoredMessage;
      readonly delivery: StoredDelivery;
      readonly body?: StoredBody;
      readonly by: string;
      readonly reason: string;
      readonly at: number;
    }
  | {
      readonly job: 'open-for-partner';
      readonly message: StoredMessage;
      readonly body: StoredBody;
      /** Of the files it announces: documents in them are judged by the rules like attachments. */
      readonly files: readonly FileFacts[];
      readonly at: number;
    }
  | {
      readonly job: 'answer-for-partner';
      readonly message: StoredMessage;
      readonly partner: string;
      readonly answer: Extract<PartnerAnswer, { kind: 'answered' | 'rejected' }>;
      readonly messageId: string;
      readonly at: number;
    };

export interface EnvelopeBytes {
  readonly version: Version;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** When it was received whole, ms since 1970. */
  readonly at: number;
}

export type JobResult =
  | { readonly job: 'use-snapshot'; readonly config: string }
  | { readonly job: 'trust-report'; readonly report: TrustReport }
  | { readonly job: 'judge-renewal'; readonly verdict: RenewalVerdict }
  | { readonly job: 'upgrade-document'; readonly report: UpgradeReport }
  | { readonly job: 'judge'; readonly outcome: Outcome }
  | { readonly job: 'preflight'; readonly verdict: Verdict }
  | { readonly job: 'check-late'; readonly commit: Commit; readonly passed: boolean }
  | { readonly job: 'refuse-delivery'; readonly commit: Commit }
  | { readonly job: 'judge-replay'; readonly judgement: Judgement }
  | { readonly job: 'judge-refused'; readonly today: TodaysVerdict }
  | { readonly job: 'return-for-correction'; readonly commit: Commit }
  | { readonly job: 'hand-out'; readonly answer: Answer | CannotHandOut }
  | { readonly job: 'open-for-partner'; readonly delivery: OpenedForPartner }
  | { readonly job: 'answer-for-partner'; readonly envelope: Omit<EnvelopeBytes, 'at'> };
