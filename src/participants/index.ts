/**
 * Who is who: participants, certificates, rights and routes, as one immutable hashed snapshot.
 * May import: xml, ports, faults, message. Start at Snapshot (snapshot.ts); Directory answers the pipeline's questions; changes/
 * makes the next snapshot.
 */
export * from './changes/index.js';
export * from './configuration.js';
export * from './directory.js';
export * from './in-words.js';
export * from './judge-snapshot.js';
export * from './read-parts.js';
export * from './renewal.js';
export * from './sandbox-snapshot.js';
export * from './seed.js';
export * from './snapshot.js';
export * from './snapshot-difference.js';
export * from './takes-away.js';
