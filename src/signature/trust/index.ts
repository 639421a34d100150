/**
 * Whether a certificate may be trusted now: paths to the roots of the environment, their rules, revocation.
 * May import: node:crypto and the ASN.1 library below asn1/. Start at TrustStore (trust-store.ts), then path-validator.ts.
 */
export {
  type Certificate,
  type DistinguishedName,
  derBlocksOf,
  isUnreadable,
  readCertificate,
  readName,
  type Signed,
  type Unreadable,
} from './asn1/index.js';
export * from './expiry-warnings.js';
export { answersNonce } from './ocsp-revocation.js';
export type { RejectedFile, TrustFile, TrustMaterial } from './registry.js';
export * from './trust-store.js';
export * from './verdict.js';
export * from './verify-signed-by.js';
