/**
 * Detached PKCS#7 (CMS) signatures over attachments: reading and checking.
 * May import: the rest of signature, ports, the BER library. Start at refusalOfDetached (verify-detached.ts).
 */
export * from './verify-detached.js';
