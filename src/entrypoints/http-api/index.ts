/**
 * Everything over HTTP but SOAP, on Express: the JSON API, the journal's tiles and receipts, health, certificates.
 * May import: pipeline and the rooms below it. Start at createApi; one file a group of paths.
 */
export { createApi } from './api.js';
export type { ApiParts } from './api-parts.js';
