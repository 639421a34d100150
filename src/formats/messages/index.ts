/**
 * What libxml2 says about a document, retold to its sender in Russian and English, with places in the sender's own document.
 * May import: the element view, edit distance, the schema model, message. Start at `judge-thoroughly.ts` (what is judged), then `describe.ts` (how it is told).
 */
export type { Placed } from './complaint.js';
export { describeAll } from './describe.js';
export { type ContentOf, expectedContent } from './expected-content.js';
export { judgeThoroughly, type RawMessage } from './judge-thoroughly.js';
