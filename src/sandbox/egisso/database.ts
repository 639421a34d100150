import { DatabaseSync } from 'node:sqlite';

/** `fact_versions` is the history: rows are added, never changed; the row with the highest version is in force. */
const TABLES = `
  CREATE TABLE bodies (code TEXT PRIMARY KEY, title TEXT NOT NULL) STRICT;
  CREATE TABLE measures (lmsz_id TEXT PRIMARY KEY, title TEXT NOT NULL, kmsz_code TEXT NOT NULL, valid_from TEXT NOT NULL,
    valid_to TEXT, form TEXT NOT NULL, periodicity TEXT NOT NULL) STRICT;
  CREATE TABLE categories (lmsz_id TEXT NOT NULL REFERENCES measures, category_id TEXT NOT NULL, title TEXT NOT NULL,
    PRIMARY KEY (lmsz_id, category_id)) STRICT;
  CREATE TABLE npas (lmsz_id TEXT NOT NULL REFERENCES measures, position INTEGER NOT NULL, date TEXT NOT NULL,
    number TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (lmsz_id, position)) STRICT;
  CREATE TABLE criteria (code TEXT PRIMARY KEY, title TEXT NOT NULL) STRICT;
  CREATE TABLE measure_criteria (lmsz_id TEXT NOT NULL REFERENCES measures, code TEXT NOT NULL REFERENCES criteria,
    PRIMARY KEY (lmsz_id, code)) STRICT;

  CREATE TABLE messages (message_id TEXT PRIMARY KEY, answer TEXT NOT NULL) STRICT;
  CREATE TABLE packages (package_id TEXT PRIMARY KEY, message_id TEXT NOT NULL, records INTEGER NOT NULL,
    successes INTEGER NOT NULL, recorded_at INTEGER NOT NULL) STRICT;
  CREATE TABLE fact_versions (seq INTEGER PRIMARY KEY, fact_uuid TEXT NOT NULL, version INTEGER NOT NULL,
    event TEXT NOT NULL, event_uuid TEXT NOT NULL UNIQUE, state TEXT NOT NULL, package_id TEXT NOT NULL,
    recorded_at INTEGER NOT NULL, fact TEXT NOT NULL, UNIQUE (fact_uuid, version)) STRICT;
  CREATE TABLE fact_persons (snils TEXT NOT NULL, fact_uuid TEXT NOT NULL, PRIMARY KEY (snils, fact_uuid)) STRICT, WITHOUT ROWID;
  CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON fact_versions BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
  CREATE TRIGGER history_is_not_removed BEFORE DELETE ON fact_versions BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
`;

/**
 * Opens or creates the file (or ':memory:'). What was answered survives power loss: WAL with synchronous=FULL. Waiting for
 * another process that holds the file stops this one's event loop, so it is short; the caller is told to come later.
 */
export function openDatabase(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=250;');
  if (db.prepare('PRAGMA user_version').get()?.user_version === 0) {
    inTransaction(db, true, () => db.exec(`${TABLES} PRAGMA user_version = 1;`));
  }
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
