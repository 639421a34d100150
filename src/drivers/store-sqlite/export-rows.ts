import type { DatabaseSync } from 'node:sqlite';
import type { BodyHead, Page, StoredTree, StoreExport, StoreRows, StoreTable } from '../../ports/index.js';
import { journalReader } from './read-journal.js';
import { messageReader } from './read-messages.js';
import {
  bodyOf,
  DELIVERY_COLUMNS,
  deliveryOf,
  MESSAGE_COLUMNS,
  messageOf,
  planOf,
  RECORD_COLUMNS,
  type Row,
  recordOf,
} from './rows.js';

/** Rows and bytes of a page; one row may be longer. */
const ROWS = 4_000;
const BYTES = 8 * 1024 * 1024;

/** Every table and column a copy carries; `migration` is the schema's own. */
export const CARRIED: Readonly<Record<string, string>> = {
  message:
    'id message_id exchange request kind version sender recipient format accepted_at eol test body_id config road closes closed_by digest meta receipt_token leaf',
  body: 'id body_id sha256 keep_until container',
  body_key: 'body slot epoch wrapped',
  person: 'id label sealed',
  delivery:
    'id message request recipient mailbox road state format node_id queued_at due_at expires_at attempts leased_until poll_digest cause replays',
  selector: 'recipient mailbox node_id format unsettled pending',
  leaf: 'id kind time message_id exchange bytes opening',
  hash: 'level position hash',
  tree: 'one size edge root note',
  snapshot: 'seq hash json revoked',
  artefact: 'hash bytes',
  plan: 'seq id revision json',
  migration: 'version name',
  hold: 'one json',
};

interface Reading<T extends StoreTable> {
  /** Keyset: after the cursor's values, in order. */
  readonly text: string;
  readonly first: readonly (number | string)[];
  readonly row: (row: Row) => StoreRows[T];
  readonly cursor: (row: Row) => readonly (number | string)[];
  readonly size?: (row: Row) => number;
}

const byId = { first: [-1], cursor: (row: Row) => [row.id as number] };
const bySeq = { first: [-1], cursor: (row: Row) => [row.seq as number] };

function readingsOf(keysOf: (body: number) => readonly Row[]): { readonly [T in StoreTable]: Reading<T> } {
  return {
    snapshot: {
      text: 'SELECT seq, hash, json, revoked FROM snapshot WHERE seq > ? ORDER BY seq',
      ...bySeq,
      row: ({ seq, hash, json, revoked }) =>
        ({ order: seq, hash, json, revoked: revoked === 1 }) as StoreRows['snapshot'],
      size: (row) => (row.json as string).length,
    },
    artefact: {
      text: 'SELECT hash, bytes FROM artefact WHERE hash > ? ORDER BY hash',
      first: [''],
      row: ({ hash, bytes }) => ({ hash, bytes }) as StoreRows['artefact'],
      cursor: (row) => [row.hash as string],
      size: (row) => lengthOf(row.bytes),
    },
    plan: {
      text: 'SELECT seq, id, revision, json FROM plan WHERE seq > ? ORDER BY seq',
      ...bySeq,
      row: (row) => ({ ...planOf(row), order: row.seq as number }),
      size: (row) => (row.json as string).length,
    },
    leaf: {
      text: `SELECT ${RECORD_COLUMNS} FROM leaf WHERE id > ? ORDER BY id`,
      ...byId,
      row: recordOf,
      size: (row) => lengthOf(row.bytes) + lengthOf(row.opening),
    },
    hash: {
      text: 'SELECT level, position, hash FROM hash WHERE (level, position) > (?, ?) ORDER BY level, position',
      first: [-1, -1],
      row: ({ level, position, hash }) => ({ level, position, hash }) as unknown as StoreRows['hash'],
      cursor: (row) => [row.level as number, row.position as number],
    },
    message: {
      text: `SELECT ${MESSAGE_COLUMNS}, m.request FROM message m WHERE m.id > ? ORDER BY m.id`,
      ...byId,
      row: (row) => ({ ...messageOf(row), request: row.request as number }),
    },
    body: {
      text: 'SELECT id, body_id, sha256, keep_until, container FROM body WHERE id > ? ORDER BY id',
      ...byId,
      row: (row) => bodyOf(row, keysOf(row.id as number)),
      size: (row) => lengthOf(row.container),
    },
    delivery: {
      text: `SELECT ${DELIVERY_COLUMNS}, d.request, (SELECT r.message_id FROM message r WHERE r.id = d.request) AS exchange
        FROM delivery d JOIN message m ON m.id = d.message WHERE d.id > ? ORDER BY d.id`,
      ...byId,
      row: (row) => ({ ...deliveryOf(row), request: row.request as number, exchange: row.exchange as string }),
    },
    person: {
      text: 'SELECT id, label, sealed FROM person WHERE id > ? ORDER BY id',
      ...byId,
      row: ({ id, label, sealed }) => ({ order: id, label, sealed }) as unknown as StoreRows['person'],
    },
  };
}

/** The whole of a database, on a connection that may only read. Nobody else may write to it meanwhile. */
export function exportRows(database: DatabaseSync): StoreExport {
  const keys = database.prepare('SELECT slot, epoch, wrapped FROM body_key WHERE body = ? ORDER BY slot');
  const readings = readingsOf((body) => keys.all(body));
  const journal = journalReader(database);
  const messages = messageReader(database);
  const count = (table: StoreTable) => Number(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n);
  return {
    unknown: async () => unknownIn(database),
    counts: async () => ({
      snapshot: count('snapshot'),
      artefact: count('artefact'),
      plan: count('plan'),
      leaf: count('leaf'),
      hash: count('hash'),
      message: count('message'),
      body: count('body'),
      delivery: count('delivery'),
      person: count('person'),
    }),
    page: async (table, after) => page(database, readings[table], after),
    bodyHeads: async (after) => {
      const text = 'SELECT id, body_id, sha256, keep_until FROM body WHERE id > ? ORDER BY id';
      const row = (one: Row): BodyHead => {
        const { container: _none, ...head } = bodyOf(one, keys.all(one.id as number));
        return head;
      };
      return page(database, { text, ...byId, row }, after);
    },
    body: async (bodyId) => messages.body(bodyId),
    tree: async () => treeOf(database),
    counters: async () => {
      const text = 'SELECT ifnull(sum(unsettled), 0) AS unsettled, ifnull(sum(pending), 0) AS pending FROM selector';
      const { unsettled, pending } = database.prepare(text).get()!;
      return { unsettled: Number(unsettled), pending: Number(pending) };
    },
    leaves: async (from, to) => journal.leaves(from, to),
    hashes: async (level, from, to) => journal.hashes(level, from, to),
    close: async () => {
      if (database.isOpen) database.close();
    },
  };
}

type AnyReading<Out> = Omit<Reading<StoreTable>, 'row'> & { readonly row: (row: Row) => Out };

function page<Out>(database: DatabaseSync, reading: AnyReading<Out>, after: string | undefined): Page<Out> {
  const cursor = after === undefined ? reading.first : (JSON.parse(after) as (number | string)[]);
  const rows: Out[] = [];
  let bytes = 0;
  let last: Row | undefined;
  for (const row of database.prepare(`${reading.text} LIMIT ${ROWS}`).iterate(...cursor)) {
    rows.push(reading.row(row));
    last = row;
    bytes += reading.size?.(row) ?? 0;
    if (bytes >= BYTES) break;
  }
  const more = last !== undefined && (rows.length === ROWS || bytes >= BYTES);
  return more ? { rows, next: JSON.stringify(reading.cursor(last!)) } : { rows };
}

function treeOf(database: DatabaseSync): StoredTree | undefined {
  const row = database.prepare('SELECT size, edge, root, note FROM tree').get();
  if (row === undefined) return undefined;
  const edge = row.edge as Uint8Array;
  const hashes = Array.from({ length: edge.length / 32 }, (_, at) => edge.subarray(at * 32, at * 32 + 32));
  const size = row.size as number;
  return { size, edge: { size, hashes }, root: row.root as Uint8Array, note: row.note as string };
}

function unknownIn(database: DatabaseSync): string[] {
  const tables = database.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`);
  return tables.all().flatMap(({ name }) => {
    const carried = CARRIED[String(name)]?.split(' ');
    if (carried === undefined) return [String(name)];
    const columns = database.prepare('SELECT name FROM pragma_table_info(?)').all(String(name));
    return columns.flatMap((column) => (carried.includes(String(column.name)) ? [] : [`${name}.${column.name}`]));
  });
}

function lengthOf(value: unknown): number {
  return (value as Uint8Array).length;
}
