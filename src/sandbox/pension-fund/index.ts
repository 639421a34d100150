/**
 * A twin of the Pension Fund for the sandbox: insurance accounts, work and payments of synthetic people; own SQLite file.
 * May import: sandbox/people, sandbox/service; it is reached over HTTP only.
 * Start at start-fund.ts; the JSON it speaks is in api.ts.
 */
export type { FundAnswer } from './api.js';
export { type FundOptions, type RunningFund, startFund } from './start-fund.js';
