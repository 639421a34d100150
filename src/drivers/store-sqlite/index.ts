/**
 * Driver of Store on node:sqlite: one writer thread owns the only writing connection, everyone else reads.
 * May import: ports, message, faults. Start at open-sqlite-store.ts, then group.ts (one durable transaction) and apply-commit.ts (one piece of work in it).
 */
export * from './lock-data-folder.js';
export * from './open-read-only.js';
export * from './open-sqlite-store.js';
export * from './open-whole.js';
