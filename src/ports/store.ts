import type { AttachmentRoad, DeliveryState, Mailbox, Version } from '../message/index.js';

/**
 * The truth. One `commit` = message + body + deliveries + state moves + journal leaves in ONE transaction:
 * when it resolves with `ok`, all of it survives power loss; with a conflict, nothing of it was written.
 * A rejected promise means an unknown outcome: callers withhold the answer and never retry blindly.
 * Several processes may share a store. Commits from one process are grouped; their order in the journal is the order of their indexes.
 * Reads may run beside commits and see only what is durable.
 */
export interface Store {
  commit(work: Commit): Promise<Committed>;

  /** The accepted message, or undefined. */
  message(messageId: string): Promise<StoredMessage | undefined>;
  /** The sealed body of a message or refusal. */
  body(bodyId: string): Promise<StoredBody | undefined>;
  delivery(id: number): Promise<StoredDelivery | undefined>;
  /** The delivery of a message to a recipient, newest first when replayed. */
  deliveriesOf(messageId: string): Promise<readonly StoredDelivery[]>;

  /** Oldest queued delivery a poll may take, or whose lease ran out before `now`. Skips ids in `except`. */
  nextInMailbox(poll: MailboxPoll): Promise<StoredDelivery | undefined>;
  /** The delivery leased by the poll with this signature digest, whatever its state now. */
  leasedByPoll(pollDigest: Uint8Array): Promise<StoredDelivery | undefined>;
  /**
   * Of a store that several processes share: whether the poll with this digest is this process's to answer, now and until `until`
   * (ms since 1970). It is where no other process asked before, also one that is gone.
   */
  ownsPoll?(pollDigest: Uint8Array, until: number): Promise<boolean>;
  /** Not yet final deliveries of a mailbox, of every format. */
  depth(recipient: string, mailbox: Mailbox): Promise<number>;
  /** Per selector `{ns}local` counts of one participant, for GetIncomingQueueStatistics. */
  queueStatistics(
    recipient: string,
  ): Promise<readonly { format: string; nodeId?: string; mailbox: Mailbox; pending: number }[]>;
  /** Push deliveries due at `now` (queued, or in doubt and to be asked about), oldest first; none of the recipients in `except`. */
  dueDeliveries(now: number, limit: number, except?: readonly string[]): Promise<readonly StoredDelivery[]>;
  /** Deliveries still `checking`, oldest first. */
  checkingDeliveries(limit: number): Promise<readonly StoredDelivery[]>;
  /** Mailbox deliveries whose lease or EOL ran out: for the sweeper that journals it. */
  overdueDeliveries(now: number, limit: number): Promise<readonly StoredDelivery[]>;

  /** Deliveries in one of these states, newest first by keyset: `before` is the id of the last one seen. Never asked for `delivered` ones. */
  deliveries(filter: DeliveryFilter): Promise<readonly StoredDelivery[]>;
  /** Records of refused messages, newest first by keyset: `before` is the index of the last one seen. */
  refusals(filter: { readonly before?: number; readonly limit: number }): Promise<readonly StoredRecord[]>;
  plan(id: string): Promise<StoredPlan | undefined>;
  /** Newest first. */
  plans(limit: number): Promise<readonly StoredPlan[]>;

  /** Exchanges newest first by keyset; `before` is the accepted-order of the last row seen. */
  exchanges(filter: ExchangeFilter): Promise<readonly StoredMessage[]>;
  /** Every message of an exchange, oldest first. */
  messagesOf(exchange: string): Promise<readonly StoredMessage[]>;

  /** Journal: records of an exchange in index order; one record; leaves and hashes for tiles and proofs. */
  recordsOf(exchange: string): Promise<readonly StoredRecord[]>;
  record(index: number): Promise<StoredRecord | undefined>;
  recordOf(messageId: string, kind: string): Promise<StoredRecord | undefined>;
  leaves(from: number, to: number): Promise<readonly Uint8Array[]>;
  /** Merkle hashes of one level, positions `from` … `to`−1 (level 0 = leaf hashes); 32 bytes each. */
  hashes(level: number, from: number, to: number): Promise<readonly Uint8Array[]>;
  /** The newest signed checkpoint (signed note text), or undefined for an empty journal. */
  checkpoint(): Promise<StoredCheckpoint | undefined>;

  /** Configuration snapshots are immutable; the newest is in force. Undefined also where the newest is `otherThan`. */
  snapshot(otherThan?: string): Promise<{ hash: string; json: string } | undefined>;
  /** Hashes of the snapshots under which work may be committed still: none of them was revoked. */
  liveSnapshots(): Promise<readonly string[]>;
  saveSnapshot(hash: string, json: string): Promise<void>;
  /** What snapshots name by hash instead of holding it: published format packages. */
  artefact(hash: string): Promise<Uint8Array | undefined>;

  close(): Promise<void>;
}

export interface Commit {
  readonly message?: NewMessage;
  readonly body?: NewBody;
  readonly deliveries?: readonly NewDelivery[];
  readonly moves?: readonly Move[];
  /** A late check refused the response that closed the request, or its sender's part: it waits for an answer again. Nothing happens where another closed it. */
  readonly reopens?: { readonly exchange: string; readonly closedBy: string };
  /** Leaves in the order they enter the log. */
  readonly leaves: readonly NewLeaf[];
  /** Rows of the person index: keyed label → sealed entry. */
  readonly persons?: readonly { label: Uint8Array; sealed: Uint8Array }[];
  /** Bodies whose keepUntil is not after this instant are removed with their keys, a bounded number a commit. */
  readonly forgetKeptUntil?: number;
  /** A new snapshot to put in force in the same transaction; work judged under one of `revokes` is refused from then on. */
  readonly snapshot?: {
    readonly hash: string;
    readonly json: string;
    readonly revokes?: readonly string[];
    /** The snapshot it was made from; conflict `moved` where another one is the newest by now. */
    readonly upon?: string;
  };
  /** A replay plan as it stands from now on; conflict `moved` where the stored revision is not the one before (1: there is none yet). */
  readonly plan?: StoredPlan;
  /** Written once under their lower-case hex SHA-256; the same hash again changes nothing. */
  readonly artefacts?: readonly { readonly hash: string; readonly bytes: Uint8Array }[];
  /** Hash of the snapshot the work was judged under; conflict `snapshot` when it was revoked. */
  readonly judgedUnder?: string;
}

export type Committed =
  | {
      readonly ok: true;
      /** Places of the leaves in the log, in their order. Empty where the work is durable and its places come within seconds: docs/adr/0013-one-elected-sequencer.md. */
      readonly indexes: readonly number[];
      readonly deliveries: readonly number[];
      /** The newest published: holds the leaves where `indexes` names them. */
      readonly checkpoint: StoredCheckpoint;
    }
  /** duplicate: MessageID exists · overflow: the mailbox is at its capacity, `detail` is `recipient mailbox format` · moved: a delivery, a plan or the newest snapshot was not in the expected state · snapshot: revoked · unavailable: known failure, nothing written (disk full, busy) */
  | {
      readonly ok: false;
      readonly conflict: 'duplicate' | 'overflow' | 'moved' | 'snapshot' | 'unavailable';
      readonly detail?: string;
    };

export interface NewMessage {
  readonly messageId: string;
  /** MessageID of the request that began the exchange (its own for a request). */
  readonly exchange: string;
  readonly kind: 'request' | 'response' | 'status' | 'rejection' | 'async-status';
  readonly version: Version;
  readonly sender: string;
  readonly recipient?: string;
  readonly format?: string;
  /** SendingTimestamp, ms since 1970. */
  readonly acceptedAt: number;
  readonly eol?: number;
  readonly test: boolean;
  readonly bodyId: string;
  readonly config: string;
  readonly road: AttachmentRoad;
  /**
   * Whether this response closes the request (RequestStatus does not); conflict `moved` where another closed it. `part`: one
   * of several recipients answers. The request stays open, and a second answer of that sender conflicts.
   */
  readonly closes?: boolean | 'part';
  /** SHA-256 of the signed octets: tells a duplicate with the same content from one with other content. */
  readonly digest: Uint8Array;
  /** Small non-personal facts the envelope needs again: NodeID, TransactionCode, ReferenceMessageID, OriginalMessageId … */
  readonly meta: Readonly<Record<string, string>>;
  /** Unguessable token of the receipt link. */
  readonly receiptToken: string;
}

export interface StoredMessage extends NewMessage {
  /** Position in acceptance order: the keyset cursor. */
  readonly order: number;
  /** Index of its `accepted` leaf; −1 while that waits for its place in the log. */
  readonly leaf: number;
  /** Request only: MessageID of the response that closed it. */
  readonly closedBy?: string;
}

export interface NewBody {
  readonly bodyId: string;
  /** Sealed container (journal/container). */
  readonly container: Uint8Array;
  readonly sha256: Uint8Array;
  /** Wrapped segment keys, one a person and one for the rest. */
  readonly keys: readonly WrappedKey[];
  /** Refusals' bodies go after this time. */
  readonly keepUntil?: number;
}

export interface WrappedKey {
  readonly slot: number;
  readonly epoch: number;
  readonly wrapped: Uint8Array;
}

export interface StoredBody extends NewBody {}

export interface NewDelivery {
  readonly messageId: string;
  readonly recipient: string;
  readonly mailbox: Mailbox;
  /** pull = a mailbox; push = an adapter. */
  readonly road: 'pull' | 'push';
  readonly state: DeliveryState;
  readonly format?: string;
  readonly nodeId?: string;
  readonly queuedAt: number;
  /** When the next attempt is due (push). */
  readonly dueAt?: number;
  readonly expiresAt?: number;
  /** Most not-final deliveries of this format the mailbox may hold; absent = exempt. */
  readonly capacity?: number;
  /** Why it is final from the start, operator's words. */
  readonly cause?: string;
  /**
   * Id of the delivery of the same message to the same recipient it is made instead of. Conflict `moved` where that one is
   * neither failed nor not-accepted nor expired, or was replayed before: of one delivery there is one replay, ever.
   */
  readonly replays?: number;
}

export interface StoredDelivery extends Omit<NewDelivery, 'capacity'> {
  readonly id: number;
  readonly attempts: number;
  readonly leasedUntil?: number;
  readonly pollDigest?: Uint8Array;
  /** The last problem, operator's words. */
  readonly cause?: string;
}

/** Compare-and-set on a delivery: written only if its state is in `from` (and, when given, its attempts equal). */
export interface Move {
  readonly delivery: number;
  readonly from: readonly DeliveryState[];
  readonly to: DeliveryState;
  readonly ifAttempts?: number;
  readonly attempts?: number;
  readonly leasedUntil?: number;
  readonly dueAt?: number;
  readonly pollDigest?: Uint8Array;
  readonly cause?: string;
}

export interface NewLeaf {
  /** The leaf as it is hashed (journal/leaf). */
  readonly bytes: Uint8Array;
  /** Salt and hidden fields, sealed; wrapped key beside it. */
  readonly opening: Uint8Array;
  readonly kind: string;
  readonly time: number;
  readonly messageId?: string;
  readonly exchange?: string;
}

export interface StoredRecord extends NewLeaf {
  readonly index: number;
}

export interface StoredCheckpoint {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
}

export interface MailboxPoll {
  readonly recipient: string;
  readonly mailbox: Mailbox;
  /** `{ns}local`, or absent for no type filter. */
  readonly format?: string;
  readonly nodeId?: string;
  readonly now: number;
  readonly except: readonly number[];
}

export interface DeliveryFilter {
  readonly states: readonly DeliveryState[];
  readonly before?: number;
  readonly limit: number;
  readonly recipient?: string;
  /** Bounds of `queuedAt`: from, inclusive; to, exclusive. */
  readonly from?: number;
  readonly to?: number;
}

/** A replay plan; what stands in it is the delivery room's affair. */
export interface StoredPlan {
  readonly id: string;
  /** From 1, by one with every change. */
  readonly revision: number;
  readonly json: string;
}

export interface ExchangeFilter {
  readonly before?: number;
  readonly limit: number;
  readonly participant?: string;
  readonly format?: string;
  /** Part of the text of its purpose (`meta.purpose`), of whatever case. */
  readonly purpose?: string;
  /** The whole text of its purpose, letter by letter: an index answers. */
  readonly purposeIs?: string;
  /** Requests without their answer, which was due by this instant (`meta.answerBy`, RFC 3339 UTC). */
  readonly overdueAt?: number;
  readonly state?: DeliveryState;
  readonly from?: number;
  readonly to?: number;
}
