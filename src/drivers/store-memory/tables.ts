import type { DeliveryState } from '../../message/index.js';
import type {
  NewBody,
  StoredCheckpoint,
  StoredDelivery,
  StoredMessage,
  StoredPlan,
  StoredRecord,
  TreeEdge,
} from '../../ports/index.js';

/** Everything the store holds. Rows are frozen and replaced, never changed. */
export interface Tables {
  readonly messages: Map<string, StoredMessage>;
  readonly bodies: Map<string, NewBody>;
  /** Index = id − 1. */
  readonly deliveries: StoredDelivery[];
  readonly records: StoredRecord[];
  /** `level/position` → hash. */
  readonly hashes: Map<string, Uint8Array>;
  readonly persons: { label: Uint8Array; sealed: Uint8Array }[];
  /** Oldest first; the last is in force. */
  readonly snapshots: { hash: string; json: string; revoked: boolean }[];
  readonly artefacts: Map<string, Uint8Array>;
  /** In the order they were made. */
  readonly plans: Map<string, StoredPlan>;
  edge: TreeEdge;
  checkpoint: StoredCheckpoint | undefined;
}

export function emptyTables(): Tables {
  return {
    messages: new Map(),
    bodies: new Map(),
    deliveries: [],
    records: [],
    hashes: new Map(),
    persons: [],
    snapshots: [],
    artefacts: new Map(),
    plans: new Map(),
    edge: { size: 0, hashes: [] },
    checkpoint: undefined,
  };
}

const SETTLED: readonly DeliveryState[] = ['delivered', 'not-accepted', 'failed', 'refused', 'expired', 'cancelled'];

export function isSettled(state: DeliveryState): boolean {
  return SETTLED.includes(state);
}

/** A copy that shares nothing with the caller's data and that nobody can change by accident (its bytes excepted). */
export function keep<T>(value: T): T {
  return freeze(structuredClone(value));
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
}
