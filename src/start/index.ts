/**
 * What the composition roots are put together from: keys, trust, snapshot, guard, listening. Part of the roots, no room of its own.
 * May import: everything, as the roots may; imported by the files directly in src and by src/cli only.
 * Start at src/gateway.ts, which calls these in order.
 */
export * from './crypto-providers.js';
export { StartRefused } from './start-refused.js';
