/**
 * What libxml2 says about a document, retold to its sender in Russian and English, with places in the sender's own document.
 * May import: the element view, edit distance, message. Start at `mend.ts` (what is judged), then `describe.ts` (how it is told).
 */
export { describeAll } from './describe.js';
export { judgeThoroughly, type Placed, type RawMessage } from './mend.js';
