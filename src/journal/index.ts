/**
 * The audit journal as pure functions on bytes: leaves, tree, checkpoints, receipts, sealed bodies, verification.
 * May import: ports, message, faults, xml. Keeps no state and does no I/O but for the guard file and the verifier's reading.
 * Start at leaf.ts (what a record is), then sequence.ts (how it enters the log), then verify/verify-log.ts (how it is checked).
 */
export {
  type Checkpoint,
  type OtherKeys,
  parseCheckpoint,
  parseNote,
  type SignedNote,
  signCheckpoint,
  verifyNote,
  vkeyOf,
  type Wrong,
} from './checkpoint.js';
export type { PersonSpan } from './container/person-spans.js';
export { type BodyPart, type OpenedPart, openBody, type SealedBody, sealBody } from './container.js';
export { GostCheckpoint, gostKeys, gostVkeyOf } from './gost-line.js';
export * from './guard.js';
export * from './leaf.js';
export * from './person-index.js';
export * from './receipt.js';
export * from './sequence.js';
export * from './tiles.js';
export * from './tree.js';
export * from './tree-proof.js';
export type { LogSource, SourceDamage } from './verify/log-source.js';
export { tileDirectorySource } from './verify/tile-directory.js';
export * from './verify/verify-log.js';
