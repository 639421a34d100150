/**
 * Drivers of CryptoProvider on node:crypto (OpenSSL): RSA and ECDSA always, GOST where OpenSSL's gost engine is installed.
 * May import: ports. Start at createCryptoProvider (rsa-ecdsa.ts) and createGostEngineProvider (gost-engine.ts).
 */
export * from './gost-engine.js';
export * from './rsa-ecdsa.js';
