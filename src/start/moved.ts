import { closeSync, existsSync, fsyncSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from './data-files.js';
import { StartRefused } from './start-refused.js';

/** What the file `moved` in a data folder says: the database beside it is the past, the journal goes on elsewhere. */
export interface Moved {
  /** Where to, without a password. */
  readonly to: string;
  readonly at: string;
  /** The journal at that moment: records and root, in hex. */
  readonly size: number;
  readonly root: string;
}

export function readMoved(folder: string): Moved | undefined {
  const file = fileIn(folder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Moved) : undefined;
}

/** When it returns, it survives power loss: the other store is released only then. */
export function markMoved(folder: string, moved: Moved): void {
  const file = fileIn(folder);
  replaceFile(file, `${JSON.stringify(moved, null, 2)}\n`, 0o644);
  for (const path of [file, folder]) {
    const opened = openSync(path, 'r');
    fsyncSync(opened);
    closeSync(opened);
  }
}

export function unmarkMoved(folder: string): void {
  rmSync(fileIn(folder), { force: true });
}

/** The embedded database of a folder whose journal goes on elsewhere is not to be started: two would continue one journal. */
export function refuseMoved(folder: string): void {
  const moved = readMoved(folder);
  if (moved === undefined) return;
  throw new StartRefused(
    `Хранилище каталога ${folder} перенесено в ${moved.to} (${moved.at}, записей ${moved.size}): задайте DATABASE_URL этого сервера. Вернуться обратно: gateway store copy --from postgres://… --to ${folder}. Если там с тех пор ничего не принято и оно больше не нужно, удалите файл ${fileIn(folder)}.`,
    `The store of the folder ${folder} was moved to ${moved.to} (${moved.at}, ${moved.size} records): set DATABASE_URL to that server. To come back: gateway store copy --from postgres://… --to ${folder}. If nothing was accepted there since and it is no longer needed, delete the file ${fileIn(folder)}.`,
  );
}

function fileIn(folder: string): string {
  return join(folder, 'moved');
}
