/**
 * Signature X-ray: everything there is to see about a refused signature, and which known mistake explains it.
 * May import: the rest of signature, xml, ports, faults. Start at xRay (x-ray.ts), then explain-digest.ts.
 */
export type { Departure } from './departure.js';
export type { Shown, ShownCertificate, Words, XRay } from './film.js';
export { MISTAKE_CODES, type Mistake, type MistakeCode } from './mistakes.js';
export { type TransformMistakes, variantTransform } from './variant-transform.js';
export { type XRayQuestion, xRay } from './x-ray.js';
