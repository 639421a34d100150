/**
 * Replays as pure data: groups of failures, verdicts of a dry run, the state machine of a plan.
 * May import: ports, faults, message. Start at plan.ts; pipeline/replays does what is decided here.
 */
export * from './failure-group.js';
export * from './frozen-set.js';
export * from './plan.js';
export * from './plan-step.js';
export * from './verdict.js';
