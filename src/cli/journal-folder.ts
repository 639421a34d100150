import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectReader } from '../drivers/store-sqlite/connect.js';
import { journalReader } from '../drivers/store-sqlite/read-journal.js';
import { type LogSource, readGuard, tileDirectorySource } from '../journal/index.js';

/** A folder that holds a journal, opened for reading only. */
export interface JournalFolder {
  readonly source: LogSource;
  /** The journal's key as the folder tells it: says who wrote the folder, not that it was the right one. */
  readonly vkey?: string;
  /** Checkpoints kept beside the log: the roll-back guard of a data folder. */
  readonly held: readonly string[];
  close(): void;
}

const DATABASE = 'gateway.db';

/** An export (C2SP tiles) or a data folder of the gateway, running or not; undefined when it is neither. */
export function openJournalFolder(folder: string): JournalFolder | undefined {
  const vkey = firstText(folder, ['journal.vkey', 'vkey.txt', 'vkey'])?.trim();
  const rest = {
    held: [readGuard(join(folder, 'checkpoint.last'))].filter((note) => note !== undefined),
    ...(vkey && { vkey }),
  };
  if (existsSync(join(folder, DATABASE))) return { ...databaseSource(join(folder, DATABASE)), ...rest };
  if (existsSync(join(folder, 'checkpoint'))) return { source: tileDirectorySource(folder), close: () => {}, ...rest };
  return undefined;
}

function databaseSource(file: string): Pick<JournalFolder, 'source' | 'close'> {
  const database = connectReader(file);
  const journal = journalReader(database);
  // Read once: a running gateway appends meanwhile, and the log up to this checkpoint never changes.
  const note = journal.storedCheckpoint()?.note;
  return {
    source: {
      checkpoint: async () => note,
      leaves: async (from, to) => journal.leaves(from, to),
      hashes: async (level, from, to) => journal.hashes(level, from, to),
      keepsLevel: () => true,
    },
    close: () => database.close(),
  };
}

function firstText(folder: string, names: readonly string[]): string | undefined {
  const path = names.map((name) => join(folder, name)).find(existsSync);
  return path === undefined ? undefined : readFileSync(path, 'utf8');
}
