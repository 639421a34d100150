import { hash } from 'node:crypto';
import { verifyLog } from '../../journal/index.js';
import {
  type BodyHead,
  type Page,
  STORE_TABLES,
  type StoredTree,
  type StoreExport,
  type StoreTable,
} from '../../ports/index.js';
import { RowDigest } from './row-digest.js';
import { INTERRUPTED, isStopped, type Stopped, stopped, type Watch } from './stopped.js';

export interface VerifyOptions {
  readonly vkey: string;
  /** Checkpoints kept outside the source: the roll-back guard. */
  readonly held: readonly string[];
  /** Every body, not a sample. */
  readonly full: boolean;
  readonly watch: Watch;
}

export interface Verified {
  readonly rows: Readonly<Record<StoreTable, number>>;
  readonly bodiesChecked: number;
  /** What the journal itself has to be said of, not of the copy. */
  readonly warnings: readonly string[];
}

/** Bodies whose octets are read back and hashed without `full`. */
const SAMPLE = 1_000;

/** Reads both stores: the counts, the journal from its leaves to the signed note, every row, and the octets of bodies. */
export async function verifyCopy(
  source: StoreExport,
  target: StoreExport,
  tree: StoredTree,
  options: VerifyOptions,
): Promise<Verified | Stopped> {
  const rows = await source.counts();
  const there = await target.counts();
  const miscounted = STORE_TABLES.find((table) => rows[table] !== there[table]);
  if (miscounted !== undefined)
    return differs(
      miscounted,
      `${rows[miscounted]} → ${there[miscounted]}`,
      `${rows[miscounted]} → ${there[miscounted]}`,
    );
  const journal = await verifyJournal(target, tree, options);
  if (isStopped(journal)) return journal;
  for (const table of STORE_TABLES) {
    if (table === 'hash' || table === 'body') continue;
    const same = await sameRows(
      (after) => source.page(table, after),
      (after) => target.page(table, after),
      () => options.watch.progress('verify', table, 0, 0),
      options.watch,
    );
    if (isStopped(same)) return same;
    if (!same) return differs(table, 'строки различаются', 'the rows differ');
  }
  const bodies = await verifyBodies(source, target, rows.body, options);
  if (isStopped(bodies)) return bodies;
  const [counted, counters] = [await source.counters(), await target.counters()];
  if (counted.unsettled !== counters.unsettled || counted.pending !== counters.pending)
    journal.warnings.push(
      `counters of mailboxes: ${counted.unsettled}/${counted.pending} in the source, ${counters.unsettled}/${counters.pending} counted anew`,
    );
  return { rows, bodiesChecked: bodies, warnings: journal.warnings };
}

/** Every leaf, every stored hash, the root under the signed note; and that the note is the source's. */
async function verifyJournal(
  target: StoreExport,
  tree: StoredTree,
  { vkey, held, watch }: VerifyOptions,
): Promise<Stopped | { warnings: string[] }> {
  const there = await target.tree();
  if (there?.note !== tree.note || !Buffer.from(there.root).equals(tree.root))
    return differs('tree', 'другая контрольная точка', 'another checkpoint');
  const log = {
    checkpoint: async () => there.note,
    leaves: target.leaves,
    hashes: target.hashes,
    keepsLevel: () => true,
  };
  const onProgress = (done: number, of: number): void => watch.progress('verify', 'journal', done, of);
  const verdict = await verifyLog(log, { vkey, held: [...held, tree.note], onProgress });
  return verdict.ok ? { warnings: [...verdict.warnings] } : differs('journal', said(verdict), said(verdict));
}

function said({ where, wrong }: { readonly where: string; readonly wrong: string }): string {
  return `${where}: ${wrong}`;
}

type Pages<Row> = (after?: string) => Promise<Page<Row>>;

async function sameRows<Row extends object>(
  a: Pages<Row>,
  b: Pages<Row>,
  each: () => void,
  watch: Watch,
): Promise<boolean | Stopped> {
  const digests: RowDigest[] = [];
  for (const pages of [a, b]) {
    const digest = new RowDigest();
    for (let at: string | undefined, more = true; more; ) {
      if (watch.aborted()) return INTERRUPTED;
      const page = await pages(at);
      for (const row of page.rows) digest.add(row);
      each();
      at = page.next;
      more = at !== undefined;
    }
    digests.push(digest);
  }
  return digests[0]!.equals(digests[1]!);
}

/** What stands beside every body is compared; octets are hashed of a sample spread over all, or of all. */
async function verifyBodies(
  source: StoreExport,
  target: StoreExport,
  count: number,
  { full, watch }: VerifyOptions,
): Promise<number | Stopped> {
  const step = full ? 1 : Math.max(1, Math.floor(count / SAMPLE));
  const picked: BodyHead[] = [];
  let seen = 0;
  let checked = 0;
  const digests = [new RowDigest(), new RowDigest()] as const;
  for (const [i, store] of [source, target].entries()) {
    for (let at: string | undefined, more = true; more; ) {
      if (watch.aborted()) return INTERRUPTED;
      const page = await store.bodyHeads(at);
      for (const head of page.rows) {
        digests[i]!.add(head);
        if (i === 0 && seen++ % step === 0) picked.push(head);
      }
      // Of the source's heads only, and at once: all of them would not fit where `full` picks each.
      for (const { bodyId, sha256 } of picked.splice(0)) {
        const body = await target.body(bodyId);
        if (body === undefined || !hash('sha256', body.container, 'buffer').equals(sha256))
          return differs(
            'body',
            `тело ${bodyId} не совпадает со своим SHA-256`,
            `body ${bodyId} is not what its SHA-256 says`,
          );
        checked++;
        watch.progress('verify', 'body', checked, Math.ceil(count / step));
      }
      at = page.next;
      more = at !== undefined;
    }
  }
  return digests[0].equals(digests[1]) ? checked : differs('body', 'строки различаются', 'the rows differ');
}

function differs(table: string, ru: string, en: string): Stopped {
  return stopped(
    1,
    `Копия НЕ прошла проверку (${table}: ${ru}). Шлюз на ней не запустится. Начните заново с ключом --restart.`,
    `The copy did NOT verify (${table}: ${en}). No gateway starts on it. Begin anew with --restart.`,
  );
}
