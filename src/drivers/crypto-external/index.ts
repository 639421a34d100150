/**
 * Driver of CryptoProvider for keys this process never holds: a child process (the signing command) signs, CryptoPro's tools
 * or a PKCS#11 token behind it. Protocol: docs/external-keys.md; reasons: docs/adr/0008-keys-outside-the-process.md.
 * May import: ports. Start at withExternalKeys (external-provider.ts), then SigningCommand (signing-command.ts).
 */
export * from './external-provider.js';
export type { AskSignature, SignatureAnswer, SignatureRequest } from './protocol.js';
export * from './signing-command.js';
