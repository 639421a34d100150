import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

/** A database this code must not touch; the message says what to do. */
export class DatabaseTooNew extends Error {}

/**
 * Brings the database to the schema of this code, forward only, each file in a transaction of its own: a crash
 * between two leaves a complete older schema. Returns the version reached.
 */
export function migrate(database: DatabaseSync, folder: string = migrationsFolder()): number {
  database.exec('CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT');
  const files = readdirSync(folder).filter((name) => /^\d{4}-.+\.sql$/.test(name));
  const steps = files.sort().map((name) => ({ version: Number(name.slice(0, 4)), name }));
  const newest = steps.at(-1)?.version ?? 0;
  const row = database.prepare('SELECT max(version) AS version FROM migration').get();
  const present = Number(row?.version ?? 0);
  if (present > newest) throw new DatabaseTooNew(tooNew(present, newest));
  for (const step of steps) {
    if (step.version > present) apply(database, step, readFileSync(join(folder, step.name), 'utf8'));
  }
  return newest;
}

function apply(database: DatabaseSync, step: { version: number; name: string }, sql: string): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    database.exec(sql);
    database.prepare('INSERT INTO migration (version, name) VALUES (?, ?)').run(step.version, step.name);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw new Error(`migration ${basename(step.name)} failed, the database is as it was before it`, { cause: error });
  }
}

/** migrations/sqlite beside the package.json above this file, wherever it was compiled to. */
export function migrationsFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no package.json above ${import.meta.dirname}`);
    folder = parent;
  }
  return join(folder, 'migrations', 'sqlite');
}

function tooNew(present: number, newest: number): string {
  return (
    `База данных версии ${present}, а эта программа знает версии до ${newest}. ` +
    `Запустите программу не старее той, что работала с этой базой, или восстановите копию, сделанную до обновления. / ` +
    `The database has schema version ${present}, this program knows versions up to ${newest}. ` +
    `Run a program no older than the one that last used this database, or restore a back-up made before the upgrade.`
  );
}
