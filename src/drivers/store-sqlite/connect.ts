import { DatabaseSync } from 'node:sqlite';

/** How long a connection waits for another's lock. Readers never wait in WAL mode; the writer only for a foreign tool. */
const BUSY_MS = 2_000;
/** Pages of the write-ahead log after which a commit also moves them into the database. */
const CHECKPOINT_PAGES = 4_000;

/**
 * The one writing connection. synchronous=FULL: COMMIT returns after fsync of the log, which is what «durable» rests on.
 * secure_delete: destroyed keys and bodies do not stay in free pages.
 */
export function connectWriter(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: BUSY_MS });
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA secure_delete = ON');
  database.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  database.exec('PRAGMA cache_size = -65536');
  return database;
}

/** A connection that cannot write. In WAL mode it sees a transaction only after its fsync. */
export function connectReader(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
  database.exec('PRAGMA cache_size = -32768');
  return database;
}
