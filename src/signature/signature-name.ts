import { SIGNATURES } from './algorithms.js';
import type { ReadSignature } from './read-signature.js';

/**
 * Octets that name a signature and that nobody but its maker can change while it still verifies. Whoever holds an ECDSA
 * (r, s) can write (r, n − s), which verifies as well (SEC 1 §4.1.4): r alone names it, as no two signatures share one.
 */
export function nameOfSignature({ signatureMethod, signatureValue }: ReadSignature): Buffer {
  const isEcdsa = signatureMethod === SIGNATURES.ecdsaSha256 || signatureMethod === SIGNATURES.ecdsaSha384;
  return isEcdsa ? signatureValue.subarray(0, signatureValue.length / 2) : signatureValue;
}
