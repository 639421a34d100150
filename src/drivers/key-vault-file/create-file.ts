import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Reads a file, or creates it whole and durable with what `make` gives. Of two creators one wins and both read the
 * same. A crash leaves the file complete or absent, and at worst a `.new` file nobody reads.
 */
export function readOrCreate(file: string, make: () => Uint8Array): Buffer {
  const present = readIfPresent(file);
  if (present !== undefined) return present;
  const unfinished = `${file}.${randomBytes(6).toString('hex')}.new`;
  const handle = openSync(unfinished, 'wx', 0o600);
  try {
    writeSync(handle, make());
    fsyncSync(handle);
    linkSync(unfinished, file); // fails when the file exists: never overwrites
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    closeSync(handle);
    unlinkSync(unfinished);
  }
  syncFolder(dirname(file));
  return readFileSync(file);
}

export function readIfPresent(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes creations and removals in a folder durable. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
