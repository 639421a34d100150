import type { KeyObject } from 'node:crypto';

/**
 * Digests and signatures by algorithm URI. `supports*` answer without throwing; the others are called only for
 * supported URIs. `digest` and `verify` are pure and run on the calling thread; `sign` may leave it (PKCS#11,
 * a signing command), so it is a promise. Nobody retries: a failed `sign` fails the message with SMEVFailure.
 */
export interface CryptoProvider {
  supportsDigest(uri: string): boolean;
  supportsSignature(uri: string): boolean;
  digest(uri: string, bytes: Uint8Array): Buffer;
  /** False for a wrong signature AND for a key whose type or size does not fit the algorithm. Signature bytes as in XMLDSig (ECDSA raw r‖s). */
  verify(uri: string, key: KeyObject, bytes: Uint8Array, signature: Uint8Array): boolean;
  sign(uri: string, key: SigningKey, bytes: Uint8Array): Promise<Buffer>;
}

/** A private key the provider can use; file keys carry the KeyObject, external ones a reference. */
export interface SigningKey {
  readonly key?: KeyObject;
  readonly reference?: string;
}
