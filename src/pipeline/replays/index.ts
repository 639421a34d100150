/**
 * What an operator does with deliveries that ended badly: single words, failure groups, replay plans and their run.
 * May import: what pipeline may. Start at replays.ts (the verbs), then run-plans.ts (the run on the server).
 */
export * from './failure-groups.js';
export * from './judge-delivery.js';
export * from './operator-word.js';
export type { PlanDone } from './plan-book.js';
export * from './plan-report.js';
export * from './replays.js';
export * from './run-plans.js';
export type { TodaysVerdict } from './todays-verdict.js';
