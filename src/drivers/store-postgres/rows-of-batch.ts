import type { DeliveryState } from '../../message/index.js';
import type { NewBody, NewDelivery, NewLeaf, NewMessage, StoredPlan } from '../../ports/index.js';

/** What one batch of commits writes, judged and numbered already: plain rows, table by table. */
export interface BatchRows {
  readonly messages: (NewMessage & { readonly id: number; readonly request: number; readonly leaf: number })[];
  readonly bodies: NewBody[];
  readonly deliveries: (NewDelivery & {
    readonly id: number;
    readonly request: number;
    readonly requestMonth: number;
  })[];
  readonly leaves: (NewLeaf & { readonly id: number })[];
  readonly persons: { readonly label: Uint8Array; readonly sealed: Uint8Array }[];
  readonly artefacts: { readonly hash: string; readonly bytes: Uint8Array }[];
  readonly snapshots: { readonly hash: string; readonly json: string; readonly revokes: readonly string[] }[];
  /** `isNew`: no row of it stood before the batch. */
  readonly plans: Map<string, StoredPlan & { readonly isNew: boolean }>;
  /** MessageID of a request → the response that closes it, or null to open it again. */
  readonly closed: Map<string, string | null>;
  /** Parts of answers that are taken back: they close nothing any more. */
  readonly reopenedParts: string[];
  /** Deliveries that exist, as they stand after the batch. */
  readonly moved: Map<number, DeliveryRow>;
  /** Changes of the counters, by `keyOf`. */
  readonly depths: Map<string, number>;
  readonly pendings: Map<string, number>;
  forgetKeptUntil?: number;
}

export interface DeliveryRow {
  readonly id: number;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly road: NewDelivery['road'];
  readonly recipient: string;
  readonly mailbox: string;
  readonly node_id: string;
  readonly format: string;
  readonly leased_until: number | null;
  readonly due_at: number | null;
  readonly poll_digest: Uint8Array | null;
  readonly cause: string | null;
}

export interface MessageRow {
  readonly id: number;
  readonly request: number;
  readonly exchange: string;
  readonly closed_by: string | null;
  readonly sender: string;
  readonly closes: string | null;
}

export function emptyRows(): BatchRows {
  return {
    messages: [],
    bodies: [],
    deliveries: [],
    leaves: [],
    persons: [],
    artefacts: [],
    snapshots: [],
    plans: new Map(),
    closed: new Map(),
    reopenedParts: [],
    moved: new Map(),
    depths: new Map(),
    pendings: new Map(),
  };
}

/** One counter's name: its columns in the order of its primary key. */
export function keyOf(...columns: readonly string[]): string {
  return columns.join('\u0000');
}

export function columnsOf(key: string): string[] {
  return key.split('\u0000');
}

export function count(counters: Map<string, number>, key: string, change: number): void {
  if (change !== 0) counters.set(key, (counters.get(key) ?? 0) + change);
}

/** What the column `closes` says of an answer. */
export function closesText(closes: NewMessage['closes']): string | null {
  if (closes === undefined) return null;
  return closes === 'part' ? 'part' : closes ? 'yes' : 'no';
}
