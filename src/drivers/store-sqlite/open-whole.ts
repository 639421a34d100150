import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreExport, StoreImport } from '../../ports/index.js';
import { connectReader, connectWriter } from './connect.js';
import { exportRows } from './export-rows.js';
import { importRows } from './import-rows.js';
import { migrate } from './migrate.js';

const DATABASE = 'gateway.db';
/** The database being filled; takes the other's name when it is verified. */
const FILLED = 'gateway.db.copy';

export function hasDatabase(folder: string): boolean {
  return existsSync(join(folder, DATABASE));
}

/** The database of a folder whose lock is held, for copying from. Its schema and log are brought up to date first, as a start does. */
export function openToRead(folder: string): StoreExport {
  const file = join(folder, DATABASE);
  const writer = connectWriter(file);
  try {
    migrate(writer);
    writer.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    writer.close();
  }
  return exportRows(connectReader(file));
}

/** A new database for a folder whose lock is held, under a name no gateway starts on. */
export function openToFill(folder: string): StoreImport {
  const writer = connectWriter(join(folder, FILLED));
  migrate(writer);
  return importRows(writer);
}

/** The filled database becomes the folder's; the one before it keeps `aside` in its name. Everything is closed. */
export function landFilled(folder: string, aside: string): void {
  for (const end of ['-wal', '-shm', ''])
    if (existsSync(join(folder, DATABASE + end)))
      renameSync(join(folder, DATABASE + end), join(folder, `${DATABASE}.${aside}${end}`));
  renameSync(join(folder, FILLED), join(folder, DATABASE));
}
