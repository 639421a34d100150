/**
 * The order of a message's life: inbound.ts and outbound.ts are the tables to read; stages/ holds one check a file.
 * May import: every room below (xml, signature, envelope, formats, participants, journal, delivery, ports, faults, message).
 * Start at inbound.ts, then reception.ts (what the main thread does with a verdict) and mailboxes.ts.
 */
export * from './answer-watch.js';
export * from './answers.js';
export * from './catalogues.js';
export * from './file-access.js';
export * from './file-desk.js';
export * from './file-expiry.js';
export * from './in-force.js';
export * from './judge.js';
export * from './late-checks.js';
export * from './mailboxes.js';
export * from './mark-use.js';
export * from './outbound.js';
export * from './outcome.js';
export * from './outcome-unknown.js';
export * from './partner-gates.js';
export type { PollHorizon } from './poll-memory.js';
export * from './preflight.js';
export * from './publications.js';
export * from './quotas.js';
export * from './reception.js';
export * from './refusal-counter.js';
export * from './renewals.js';
export * from './replays/index.js';
export * from './run-job.js';
export { timeOf } from './signature-x-ray.js';
export * from './sweeper.js';
export * from './trust-report.js';
export * from './unusual-use.js';
export type { UpgradeReport } from './upgrade-document.js';
export * from './world.js';
