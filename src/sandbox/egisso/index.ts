/**
 * A twin of the EGISSO registry for the sandbox: bodies, local measures, facts of assignment with their history, statements; own SQLite file.
 * May import: sandbox/service; it is reached over HTTP only.
 * Start at start-registry.ts; the JSON it speaks is in api.ts.
 */
export { type RegistryOptions, type RunningRegistry, startRegistry } from './start-registry.js';
