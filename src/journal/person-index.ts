import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { KeyVault } from '../ports/index.js';
import { freshBytes } from './fresh-bytes.js';
import { openBlob, sealBlob, type Unopened } from './seal.js';

/**
 * Finding a person's messages without writing down who they are: a row is a keyed label of the SNILS and a sealed
 * entry {messageId, slot}. The record that adds rows commits to their number and content, so that a search can be
 * shown to be complete: base64 of SHA-256("smev-gateway/index/1\n" || salt(32) || count(4) || entry hashes), an entry
 * hash being SHA-256(label || canonical JSON of the entry), in the order of the rows.
 */

const COMMITMENT_PREFIX = Buffer.from('smev-gateway/index/1\n');

export interface IndexEntry {
  readonly messageId: string;
  /** Key slot of this person in the message's body. */
  readonly slot: number;
}

export interface IndexRow {
  readonly label: Buffer;
  readonly sealed: Buffer;
}

export interface NewIndexEntries {
  readonly rows: readonly IndexRow[];
  /** For the record's clear field `index`; absent when nobody is named. */
  readonly commitment?: string;
  /** base64, for the record's hidden fields (`indexSalt`). */
  readonly salt?: string;
}

/** Rows for the persons of a body, given in the order of their key slots (slot 1 first), as sealBody returns them. */
export function indexEntries(persons: readonly string[], messageId: string, vault: KeyVault): NewIndexEntries {
  if (persons.length === 0) return { rows: [] };
  const entries = persons.map((person, i) => ({
    label: personLabel(person, vault),
    entry: { messageId, slot: i + 1 },
  }));
  const salt = freshBytes(32);
  return {
    rows: entries.map(({ label, entry }) => ({ label, sealed: sealBlob('person-index', jsonOf(entry), label, vault) })),
    commitment: indexCommitment(salt, entries),
    salt: salt.toString('base64'),
  };
}

/** HMAC-SHA-256 of a SNILS under the vault's secret; spaces and dashes do not count, so 112-233-445 95 is 11223344595. */
export function personLabel(person: string, vault: KeyVault): Buffer {
  let key = labelKeys.get(vault);
  if (key === undefined) {
    key = createSecretKey(vault.secret('person-index'));
    labelKeys.set(vault, key);
  }
  return createHmac('sha256', key).update(person.replace(/[\s-]/g, '')).digest();
}

/** A KeyObject is a third of the cost of raw key bytes. */
const labelKeys = new WeakMap<KeyVault, KeyObject>();

/** The entry of a row; `erased` once its key or epoch is destroyed. */
export function openIndexEntry(row: { label: Uint8Array; sealed: Uint8Array }, vault: KeyVault): IndexEntry | Unopened {
  const plain = openBlob('person-index', row.sealed, row.label, vault);
  return typeof plain === 'string' ? plain : (JSON.parse(plain.toString()) as IndexEntry);
}

/** What the clear field `index` must be for these entries: recomputed when a search is checked for completeness. */
export function indexCommitment(
  salt: Uint8Array,
  entries: readonly { label: Uint8Array; entry: IndexEntry }[],
): string {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(entries.length);
  const hashes = entries.map(({ label, entry }) => hash('sha256', Buffer.concat([label, jsonOf(entry)]), 'buffer'));
  return hash('sha256', Buffer.concat([COMMITMENT_PREFIX, salt, count, ...hashes]), 'base64');
}

function jsonOf(entry: IndexEntry): Buffer {
  return Buffer.from(canonicalize(entry)!);
}
