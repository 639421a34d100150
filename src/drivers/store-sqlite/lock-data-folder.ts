import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isBusy, textOf } from './failures.js';

export type DataFolderLock =
  | { readonly ok: true; release(): void }
  | { readonly ok: false; readonly ru: string; readonly en: string };

/** Held here because a collected DatabaseSync closes its file, and with it the lock. */
const held = new Set<DatabaseSync>();

/**
 * Takes a data folder for this process alone, creating it when missing. The lock is SQLite's own on `lock.db`, so the
 * operating system frees it when the process dies in whatever way; `gateway.pid` only names the holder.
 */
export function lockDataFolder(folder: string): DataFolderLock {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, '.writable'), '');
    rmSync(join(folder, '.writable'));
  } catch (error) {
    return unwritable(folder, (error as NodeJS.ErrnoException).code ?? String(error));
  }
  const lock = new DatabaseSync(join(folder, 'lock.db'), { timeout: 0 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    return isBusy(error) ? taken(folder, readPid(folder)) : unwritable(folder, `lock.db: ${textOf(error)}`);
  }
  held.add(lock);
  writeFileSync(pidFile(folder), `${process.pid}\n`);
  return {
    ok: true,
    release: () => {
      if (!held.delete(lock)) return;
      rmSync(pidFile(folder), { force: true });
      lock.close();
    },
  };
}

function pidFile(folder: string): string {
  return join(folder, 'gateway.pid');
}

function readPid(folder: string): string {
  try {
    return readFileSync(pidFile(folder), 'utf8').trim() || '?';
  } catch {
    return '?';
  }
}

function taken(folder: string, pid: string): DataFolderLock {
  return {
    ok: false,
    ru: `Каталог данных ${folder} занят процессом ${pid}. Остановите его (kill ${pid}) или задайте этому процессу другой GATEWAY_DATA.`,
    en: `The data folder ${folder} is in use by process ${pid}. Stop it (kill ${pid}) or give this process another GATEWAY_DATA.`,
  };
}

function unwritable(folder: string, code: string): DataFolderLock {
  return {
    ok: false,
    ru: `В каталог данных ${folder} нельзя писать (${code}). Дайте пользователю процесса права на запись или задайте GATEWAY_DATA на доступный каталог.`,
    en: `The data folder ${folder} cannot be written (${code}). Give the user of this process write permission, or point GATEWAY_DATA to a folder it may write.`,
  };
}
