/**
 * What changed between two versions of a format, in words, judged for those who send it.
 * May import: the schema model, samples' facets, words of this room. Start at format-difference.ts, then compare-types.ts.
 */
export type { Change, ChangeKind, Judgement } from './change.js';
export { type Difference, formatDifference, type NoSchema } from './format-difference.js';
