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
  /** The same digest over pieces, for what is not held whole; called for supported URIs only. */
  startDigest(uri: string): RunningDigest;
  /** A certificate's key (DER SubjectPublicKeyInfo); undefined where nothing here can use it. Costs several verifications: callers keep it. */
  importPublicKey(spki: Uint8Array): VerificationKey | undefined;
  /** The key of an unencrypted PKCS#8 PEM; undefined where nothing here can use it. */
  importPrivateKey(pem: string): SigningKey | undefined;
  /** False for a wrong signature AND for a key whose type or size does not fit the algorithm. Signature bytes as in XMLDSig (ECDSA raw r‖s). */
  verify(uri: string, key: VerificationKey, bytes: Uint8Array, signature: Uint8Array): boolean;
  sign(uri: string, key: SigningKey, bytes: Uint8Array): Promise<Buffer>;
}

/** Takes pieces in their order; `digest` ends it. */
export interface RunningDigest {
  update(bytes: Uint8Array): void;
  digest(): Buffer;
}

/** A key in a form that only the provider that imported it understands: node:crypto has none for GOST. */
export interface OpaqueKey {
  /** Object identifier of the key's algorithm, as SubjectPublicKeyInfo names it. */
  readonly algorithm: string;
}

/** A public key to verify with: node:crypto's, or the provider's own. */
export type VerificationKey = KeyObject | OpaqueKey;

/**
 * A private key the provider can use. File keys carry it; external ones carry a reference and, in `key`, the public key of
 * their certificate, under which every signature from outside is verified before it is used.
 */
export interface SigningKey {
  readonly key?: KeyObject | OpaqueKey;
  readonly reference?: string;
}
