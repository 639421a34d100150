import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WholeStore } from '../../drivers/store-postgres/index.js';
import { hasDatabase, landFilled, lockDataFolder, openToFill, openToRead } from '../../drivers/store-sqlite/index.js';
import { readGuard } from '../../journal/index.js';
import type { StoredTree, StoreExport, StoreImport } from '../../ports/index.js';
import { type Moved, markMoved, readMoved, unmarkMoved } from '../../start/moved.js';
import { type Place, shown } from './place.js';
import { isStopped, type Stopped, stopped } from './stopped.js';

/** Where the rows come from. */
export interface Source {
  readonly rows: StoreExport;
  /** Where it was moved to before, when it was. */
  readonly moved?: string;
  /** The journal goes on in `to`: this store is not started any more. */
  leave(to: string, tree: StoredTree, at: string): Promise<void>;
}

export interface Target {
  readonly rows: StoreImport;
  /** The copy is verified and the source left: it becomes what a gateway starts on. */
  land(tree: StoredTree): Promise<void>;
}

export interface Sides {
  readonly source: Source;
  readonly target: Target;
  /** The journal's verifier key and the roll-back guard, as the data folder has them. */
  readonly vkey: string;
  readonly guard: string | undefined;
  close(): Promise<void>;
}

/** Both stores, locked against gateways. One of them is a data folder: it has the journal's key, guard and mark. */
export async function openSides(from: Place, to: Place, schema: string | undefined): Promise<Sides | Stopped> {
  if ('folder' in from === 'folder' in to) return bothAlike();
  const folder = 'folder' in from ? from.folder : (to as { folder: string }).folder;
  const vkeyFile = join(folder, 'journal.vkey');
  if (!existsSync(vkeyFile) || ('folder' in from && !hasDatabase(folder))) return noFolder(folder);
  const lock = lockDataFolder(folder);
  if (!lock.ok) return stopped(1, lock.ru, lock.en);
  const server = await openServer('url' in from ? from : (to as { url: string }), schema);
  if (isStopped(server)) {
    lock.release();
    return server;
  }
  let local: StoreExport | undefined;
  const close = async (): Promise<void> => {
    await local?.close();
    await server.close();
    lock.release();
  };
  try {
    const common = {
      vkey: readFileSync(vkeyFile, 'utf8').trim(),
      guard: readGuard(join(folder, 'checkpoint.last')),
      close,
    };
    if ('folder' in from) {
      local = openToRead(folder);
      return { ...common, source: folderSource(folder, local), target: serverTarget(server) };
    }
    const hindrance = await hindranceIn(server, folder);
    if (hindrance !== undefined) {
      await close();
      return hindrance;
    }
    const filled = openToFill(folder);
    local = filled;
    return { ...common, source: await serverSource(server), target: folderTarget(folder, filled) };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openServer(place: { readonly url: string }, schema: string | undefined): Promise<WholeStore | Stopped> {
  // Loaded only where it is used: the client of PostgreSQL costs every command its start.
  const { DatabaseRefused, openWhole } = await import('../../drivers/store-postgres/index.js');
  try {
    const opened = await openWhole(place.url, schema);
    if (!('running' in opened)) return opened;
    return stopped(
      1,
      `На ${shown(place)} работает ${opened.running}. Остановите все шлюзы этой базы и повторите.`,
      `${opened.running} runs on ${shown(place)}. Stop every gateway of this database and repeat.`,
    );
  } catch (error) {
    const said = error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error);
    if (error instanceof DatabaseRefused) return stopped(1, said ?? '', said ?? '');
    return stopped(
      3,
      `Сервер ${shown(place)} недоступен: ${said}. Проверьте адрес, имя и пароль.`,
      `The server ${shown(place)} cannot be reached: ${said}. Check the address, the name and the password.`,
    );
  }
}

function folderSource(folder: string, rows: StoreExport): Source {
  const moved: Moved | undefined = readMoved(folder);
  return {
    rows,
    ...(moved && { moved: moved.to }),
    leave: async (to, { size, root }, at) =>
      markMoved(folder, { to, at, size, root: Buffer.from(root).toString('hex') }),
  };
}

function serverTarget(server: WholeStore): Target {
  return { rows: server, land: () => server.release() };
}

async function serverSource(server: WholeStore): Promise<Source> {
  const moved = await server.movedTo();
  return { rows: server, ...(moved !== undefined && { moved }), leave: (to) => server.moved(to) };
}

function folderTarget(folder: string, rows: StoreImport): Target {
  return {
    rows,
    land: async ({ size }) => {
      await rows.release();
      await rows.close();
      landFilled(folder, `before-${size}`);
      unmarkMoved(folder);
    },
  };
}

/** A server to be copied from must be whole, and the folder's own database must be the past. */
async function hindranceIn(server: WholeStore, folder: string): Promise<Stopped | undefined> {
  if ((await server.standing()).kind === 'unfinished')
    return stopped(
      1,
      'Перенос на этот сервер не окончен: копировать с него нечего.',
      'A copy to this server is not finished: there is nothing to copy from it.',
    );
  if ((await server.waiting()) > 0)
    return stopped(
      1,
      'Последним записям ещё не дано место в журнале: запустите шлюз на этой базе на минуту, остановите и повторите.',
      'The last records have no place in the log yet: start a gateway on this database for a minute, stop it and repeat.',
    );
  if (!hasDatabase(folder) || readMoved(folder) !== undefined) return undefined;
  return stopped(
    1,
    `В ${folder} есть своё хранилище (gateway.db), никуда не перенесённое: копия его не заменит.`,
    `${folder} has a store of its own (gateway.db) that was not moved anywhere: a copy does not replace it.`,
  );
}

function bothAlike(): Stopped {
  return stopped(
    2,
    'Одна сторона — папка данных, другая — postgres://… (две папки копируются как файлы, две базы — pg_dump).',
    'One side is a data folder, the other postgres://… (two folders are copied as files, two databases by pg_dump).',
  );
}

function noFolder(folder: string): Stopped {
  return stopped(
    2,
    `${folder} — не папка данных шлюза: нет gateway.db или journal.vkey. Задайте --from, --to или GATEWAY_DATA.`,
    `${folder} is no data folder of a gateway: there is no gateway.db or journal.vkey. Give --from, --to or GATEWAY_DATA.`,
  );
}
