/**
 * Who is who: participants, certificates, rights and routes, as one immutable hashed snapshot.
 * May import: xml, ports, faults, message. Start at Snapshot (snapshot.ts); Directory answers the pipeline's questions.
 */
export * from './directory.js';
export * from './renewal.js';
export * from './sandbox-snapshot.js';
export * from './snapshot.js';
