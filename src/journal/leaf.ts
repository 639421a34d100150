import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { HiddenFields, JournalRecord } from '../message/index.js';
import type { KeyVault, NewLeaf } from '../ports/index.js';
import { freshBytes } from './fresh-bytes.js';
import { openBlob, sealBlob, type Unopened } from './seal.js';
import { MAX_LEAF_SIZE } from './tiles.js';

/**
 * A leaf is canonical JSON (RFC 8785): {v: 1, kind, time, …clear fields…, commitment}. The hidden fields stand only
 * in the commitment, base64 of SHA-256("smev-gateway/leaf/1\n" || salt(32) || canonical JSON of hidden): without the
 * salt nobody can guess them, and with salt and fields anybody can check them. Every leaf has a commitment, to {} when
 * nothing is hidden, so that its presence tells nothing.
 */

const COMMITMENT_PREFIX = Buffer.from('smev-gateway/leaf/1\n');
const SALT_SIZE = 32;

/** The clear part of a record as it is hashed. Readers tolerate kinds and fields they do not know. */
export interface LeafFields extends Omit<JournalRecord, 'hidden'> {
  readonly v: 1;
  readonly commitment: string;
}

export interface OpenedLeaf {
  readonly fields: LeafFields;
  readonly salt: Buffer;
  readonly hidden: HiddenFields;
}

/**
 * The leaf of an event and its sealed opening. Throws RangeError when the leaf is longer than 65,535 bytes or a field
 * is not well-formed Unicode: whoever puts a stranger's text into a record bounds it first.
 */
export function sealLeaf(record: JournalRecord, vault: KeyVault): { leaf: NewLeaf; salt: Buffer } {
  const { hidden = {}, ...clear } = record;
  const salt = freshBytes(SALT_SIZE);
  const hiddenJson = canonical(hidden);
  const bytes = canonical({ v: 1, ...clear, commitment: commitmentOf(salt, hiddenJson) });
  if (bytes.length > MAX_LEAF_SIZE)
    throw new RangeError(`a leaf of ${bytes.length} bytes; the log takes ${MAX_LEAF_SIZE}`);
  const opening = sealBlob('opening', Buffer.concat([salt, hiddenJson]), leafBinding(bytes), vault);
  const { kind, messageId, exchange } = record;
  const leaf: NewLeaf = {
    bytes,
    opening,
    kind,
    time: Date.parse(record.time),
    ...(messageId === undefined ? {} : { messageId }),
    ...(exchange === undefined ? {} : { exchange }),
  };
  return { leaf, salt };
}

/** The hidden fields of a leaf; `erased` once its key or epoch is destroyed, `damaged` when it is not what the leaf commits to. */
export function openLeaf(bytes: Uint8Array, opening: Uint8Array, vault: KeyVault): OpenedLeaf | Unopened {
  const fields = leafFields(bytes);
  if (fields === undefined) return 'damaged';
  const plain = openBlob('opening', opening, leafBinding(bytes), vault);
  if (typeof plain === 'string') return plain;
  const salt = plain.subarray(0, SALT_SIZE);
  const hiddenJson = plain.subarray(SALT_SIZE);
  if (commitmentOf(salt, hiddenJson) !== fields.commitment) return 'damaged';
  return { fields, salt, hidden: JSON.parse(hiddenJson.toString()) as HiddenFields };
}

/** Whether these hidden fields are those the leaf committed to: what a third party does once salt and fields are revealed to it. */
export function checkCommitment(bytes: Uint8Array, salt: Uint8Array, hidden: HiddenFields): boolean {
  return salt.length === SALT_SIZE && leafFields(bytes)?.commitment === commitmentOf(salt, canonical(hidden));
}

/** The clear fields of a version 1 leaf, or undefined when the bytes are not one. */
export function leafFields(bytes: Uint8Array): LeafFields | undefined {
  try {
    const fields: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString());
    const leaf = fields as Partial<LeafFields> | null;
    return leaf?.v === 1 && typeof leaf.commitment === 'string' ? (leaf as LeafFields) : undefined;
  } catch {
    return undefined;
  }
}

function commitmentOf(salt: Uint8Array, hiddenJson: Uint8Array): string {
  return hash('sha256', Buffer.concat([COMMITMENT_PREFIX, salt, hiddenJson]), 'base64');
}

/** The opening belongs to its leaf: moved to another one it does not open. */
function leafBinding(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer');
}

function canonical(value: unknown): Buffer {
  try {
    return Buffer.from(canonicalize(value)!);
  } catch (problem) {
    throw new RangeError(`a journal record cannot be canonical: ${(problem as Error).message}`);
  }
}
