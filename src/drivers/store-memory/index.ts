/**
 * Driver of Store in memory, for tests: the same answers as SQLite, and a misuse of the contract fails the test.
 * May import: ports, message, faults. Start at memory-store.ts, then misuse.ts (what is forbidden).
 */
export * from './memory-store.js';
