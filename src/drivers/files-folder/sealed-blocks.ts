import { createCipheriv, createDecipheriv, createSecretKey, hash, type KeyObject, randomBytes } from 'node:crypto';
import type { KeyVault } from '../../ports/index.js';

/**
 * A sealed file: head (512 bytes) || blocks. Head: magic(8) || epoch(4, big-endian) || file key wrapped under the epoch (60) ||
 * length of the sealed name(2) || sealed name || zeros. Each block seals 65,536 bytes, the last one what is left, as
 * nonce(12) || AES-256-GCM || tag(16), bound to uuid and number: blocks can be neither moved, nor left out before the last,
 * nor taken from another file. The last block is written again when the file grows, under a new nonce.
 */
export const HEAD_SIZE = 512;
export const BLOCK = 65_536;
const NONCE = 12;
const TAG = 16;
export const OVERHEAD = NONCE + TAG;
export const SEALED_BLOCK = BLOCK + OVERHEAD;
const MAGIC = Buffer.from('smevfil1');
const KEY = 32;
const WRAPPED = KEY + OVERHEAD;
const NAME_AT = 8 + 4 + WRAPPED;

export interface FileHead {
  readonly key: KeyObject;
  readonly name: string;
  /** Tells this file from any other that ever lay at its place: of the sealed name, whose nonce is random. */
  readonly mark: string;
}

/** A new file's head and its key. */
export function makeHead(uuid: string, name: string, vault: KeyVault): FileHead & { readonly head: Buffer } {
  const raw = randomBytes(KEY);
  const epoch = vault.currentEpoch();
  const key = createSecretKey(raw);
  const head = Buffer.alloc(HEAD_SIZE);
  MAGIC.copy(head);
  head.writeUInt32BE(epoch.id, 8);
  Buffer.concat(seal(createSecretKey(epoch.key), raw, `key\n${epoch.id}\n${uuid}`)).copy(head, 12);
  const sealedName = Buffer.concat(seal(key, Buffer.from(name), `name\n${uuid}`));
  head.writeUInt16BE(sealedName.length, NAME_AT);
  sealedName.copy(head, NAME_AT + 2);
  return { head, key, name, mark: markOf(sealedName) };
}

/** Undefined where it is no head of this file, or the epoch's key was destroyed. */
export function readHead(uuid: string, head: Buffer, vault: KeyVault): FileHead | undefined {
  if (head.length < HEAD_SIZE || !head.subarray(0, 8).equals(MAGIC)) return undefined;
  const epoch = head.readUInt32BE(8);
  const epochKey = vault.epoch(epoch);
  const raw = epochKey && unseal(createSecretKey(epochKey), head.subarray(12, NAME_AT), `key\n${epoch}\n${uuid}`);
  if (raw === undefined) return undefined;
  const key = createSecretKey(raw);
  const end = NAME_AT + 2 + head.readUInt16BE(NAME_AT);
  const sealedName = head.subarray(NAME_AT + 2, end);
  const name = unseal(key, sealedName, `name\n${uuid}`);
  return name && { key, name: name.toString(), mark: markOf(sealedName) };
}

function markOf(sealedName: Uint8Array): string {
  return hash('sha256', sealedName, 'base64');
}

export function sealBlock(key: KeyObject, uuid: string, number: number, plain: Uint8Array): Buffer[] {
  return seal(key, plain, `block\n${uuid}\n${number}`);
}

export function openBlock(key: KeyObject, uuid: string, number: number, sealed: Uint8Array): Buffer | undefined {
  return unseal(key, sealed, `block\n${uuid}\n${number}`);
}

/** Bytes of plain text in a file of this length, if its last block is whole. */
export function plainSize(length: number): number {
  const blocks = Math.max(0, length - HEAD_SIZE);
  const rest = blocks % SEALED_BLOCK;
  return Math.floor(blocks / SEALED_BLOCK) * BLOCK + Math.max(0, rest - OVERHEAD);
}

export function placeOf(block: number): number {
  return HEAD_SIZE + block * SEALED_BLOCK;
}

/** In order: nonce, octets, tag. */
function seal(key: KeyObject, plain: Uint8Array, bound: string): Buffer[] {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(`smev-gateway/file/1\n${bound}`));
  const body = cipher.update(plain);
  cipher.final();
  return [nonce, body, cipher.getAuthTag()];
}

function unseal(key: KeyObject, sealed: Uint8Array, bound: string): Buffer | undefined {
  if (sealed.length < OVERHEAD) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(`smev-gateway/file/1\n${bound}`));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  const plain = decipher.update(sealed.subarray(NONCE, sealed.length - TAG));
  try {
    decipher.final();
    return plain;
  } catch {
    return undefined;
  }
}
