import type { PoolClient } from 'pg';
import type { Standing, StoredTree, StoreImport, StoreRows, StoreTable } from '../../ports/index.js';
import type { Place } from './connect.js';
import {
  ARTEFACT,
  BODY,
  BODY_KEY,
  DELIVERY,
  HASH,
  LEAF,
  LOG,
  MESSAGE,
  PERSON,
  PLAN,
  SNAPSHOT,
} from './copied-tables.js';
import { type Column, copyIn } from './copy-in.js';
import { exportRows } from './export-rows.js';
import { endHold, readHold, takeHold } from './hold.js';
import { monthOfId, monthOfTime } from './month.js';
import { ensurePartitions, type KnownMonths } from './partitions.js';

const TABLES =
  'message, body, body_key, person, delivery, claim, process, depth, selector, leaf, unnumbered, log, hash, batch, snapshot, artefact, plan';
const ANSWER_MS = 600_000;

type Writers = { readonly [T in StoreTable]: (client: PoolClient, rows: readonly StoreRows[T][]) => Promise<void> };

const WRITERS: Writers = {
  snapshot: into('snapshot', SNAPSHOT),
  artefact: into('artefact', ARTEFACT),
  plan: into('plan', PLAN),
  leaf: async (client, rows) => {
    await copyIn(client, 'leaf', LEAF, rows);
    await copyIn(client, 'log', LOG, rows);
  },
  hash: into('hash', HASH),
  message: into('message', MESSAGE),
  body: async (client, rows) => {
    await copyIn(client, 'body', BODY, rows);
    const keys = rows.flatMap(({ bodyId, keys }) => keys.map((key) => ({ ...key, bodyId })));
    await copyIn(client, 'body_key', BODY_KEY, keys);
  },
  delivery: into('delivery', DELIVERY),
  person: into('person', PERSON),
};

function into<Row>(table: string, columns: readonly Column<Row>[]) {
  return (client: PoolClient, rows: readonly Row[]) => copyIn(client, table, columns, rows);
}

/** A store whose schema is up to date and whose gateways stand still, to be filled on one session. */
export function importRows(client: PoolClient, place: Place, close: () => Promise<void>): StoreImport {
  const months: KnownMonths = new Set();
  const reading = exportRows(client, close);
  const inTransaction = async (work: () => Promise<void>): Promise<void> => {
    await client.query('BEGIN');
    try {
      await work();
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  };
  return {
    ...reading,
    standing: () => standing(client, () => reading.tree()),
    begin: (progress) => takeHold(client, { copying: progress }),
    write: async (table, rows, progress) => {
      await ensurePartitions(client as never, place, monthsOf(table, rows), months);
      await inTransaction(async () => {
        await WRITERS[table](client, rows);
        await takeHold(client, { copying: progress });
      });
    },
    complete: (tree, progress) =>
      inTransaction(async () => {
        await goOn(client, tree);
        await takeHold(client, { copying: progress });
      }),
    undo: () =>
      inTransaction(async () => {
        await client.query(`TRUNCATE ${TABLES}`);
        await client.query(`UPDATE tree SET size = 0, edge = '', root = '', note = ''`);
        await endHold(client);
      }),
    release: () => endHold(client),
  };
}

async function standing(client: PoolClient, treeOf: () => Promise<StoredTree | undefined>): Promise<Standing> {
  const hold = await readHold(client);
  if (hold !== undefined && 'copying' in hold) return { kind: 'unfinished', progress: hold.copying };
  const { rows } = await client.query(
    `SELECT EXISTS (SELECT FROM leaf) OR EXISTS (SELECT FROM message) OR EXISTS (SELECT FROM snapshot)
       OR EXISTS (SELECT FROM delivery) OR EXISTS (SELECT FROM artefact) OR EXISTS (SELECT FROM plan) AS used`,
  );
  if (hold === undefined && rows[0].used !== true) return { kind: 'empty' };
  const tree = await treeOf();
  return { kind: 'used', ...(tree && { tree }) };
}

function monthsOf<T extends StoreTable>(table: T, rows: readonly StoreRows[T][]): Set<number> {
  const of: { readonly [K in StoreTable]?: (row: StoreRows[K]) => number } = {
    message: ({ messageId }) => monthOfId(messageId),
    body: ({ bodyId }) => monthOfId(bodyId),
    leaf: ({ time }) => monthOfTime(time),
  };
  const month = of[table] as ((row: StoreRows[T]) => number) | undefined;
  return new Set(month === undefined ? [] : rows.map(month));
}

/** Counted anew from the deliveries. */
const DEPTHS = `INSERT INTO depth (recipient, mailbox, format, unsettled)
  SELECT recipient, mailbox, format, count(*) FROM delivery
  WHERE state NOT IN ('delivered', 'not-accepted', 'failed', 'refused', 'expired', 'cancelled') GROUP BY 1, 2, 3`;
const PENDINGS = `INSERT INTO selector (recipient, mailbox, node_id, format, pending)
  SELECT recipient, mailbox, node_id, format, count(*) FROM delivery
  WHERE road = 'pull' AND state IN ('queued', 'leased') GROUP BY 1, 2, 3, 4`;
/** Where a sequence goes on; an empty table leaves it at its beginning. */
const GO_ON = [
  ["'message_id'", 'message', 'id'],
  ["'delivery_id'", 'delivery', 'id'],
  ["'leaf_id'", 'leaf', 'id'],
  ["pg_get_serial_sequence('person', 'id')", 'person', 'id'],
  ["pg_get_serial_sequence('snapshot', 'seq')", 'snapshot', 'seq'],
  ["pg_get_serial_sequence('plan', 'seq')", 'plan', 'seq'],
] as const;

async function goOn(client: PoolClient, { size, edge, root, note }: StoredTree): Promise<void> {
  const slow = (text: string) => client.query({ text, query_timeout: ANSWER_MS } as { text: string });
  await slow('DELETE FROM depth');
  await slow('DELETE FROM selector');
  await slow(DEPTHS);
  await slow(PENDINGS);
  for (const [sequence, table, column] of GO_ON)
    await slow(`SELECT setval(${sequence}, greatest(max(${column}), 1), max(${column}) IS NOT NULL) FROM ${table}`);
  await slow(`ANALYZE ${TABLES}`);
  const packed = Buffer.concat(edge.hashes);
  await client.query('UPDATE tree SET size = $1, edge = $2, root = $3, note = $4', [size, packed, root, note]);
}
