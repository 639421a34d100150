import { edgeAt, nodesOf, rootOf } from '../../journal/index.js';
import type { CopyProgress, StoredTree, StoreExport, StoreTable } from '../../ports/index.js';
import { guardAgainstRollBack } from '../../start/guard-against-roll-back.js';
import { StartRefused } from '../../start/start-refused.js';
import { copyRows } from './copy-rows.js';
import { type Place, shown } from './place.js';
import { openSides, type Sides } from './sides.js';
import { isStopped, type Stopped, stopped, type Watch } from './stopped.js';
import { verifyCopy } from './verify-copy.js';

export interface CopyOptions {
  readonly from: Place;
  readonly to: Place;
  /** Verify every body, not a sample. */
  readonly full?: boolean;
  /** Leave the source startable. */
  readonly keep?: boolean;
  /** Throw away what an unfinished copy wrote. */
  readonly restart?: boolean;
  /** Of the PostgreSQL side; absent: the gateway's own. */
  readonly schema?: string;
  readonly watch: Watch;
  readonly now: () => number;
}

export interface CopyReport {
  readonly from: string;
  readonly to: string;
  /** How it began: on an empty store, where another run stopped, anew because the source went on meanwhile, or all was there. */
  readonly began: 'empty' | 'resumed' | 'anew' | 'there';
  readonly rows: Readonly<Record<StoreTable, number>>;
  /** Rows this run wrote, in how long. */
  readonly written: number;
  readonly copyMs: number;
  readonly verifyMs: number;
  readonly journal: { readonly size: number; readonly root: string };
  readonly bodiesChecked: number;
  /** Whether the source is marked so that it is not started. */
  readonly moved: boolean;
  readonly warnings: readonly string[];
}

/**
 * Copies a store whole, verifies the copy and marks the source. Gateways stand still meanwhile. Stopped at any moment it
 * is continued by the same call; until it is verified no gateway starts on the copy, and never are both left startable
 * unless `keep` says so: the source is marked before the copy is released.
 */
export async function copyStore(options: CopyOptions): Promise<CopyReport | Stopped> {
  const sides = await openSides(options.from, options.to, options.schema);
  if (isStopped(sides)) return sides;
  try {
    return await copyBetween(sides, options);
  } finally {
    await sides.close();
  }
}

async function copyBetween(sides: Sides, options: CopyOptions): Promise<CopyReport | Stopped> {
  const { source, target } = sides;
  const tree = await judgeSource(sides);
  if (isStopped(tree)) return tree;
  const unknown = await target.rows.unknown();
  if (unknown.length > 0) return unknownParts(unknown);
  const began = await begin(sides, tree, options);
  if (isStopped(began)) return began;
  const start = options.now();
  const copied =
    began.progress === undefined
      ? { rows: 0 }
      : await copyRows(source.rows, target.rows, tree, began.progress, options.watch);
  if (isStopped(copied)) return copied;
  const middle = options.now();
  const held = sides.guard === undefined || sides.guard === '' ? [] : [sides.guard];
  const verifying = { vkey: sides.vkey, held, full: options.full === true, watch: options.watch };
  const verified = await verifyCopy(source.rows, target.rows, tree, verifying);
  if (isStopped(verified)) return verified;
  if (options.keep !== true) await source.leave(shown(options.to), tree, new Date(options.now()).toISOString());
  await target.land(tree);
  return {
    from: shown(options.from),
    to: shown(options.to),
    began: began.began,
    rows: verified.rows,
    written: copied.rows,
    copyMs: Math.round(middle - start),
    verifyMs: Math.round(options.now() - middle),
    journal: { size: tree.size, root: Buffer.from(tree.root).toString('base64') },
    bodiesChecked: verified.bodiesChecked,
    moved: options.keep !== true,
    warnings: verified.warnings,
  };
}

/** What is to be copied must be known to the last column, and be the journal its folder's guard was handed out of. */
async function judgeSource({ source, vkey, guard }: Sides): Promise<StoredTree | Stopped> {
  const unknown = await source.rows.unknown();
  if (unknown.length > 0) return unknownParts(unknown);
  const tree = await source.rows.tree();
  if (tree === undefined)
    return stopped(1, 'Журнал пуст: переносить нечего.', 'The journal is empty: there is nothing to move.');
  // A moved store is behind the guard as soon as the other one has gone on; begin() says what is so then.
  if (source.moved !== undefined) return tree;
  try {
    await guardAgainstRollBack({ checkpoint: async () => tree, hashes: source.rows.hashes }, guard, vkey);
    return tree;
  } catch (error) {
    if (error instanceof StartRefused) return stopped(1, error.ru, error.message);
    throw error;
  }
}

interface Began {
  readonly began: CopyReport['began'];
  /** Absent where all is there and only to be verified. */
  readonly progress?: CopyProgress;
}

/** Judges what stands in the target: nothing, a part of this very copy, this very journal, or something not to be touched. */
async function begin(sides: Sides, tree: StoredTree, { restart }: CopyOptions): Promise<Began | Stopped> {
  const { source, target, vkey } = sides;
  const fresh: CopyProgress = { vkey, size: tree.size, root: hex(tree.root), cursors: {}, whole: false };
  const standing = await target.rows.standing();
  if (standing.kind === 'used') {
    if (standing.tree === undefined) return notEmpty();
    if (standing.tree.note === tree.note) return { began: 'there' };
    const before = await rootAt(standing.tree, target.rows, tree.size);
    return before === hex(tree.root) ? wentOn(standing.tree.size, tree.size) : notEmpty();
  }
  if (standing.kind === 'empty') {
    if (source.moved !== undefined) return movedBefore(source.moved);
    await target.rows.begin(fresh);
    return { began: 'empty', progress: fresh };
  }
  const { progress } = standing;
  const same =
    progress.vkey === vkey &&
    progress.size <= tree.size &&
    progress.root === (await rootAt(tree, source.rows, progress.size)) &&
    (await sameFirstLeaves(source.rows, target.rows));
  if (!same) return anotherJournal();
  if (restart !== true && progress.size === tree.size) return { began: 'resumed', progress };
  await target.rows.undo();
  await target.rows.begin(fresh);
  return { began: 'anew', progress: fresh };
}

/** Root of the first `size` leaves, in hex; undefined when there are fewer. */
async function rootAt(tree: StoredTree, store: StoreExport, size: number): Promise<string | undefined> {
  if (size > tree.size) return undefined;
  const known = new Map<string, Uint8Array>();
  for (const { level, position } of nodesOf({ from: 0, to: size })) {
    const [hash] = await store.hashes(level, position, position + 1);
    if (hash !== undefined) known.set(`${level}/${position}`, hash);
  }
  return hex(rootOf(edgeAt(size, (level, position) => known.get(`${level}/${position}`) ?? Buffer.alloc(32))));
}

const FIRST_LEAVES = 64;

async function sameFirstLeaves(source: StoreExport, target: StoreExport): Promise<boolean> {
  const there = await target.leaves(0, FIRST_LEAVES);
  const here = await source.leaves(0, there.length);
  return there.every((leaf, at) => Buffer.from(leaf).equals(here[at] ?? Buffer.alloc(0)));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function unknownParts(unknown: readonly string[]): Stopped {
  return stopped(
    1,
    `В базе есть то, чего перенос не знает: ${unknown.join(', ')}. Ничего не скопировано. Нужна программа той же версии, что работала с базой; чужие таблицы уберите в другую схему.`,
    `The database holds what a copy does not know: ${unknown.join(', ')}. Nothing was copied. Use the program of the version that worked on it; move foreign tables to another schema.`,
  );
}

function notEmpty(): Stopped {
  return stopped(
    1,
    'Хранилище назначения не пусто, и журнал в нём другой. Два журнала не смешиваются: укажите пустую базу.',
    'The target is not empty and holds another journal. Two journals are never mixed: name an empty database.',
  );
}

function wentOn(there: number, here: number): Stopped {
  return stopped(
    1,
    `Журнал уже перенесён туда и продолжен: там ${there} записей, здесь ${here}. Запускайте шлюз там.`,
    `The journal was moved there and has gone on: ${there} records there, ${here} here. Start the gateway there.`,
  );
}

function movedBefore(to: string): Stopped {
  return stopped(
    1,
    `Хранилище уже перенесено в ${to}. Переносите оттуда.`,
    `The store was moved to ${to} already. Move it from there.`,
  );
}

function anotherJournal(): Stopped {
  return stopped(
    1,
    'Там начата копия другого журнала (другой ключ, имя или первые записи). Два журнала не смешиваются: укажите пустую базу.',
    'A copy of another journal was begun there (another key, name or first records). Two journals are never mixed: name an empty database.',
  );
}
