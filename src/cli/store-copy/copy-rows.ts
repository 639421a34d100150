import {
  type CopyProgress,
  STORE_TABLES,
  type StoredTree,
  type StoreExport,
  type StoreImport,
  type StoreTable,
} from '../../ports/index.js';
import { INTERRUPTED, type Stopped, type Watch } from './stopped.js';

/** Copies every table from where `begun` stands, a page a transaction. */
export async function copyRows(
  source: StoreExport,
  target: StoreImport,
  tree: StoredTree,
  begun: CopyProgress,
  watch: Watch,
): Promise<Stopped | { readonly rows: number }> {
  const counts = await source.counts();
  const total = STORE_TABLES.reduce((sum, table) => sum + counts[table], 0);
  let done = await alreadyThere(target, begun);
  let progress = begun;
  let written = 0;
  for (const table of STORE_TABLES) {
    let at = progress.cursors[table];
    while (at !== null) {
      if (watch.aborted()) return INTERRUPTED;
      const page = await source.page(table, at);
      at = page.next ?? null;
      progress = { ...progress, cursors: { ...progress.cursors, [table]: at } };
      await target.write(table, page.rows as never, progress);
      written += page.rows.length;
      done += page.rows.length;
      watch.progress('copy', table, done, total);
    }
  }
  if (!progress.whole) await target.complete(tree, { ...progress, whole: true });
  return { rows: written };
}

/** Rows an interrupted copy wrote. */
async function alreadyThere(target: StoreImport, { cursors }: CopyProgress): Promise<number> {
  const begun = Object.keys(cursors) as StoreTable[];
  if (begun.length === 0) return 0;
  const counts = await target.counts();
  return begun.reduce((sum, table) => sum + counts[table], 0);
}
