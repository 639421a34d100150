import { DatabaseSync } from 'node:sqlite';

/**
 * Opens or creates the file (or ':memory:') with `tables`, SQL. What was answered survives power loss: WAL with synchronous=FULL.
 * Waiting for another process that holds the file stops this one's event loop, so it is short; the caller is told to come later.
 */
export function openDatabase(file: string, tables: string): DatabaseSync {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=250;');
  if (db.prepare('PRAGMA user_version').get()?.user_version === 0)
    inTransaction(db, true, () => db.exec(`${tables} PRAGMA user_version = 1;`));
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
export function emptied(db: DatabaseSync, tables: string): void {
  db.exec('PRAGMA foreign_keys=OFF');
  try {
    inTransaction(db, true, () => {
      const present = db
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .all();
      for (const { name } of present) db.exec(`DROP TABLE ${String(name)}`);
      db.exec(tables);
    });
  } finally {
    db.exec('PRAGMA foreign_keys=ON');
  }
}
