import type { ClientBase, QueryConfig } from 'pg';
import type { BodyHead, Page, StoredTree, StoreExport, StoreRows, StoreTable } from '../../ports/index.js';
import type { Row } from './connect.js';
import { CARRIED } from './copied-tables.js';
import { unpacked } from './elect.js';
import { journalReader } from './read-journal.js';
import { messageReader } from './read-messages.js';
import type { Reading } from './reading.js';
import {
  bodyOf,
  DELIVERY_COLUMNS,
  deliveryOf,
  MESSAGE_COLUMNS,
  messageOf,
  planOf,
  RECORD_COLUMNS,
  recordOf,
} from './rows.js';

/** Rows of a page, and bodies: their containers are of any length. */
const ROWS = 2_000;
const BODIES = 64;
/** Counting and sorting a whole table takes longer than what a gateway asks for. */
const ANSWER_MS = 600_000;

interface PageOf<T extends StoreTable> {
  readonly text: string;
  readonly first: readonly (number | string)[];
  readonly row: (row: Row) => StoreRows[T];
  readonly cursor: (row: Row) => readonly (number | string)[];
  readonly rows?: number;
}

const byId = { first: [-1], cursor: (row: Row) => [row.id] };
const byKey = { first: [-1, ''], cursor: (row: Row) => [row.month, row.body_id] };
const KEYS = `(SELECT coalesce(json_agg(json_build_array(k.slot, k.epoch, encode(k.wrapped, 'hex')) ORDER BY k.slot), '[]')
  FROM body_key k WHERE k.month = b.month AND k.body_id = b.body_id) AS keys`;

const PAGES: { readonly [T in StoreTable]: PageOf<T> } = {
  snapshot: {
    text: 'SELECT seq AS id, hash, json, revoked FROM snapshot WHERE seq > $1 ORDER BY seq',
    ...byId,
    row: ({ id, hash, json, revoked }) => ({ order: id, hash, json, revoked }),
  },
  artefact: {
    text: 'SELECT hash, bytes FROM artefact WHERE hash COLLATE "C" > $1 ORDER BY hash COLLATE "C"',
    first: [''],
    row: ({ hash, bytes }) => ({ hash, bytes }),
    cursor: (row) => [row.hash],
    rows: BODIES,
  },
  plan: {
    text: 'SELECT seq, id, revision, json FROM plan WHERE seq > $1 ORDER BY seq',
    first: [-1],
    row: (row) => ({ ...planOf(row), order: row.seq }),
    cursor: (row) => [row.seq],
  },
  leaf: {
    text: `SELECT ${RECORD_COLUMNS} FROM log JOIN leaf l ON l.month = log.month AND l.id = log.leaf
      WHERE log.idx > $1 ORDER BY log.idx`,
    first: [-1],
    row: recordOf,
    cursor: (row) => [row.idx],
  },
  hash: {
    text: 'SELECT level, position, hash FROM hash WHERE (level, position) > ($1, $2) ORDER BY level, position',
    first: [-1, -1],
    row: ({ level, position, hash }) => ({ level, position, hash }),
    cursor: (row) => [row.level, row.position],
  },
  message: {
    text: `SELECT ${MESSAGE_COLUMNS}, m.request FROM message m WHERE m.id > $1 ORDER BY m.id`,
    ...byId,
    row: (row) => ({ ...messageOf(row), request: row.request }),
  },
  body: {
    text: `SELECT b.month, b.body_id, b.sha256, b.keep_until, b.container, ${KEYS} FROM body b
      WHERE (b.month, b.body_id) > ($1, $2) ORDER BY b.month, b.body_id`,
    ...byKey,
    row: (row) => bodyOf(row, keysIn(row)),
    rows: BODIES,
  },
  delivery: {
    text: `SELECT ${DELIVERY_COLUMNS}, d.request, coalesce((SELECT r.message_id FROM message r
        WHERE r.id = d.request AND r.month = d.request_month), d.message_id) AS exchange
      FROM delivery d WHERE d.id > $1 ORDER BY d.id`,
    ...byId,
    row: (row) => ({ ...deliveryOf(row), request: row.request, exchange: row.exchange }),
  },
  person: {
    text: 'SELECT id, label, sealed FROM person WHERE id > $1 ORDER BY id',
    ...byId,
    row: ({ id, label, sealed }) => ({ order: id, label, sealed }),
  },
};
const HEADS = {
  text: `SELECT b.month, b.body_id, b.sha256, b.keep_until, ${KEYS} FROM body b
    WHERE (b.month, b.body_id) > ($1, $2) ORDER BY b.month, b.body_id`,
  ...byKey,
  row: (row: Row): BodyHead => {
    const { container: _none, ...head } = bodyOf(row, keysIn(row));
    return head;
  },
};

/** The whole of a store on one session. */
export function exportRows(client: ClientBase, close: () => Promise<void>): StoreExport {
  const read = readingOn(client);
  const journal = journalReader(read);
  const { body } = messageReader(read);
  const number = async (text: string) => Number((await read.one(text, text, []))?.n);
  return {
    unknown: () => unknownIn(read),
    counts: async () => ({
      snapshot: await number('SELECT count(*) AS n FROM snapshot'),
      artefact: await number('SELECT count(*) AS n FROM artefact'),
      plan: await number('SELECT count(*) AS n FROM plan'),
      leaf: await number('SELECT count(*) AS n FROM leaf'),
      hash: await number('SELECT count(*) AS n FROM hash'),
      message: await number('SELECT count(*) AS n FROM message'),
      body: await number('SELECT count(*) AS n FROM body'),
      delivery: await number('SELECT count(*) AS n FROM delivery'),
      person: await number('SELECT count(*) AS n FROM person'),
    }),
    page: (table, after) => page(read, `page-${table}`, PAGES[table], after),
    bodyHeads: (after) => page(read, 'page-heads', HEADS, after),
    body,
    tree: () => treeOf(read),
    counters: async () => ({
      unsettled: await number('SELECT coalesce(sum(unsettled), 0)::bigint AS n FROM depth'),
      pending: await number('SELECT coalesce(sum(pending), 0)::bigint AS n FROM selector'),
    }),
    leaves: journal.leaves,
    hashes: journal.hashes,
    close,
  };
}

function readingOn(client: ClientBase): Reading {
  const all: Reading['all'] = async (name, text, values) => {
    // A name is prepared once a session; the longest a server keeps are 63 octets.
    const named = name.length < 64 ? { name } : {};
    // The types do not know the client's own bound.
    const query: QueryConfig & { query_timeout: number } = {
      ...named,
      text,
      values: [...values],
      query_timeout: ANSWER_MS,
    };
    return (await client.query(query)).rows;
  };
  return { all, one: async (name, text, values) => (await all(name, text, values))[0] };
}

async function page<Out>(
  read: Reading,
  name: string,
  of: Omit<PageOf<StoreTable>, 'row'> & { readonly row: (row: Row) => Out },
  after: string | undefined,
): Promise<Page<Out>> {
  const cursor = after === undefined ? of.first : (JSON.parse(after) as (number | string)[]);
  const limit = of.rows ?? ROWS;
  const rows = await read.all(name, `${of.text} LIMIT ${limit}`, cursor);
  const last = rows.at(-1);
  const out = rows.map(of.row);
  return last === undefined || rows.length < limit
    ? { rows: out }
    : { rows: out, next: JSON.stringify(of.cursor(last)) };
}

function keysIn({ keys }: Row): Row[] {
  return (keys as [number, number, string][]).map(([slot, epoch, hex]) => ({
    slot,
    epoch,
    wrapped: Buffer.from(hex, 'hex'),
  }));
}

async function treeOf(read: Reading): Promise<StoredTree | undefined> {
  const row = await read.one('whole-tree', 'SELECT size, edge, root, note FROM tree', []);
  if (row === undefined || row.size === 0) return undefined;
  const { size, edge, root, note } = row;
  return { size, edge: { size, hashes: unpacked(edge) }, root, note };
}

/** Partitions are their table's. */
async function unknownIn(read: Reading): Promise<string[]> {
  const text = `SELECT c.relname AS table, a.attname AS column FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = current_schema::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname, a.attnum`;
  const found = await read.all('columns', text, []);
  const unknown = found.flatMap(({ table, column }) => {
    const carried = CARRIED[table];
    if (carried === undefined) return [String(table)];
    return carried.includes(column) ? [] : [`${table}.${column}`];
  });
  return [...new Set(unknown)];
}
