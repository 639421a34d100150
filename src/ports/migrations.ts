import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One forward step of a database's schema: a file `NNNN-name.sql`. */
export interface MigrationStep {
  readonly version: number;
  readonly name: string;
}

/** migrations/<engine> beside the package.json above this file, wherever it was compiled to. */
export function migrationsFolder(engine: 'sqlite' | 'postgres'): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no package.json above ${import.meta.dirname}`);
    folder = parent;
  }
  return join(folder, 'migrations', engine);
}

/** The steps in a folder, in their order. */
export function migrationSteps(folder: string): readonly MigrationStep[] {
  const files = readdirSync(folder).filter((name) => /^\d{4}-.+\.sql$/.test(name));
  return files.sort().map((name) => ({ version: Number(name.slice(0, 4)), name }));
}

/** Why a program must not touch a database of a newer one, and what to do. */
export function schemaTooNew(present: number, newest: number): string {
  return (
    `База данных версии ${present}, а эта программа знает версии до ${newest}. ` +
    `Запустите программу не старее той, что работала с этой базой, или восстановите копию, сделанную до обновления. / ` +
    `The database has schema version ${present}, this program knows versions up to ${newest}. ` +
    `Run a program no older than the one that last used this database, or restore a back-up made before the upgrade.`
  );
}
