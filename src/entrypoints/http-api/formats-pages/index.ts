/**
 * The catalogue of formats as pages: `/formats/…`, and the same as JSON.
 * May import: formats, express, the parts of this room. Start at routes.ts; one file a page, words.ts in both languages.
 */
export { formatPages } from './routes.js';
