/**
 * What a sandbox partner is made of: an HTTP service with JSON on the loopback, and the script by which it is slow, silent or wrong.
 * May import: nothing. Sandbox partners may import it.
 * Start at start-service.ts; what can be scripted is told in script.ts.
 */
export { emptied, inTransaction, openDatabase } from './database.js';
export type { Asked, Manner, Reply } from './reply.js';
export { type Plan, played, type Rule, resetReply, Script, scriptReply } from './script.js';
export { type RunningService, type ServiceOptions, startService } from './start-service.js';
