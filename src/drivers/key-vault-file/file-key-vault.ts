import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { KeyVault } from '../../ports/index.js';
import { readOrCreate, syncFolder } from './create-file.js';
import { type EpochTable, epochTable } from './epoch-table.js';

const KEY_BYTES = 32;
const EPOCH_FILE = /^epoch-(\d{6})\.key$/;
/** Writing a key file takes no longer, ms. */
const LEFT_OVER_AFTER = 60_000;
const SECRET_NAME = /^[a-z][a-z0-9-]{0,40}$/;

/** What another thread of the same process needs to use the vault: structured-cloneable. */
export interface ExportedVault {
  readonly folder: string;
  readonly epochs: SharedArrayBuffer;
}

/** The vault as its owner, the main thread, holds it. */
export interface FileKeyVault extends KeyVault {
  /** Makes a new epoch key and the current one; durable and seen by every thread when it returns. */
  beginEpoch(): number;
  /** Destroys an epoch key in the file and in every thread's memory. The current one cannot be: begin another first. */
  destroy(id: number): void;
  exportVault(): ExportedVault;
}

/** Opens or creates the vault and its first epoch. Tightens permissions it finds loose; throws when it may not. */
export function openFileKeyVault(folder: string): FileKeyVault {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  tighten(folder, 0o700);
  const table = epochTable();
  for (const name of readdirSync(folder).sort()) {
    const file = join(folder, name);
    if (name.endsWith('.new')) removeLeftOver(file);
    else if (statSync(file).isFile()) tighten(file, 0o600);
    const id = Number(EPOCH_FILE.exec(name)?.[1] ?? 0);
    if (id > 0) loadEpoch(table, id, file);
  }
  function beginEpoch(): number {
    const id = table.current() + 1;
    table.put(id, createKey(epochFile(folder, id)));
    table.setCurrent(id);
    return id;
  }
  if (table.current() === 0) beginEpoch();
  return {
    ...vaultOver(folder, table),
    beginEpoch,
    destroy: (id) => {
      // Its number would be given again after a restart.
      if (id === table.current()) throw new Error(`epoch ${id} is current: begin another before destroying it`);
      destroyFile(epochFile(folder, id));
      syncFolder(folder);
      table.erase(id);
    },
    exportVault: () => ({ folder, epochs: table.memory }),
  };
}

function loadEpoch(table: EpochTable, id: number, file: string): void {
  const key = readKey(file);
  // A crash in the middle of `destroy` left the zeros: it is finished here.
  if (key.every((byte) => byte === 0)) {
    rmSync(file);
    return;
  }
  table.put(id, key);
  table.setCurrent(id);
}

/** The vault in a worker thread. */
export function vaultFrom({ folder, epochs }: ExportedVault): KeyVault {
  return vaultOver(folder, epochTable(epochs));
}

function vaultOver(folder: string, table: EpochTable): KeyVault {
  const secrets = new Map<string, Buffer>();
  let journalKey: string | undefined;
  return {
    currentEpoch: () => {
      const id = table.current();
      const key = table.get(id);
      if (key === undefined) throw new Error(`epoch ${id} is current and has no key`);
      return { id, key };
    },
    epoch: (id) => table.get(id),
    secret: (name) => {
      if (!SECRET_NAME.test(name)) throw new Error(`not a name of a secret: ${JSON.stringify(name)}`);
      const secret = secrets.get(name) ?? createKey(join(folder, `secret-${name}.key`));
      secrets.set(name, secret);
      return Buffer.from(secret);
    },
    journalKey: () => {
      journalKey ??= readOrCreate(join(folder, 'journal.ed25519.pem'), newJournalKey).toString('utf8');
      return journalKey;
    },
  };
}

function newJournalKey(): Buffer {
  const { privateKey } = generateKeyPairSync('ed25519');
  return Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

function createKey(file: string): Buffer {
  return checked(
    file,
    readOrCreate(file, () => randomBytes(KEY_BYTES)),
  );
}

function readKey(file: string): Buffer {
  return checked(file, readFileSync(file));
}

function checked(file: string, key: Buffer): Buffer {
  if (key.length !== KEY_BYTES)
    throw new Error(`key file ${file} has ${key.length} bytes, not ${KEY_BYTES}: restore it`);
  return key;
}

function epochFile(folder: string, id: number): string {
  return join(folder, `epoch-${String(id).padStart(6, '0')}.key`);
}

/** Overwrites before it removes. On copy-on-write and flash media the old bytes may stay: the docs say what to use there. */
function destroyFile(file: string): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(KEY_BYTES), 0, KEY_BYTES, 0);
  fsyncSync(handle);
  closeSync(handle);
  rmSync(file);
}

/** Of a process that was killed; another one, which shares the folder, may be writing its own this moment. */
function removeLeftOver(file: string): void {
  const made = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (made !== undefined && Date.now() - made > LEFT_OVER_AFTER) rmSync(file, { force: true });
}

function tighten(path: string, mode: number): void {
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, mode);
}
