import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import type { KeyVault, WrappedKey } from '../ports/index.js';
import { freshBytes } from './fresh-bytes.js';

/**
 * AES-256-GCM with a random 96-bit nonce: nonce(12) || ciphertext || tag(16). What is sealed stands under a random
 * key of its own, and that key, wrapped, under an epoch key of the vault: destroying the wrapped key erases one
 * thing, destroying the epoch key erases whatever was not wrapped anew. One epoch key may wrap 2^32 keys at most.
 */

export const KEY_SIZE = 32;
export const NONCE_SIZE = 12;
export const TAG_SIZE = 16;
export const SEAL_OVERHEAD = NONCE_SIZE + TAG_SIZE;
const WRAPPED_SIZE = KEY_SIZE + SEAL_OVERHEAD;

/** What a wrapped key is for; authenticated, so that a key of one kind is never taken for another. */
export type SealPurpose = 'body' | 'opening' | 'person-index';

/** Why sealed bytes do not open: the key was destroyed, or they are not what was sealed. */
export type Unopened = 'erased' | 'damaged';

/**
 * Seals under a key; the pieces of the result in order. The nonce is 12 random bytes used nowhere else.
 * A KeyObject costs a third of what raw key bytes cost createCipheriv.
 */
export function seal(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array, aad: Uint8Array): Uint8Array[] {
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), nonce);
  cipher.setAAD(aad);
  const body = cipher.update(plain);
  cipher.final();
  return [nonce, body, cipher.getAuthTag()];
}

/** Undefined when key, nonce, bytes or associated data are not those of the sealing. */
export function unseal(key: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Buffer | undefined {
  if (key.length !== KEY_SIZE || sealed.length < SEAL_OVERHEAD) return undefined;
  const nonce = sealed.subarray(0, NONCE_SIZE);
  const decipher = createDecipheriv('aes-256-gcm', createSecretKey(key), nonce, { authTagLength: TAG_SIZE });
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_SIZE));
  const plain = decipher.update(sealed.subarray(NONCE_SIZE, sealed.length - TAG_SIZE));
  try {
    decipher.final();
    return plain;
  } catch {
    return undefined;
  }
}

/** Wraps a segment key under the epoch in force; bound to purpose, epoch and slot. */
export function wrapKey(
  purpose: SealPurpose,
  slot: number,
  key: Uint8Array,
  nonce: Uint8Array,
  epoch: { id: number; key: Buffer },
): WrappedKey {
  return {
    slot,
    epoch: epoch.id,
    wrapped: Buffer.concat(seal(epoch.key, nonce, key, wrapAad(purpose, epoch.id, slot))),
  };
}

export function unwrapKey(purpose: SealPurpose, key: WrappedKey, vault: KeyVault): Buffer | Unopened {
  const epochKey = vault.epoch(key.epoch);
  if (epochKey === undefined) return 'erased';
  return unseal(epochKey, key.wrapped, wrapAad(purpose, key.epoch, key.slot)) ?? 'damaged';
}

const BLOB_VERSION = 1;
const BLOB_HEAD = 1 + 4 + WRAPPED_SIZE;

/**
 * One value sealed with its wrapped key in front: version(1) || epoch(4, big-endian) || wrapped key(60) || sealed value.
 * The epoch's change rewrites the first 65 bytes and leaves the rest.
 */
export function sealBlob(purpose: SealPurpose, plain: Uint8Array, bound: Uint8Array, vault: KeyVault): Buffer {
  const epoch = vault.currentEpoch();
  const random = freshBytes(KEY_SIZE + 2 * NONCE_SIZE);
  const key = random.subarray(0, KEY_SIZE);
  const wrapNonce = random.subarray(KEY_SIZE, KEY_SIZE + NONCE_SIZE);
  const wrapped = wrapKey(purpose, 0, key, wrapNonce, epoch).wrapped;
  const head = Buffer.alloc(5, BLOB_VERSION);
  head.writeUInt32BE(epoch.id, 1);
  return Buffer.concat([
    head,
    wrapped,
    ...seal(key, random.subarray(KEY_SIZE + NONCE_SIZE), plain, blobAad(purpose, bound)),
  ]);
}

export function openBlob(
  purpose: SealPurpose,
  blob: Uint8Array,
  bound: Uint8Array,
  vault: KeyVault,
): Buffer | Unopened {
  const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.length);
  if (bytes.length < BLOB_HEAD + SEAL_OVERHEAD || bytes[0] !== BLOB_VERSION) return 'damaged';
  const wrapped: WrappedKey = { slot: 0, epoch: bytes.readUInt32BE(1), wrapped: bytes.subarray(5, BLOB_HEAD) };
  const key = unwrapKey(purpose, wrapped, vault);
  return typeof key === 'string' ? key : (unseal(key, bytes.subarray(BLOB_HEAD), blobAad(purpose, bound)) ?? 'damaged');
}

function wrapAad(purpose: SealPurpose, epoch: number, slot: number): Buffer {
  return Buffer.from(`smev-gateway/key/1\n${purpose}\n${epoch}\n${slot}\n`);
}

function blobAad(purpose: SealPurpose, bound: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`smev-gateway/sealed/1\n${purpose}\n`), bound]);
}
