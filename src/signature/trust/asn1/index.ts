/**
 * Bytes of certificates, revocation lists and OCSP responses ⇄ records the path validation reads; refuses, never throws.
 * May import: the ASN.1 library and node:crypto, nothing of the gateway. Start at readCertificate (certificate.ts).
 */
export * from './certificate.js';
export * from './crl.js';
export * from './distribution-point.js';
export * from './names.js';
export * from './ocsp.js';
export * from './pem.js';
export * from './signed.js';
export * from './subtree.js';
export * from './unreadable.js';
