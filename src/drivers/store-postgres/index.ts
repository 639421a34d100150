/**
 * Driver of Store on PostgreSQL, for any number of processes: each commits in batches, one elected process numbers the journal.
 * May import: ports, message, faults. Start at open-postgres-store.ts, then write-batch.ts (one durable transaction), judge-work.ts
 * (one piece of work in it), log-keeper.ts and number-leaves.ts (places in the log). docs/adr/0013-one-elected-sequencer.md says why.
 */

export { DatabaseRefused } from './migrate.js';
export * from './open-postgres-store.js';
export { openReadOnly, type ReadOnlyStore } from './open-read-only.js';
export { openWhole, type WholeStore } from './open-whole.js';
