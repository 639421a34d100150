import type { LevelHash, TreeEdge } from './sequencer.js';
import type { StoredBody, StoredCheckpoint, StoredDelivery, StoredMessage, StoredPlan, StoredRecord } from './store.js';

/**
 * A store as rows, whole: what moving it to another driver carries. Whoever adds to a driver's schema what a restart
 * must find again adds it here; a copy refuses a database with a table or a column it does not know.
 */
export interface StoreRows {
  readonly snapshot: {
    readonly order: number;
    readonly hash: string;
    readonly json: string;
    readonly revoked: boolean;
  };
  readonly artefact: { readonly hash: string; readonly bytes: Uint8Array };
  readonly plan: StoredPlan & { readonly order: number };
  readonly leaf: StoredRecord;
  readonly hash: LevelHash;
  /** `request` is the `order` of the request that began the exchange. */
  readonly message: StoredMessage & { readonly request: number };
  readonly body: StoredBody;
  /** `request` as in its message, `exchange` the MessageID of that request. */
  readonly delivery: StoredDelivery & { readonly request: number; readonly exchange: string };
  readonly person: { readonly order: number; readonly label: Uint8Array; readonly sealed: Uint8Array };
}

export type StoreTable = keyof StoreRows;

/** In the order they are copied: what a row refers to comes before it. */
export const STORE_TABLES = [
  'snapshot',
  'artefact',
  'plan',
  'leaf',
  'hash',
  'message',
  'body',
  'delivery',
  'person',
] as const satisfies readonly StoreTable[];

/** A body without its container: what is compared of all where containers are only sampled. */
export type BodyHead = Omit<StoredBody, 'container'>;

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Where the next page begins; absent after the last. */
  readonly next?: string;
}

export interface StoredTree extends StoredCheckpoint {
  readonly edge: TreeEdge;
}

/** Deliveries not yet final and those a poll may take or has taken, as the store counts them. */
export interface Counters {
  readonly unsettled: number;
  readonly pending: number;
}

/** A store nobody writes to, read whole. A page holds a bounded number of rows and bytes, in the same order every time. */
export interface StoreExport {
  /** Tables and columns of it that no copy carries; empty where it may be copied. */
  unknown(): Promise<readonly string[]>;
  counts(): Promise<Readonly<Record<StoreTable, number>>>;
  page<T extends StoreTable>(table: T, after?: string): Promise<Page<StoreRows[T]>>;
  bodyHeads(after?: string): Promise<Page<BodyHead>>;
  body(bodyId: string): Promise<StoredBody | undefined>;
  /** Undefined for a journal without records. */
  tree(): Promise<StoredTree | undefined>;
  counters(): Promise<Counters>;
  leaves(from: number, to: number): Promise<readonly Uint8Array[]>;
  hashes(level: number, from: number, to: number): Promise<readonly Uint8Array[]>;
  close(): Promise<void>;
}

/** What an unfinished copy remembers in the store it fills. */
export interface CopyProgress {
  /** Verifier key of the journal, and the head of the source when the copy began. */
  readonly vkey: string;
  readonly size: number;
  readonly root: string;
  /** Where each table's next page begins; null when the table is done. */
  readonly cursors: Readonly<Partial<Record<StoreTable, string | null>>>;
  /** Counters, sequences and the tree's head are there too: only the verification is left. */
  readonly whole: boolean;
}

/** What stands in a store that is to be filled. */
export type Standing =
  | { readonly kind: 'empty' }
  | { readonly kind: 'unfinished'; readonly progress: CopyProgress }
  /** Somebody's store; the tree where it has a journal. */
  | { readonly kind: 'used'; readonly tree?: StoredTree };

/**
 * A store being filled. From `begin` until `release` no gateway starts on it. Each call is one durable transaction: a
 * crash leaves the pages written before, and `progress` that knows them.
 */
export interface StoreImport extends StoreExport {
  standing(): Promise<Standing>;
  begin(progress: CopyProgress): Promise<void>;
  write<T extends StoreTable>(table: T, rows: readonly StoreRows[T][], progress: CopyProgress): Promise<void>;
  /** Counters from the deliveries, where numbering goes on, the head of the tree. */
  complete(tree: StoredTree, progress: CopyProgress): Promise<void>;
  /** Takes back everything an unfinished copy wrote. */
  undo(): Promise<void>;
  /** The copy is verified: gateways may start. */
  release(): Promise<void>;
}
