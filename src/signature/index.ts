/**
 * The XMLDSig profile of SMEV 3: one detached signature, one reference, fixed transforms, keys from the registry only.
 * May import: xml, ports, faults, message. Start at verifySignature (verify.ts) and signElement (sign.ts); trust is below trust/.
 */
export * from './algorithms.js';
export * from './certificate-keys.js';
export * from './certificates.js';
export * from './cms/index.js';
export * from './profile.js';
export * from './read-signature.js';
export * from './sign.js';
export * from './signature-name.js';
export * from './trust/index.js';
export * from './verify.js';
export * from './x-ray/index.js';
