import { DatabaseSync } from 'node:sqlite';

/** `inquiries` is who was asked about, under which message: rows are added, never changed. */
const TABLES = `
  CREATE TABLE accounts (snils TEXT PRIMARY KEY, names TEXT NOT NULL, sex TEXT NOT NULL, born TEXT NOT NULL, account TEXT NOT NULL,
    papers TEXT NOT NULL) STRICT;
  CREATE INDEX accounts_by_names ON accounts (names, born);
  CREATE TABLE work (snils TEXT NOT NULL REFERENCES accounts, begin_day TEXT NOT NULL, end_day TEXT, employer TEXT NOT NULL,
    position TEXT NOT NULL, PRIMARY KEY (snils, begin_day)) STRICT;
  CREATE TABLE entitlements (snils TEXT NOT NULL REFERENCES accounts, kind TEXT NOT NULL, begin_day TEXT NOT NULL, end_day TEXT,
    kopeks INTEGER NOT NULL, PRIMARY KEY (snils, kind)) STRICT;
  CREATE TABLE messages (message_id TEXT PRIMARY KEY, path TEXT NOT NULL, answer TEXT NOT NULL) STRICT;
  CREATE TABLE inquiries (seq INTEGER PRIMARY KEY, message_id TEXT NOT NULL REFERENCES messages, snils TEXT NOT NULL, asked_at INTEGER NOT NULL) STRICT;
  CREATE INDEX inquiries_by_snils ON inquiries (snils);
  CREATE TRIGGER inquiries_are_not_changed BEFORE UPDATE ON inquiries BEGIN SELECT RAISE(ABORT, 'inquiries are append-only'); END;
  CREATE TRIGGER inquiries_are_not_removed BEFORE DELETE ON inquiries BEGIN SELECT RAISE(ABORT, 'inquiries are append-only'); END;
`;

/** Opens or creates the file (or ':memory:'). What was answered survives power loss: WAL with synchronous=FULL. */
export function openDatabase(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=250;');
  if (db.prepare('PRAGMA user_version').get()?.user_version === 0)
    inTransaction(db, true, () => db.exec(`${TABLES} PRAGMA user_version = 1;`));
  return db;
}

/** All of `work` or nothing of it; with `keep` false nothing of it in any case (a test message). */
export function inTransaction<T>(db: DatabaseSync, keep: boolean, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec(keep ? 'COMMIT' : 'ROLLBACK');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Everything away and the tables anew: what the file holds after a crash here is one or the other. The caller seeds it again. */
export function emptied(db: DatabaseSync): void {
  db.exec('PRAGMA foreign_keys=OFF');
  try {
    inTransaction(db, true, () => {
      const tables = db
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .all();
      for (const { name } of tables) db.exec(`DROP TABLE ${String(name)}`);
      db.exec(TABLES);
    });
  } finally {
    db.exec('PRAGMA foreign_keys=ON');
  }
}
