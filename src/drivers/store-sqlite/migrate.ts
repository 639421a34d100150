import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type MigrationStep, migrationSteps, migrationsFolder, schemaTooNew } from '../../ports/index.js';

/** A database this code must not touch; the message says what to do. */
export class DatabaseTooNew extends Error {}

/**
 * Brings the database to the schema of this code, forward only, each file in a transaction of its own: a crash
 * between two leaves a complete older schema. Returns the version reached.
 */
export function migrate(database: DatabaseSync, folder: string = migrationsFolder('sqlite')): number {
  database.exec('CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT');
  const steps = migrationSteps(folder);
  const newest = steps.at(-1)?.version ?? 0;
  const row = database.prepare('SELECT max(version) AS version FROM migration').get();
  const present = Number(row?.version ?? 0);
  if (present > newest) throw new DatabaseTooNew(schemaTooNew(present, newest));
  for (const step of steps) {
    if (step.version > present) apply(database, step, readFileSync(join(folder, step.name), 'utf8'));
  }
  return newest;
}

function apply(database: DatabaseSync, step: MigrationStep, sql: string): void {
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
