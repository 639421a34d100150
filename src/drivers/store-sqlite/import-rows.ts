import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { CopyProgress, StoredTree, StoreImport, StoreRows, StoreTable } from '../../ports/index.js';
import { exportRows } from './export-rows.js';
import { PART } from './rows.js';

type Values<T extends StoreTable> = (row: StoreRows[T]) => readonly (SQLInputValue | undefined)[];

/** `INSERT` of one row a table, its values in the columns' order. */
const INTO: { readonly [T in StoreTable]: readonly [text: string, values: Values<T>] } = {
  snapshot: [insert('snapshot', 'seq, hash, json, revoked'), (s) => [s.order, s.hash, s.json, Number(s.revoked)]],
  artefact: [insert('artefact', 'hash, bytes'), (a) => [a.hash, a.bytes]],
  plan: [insert('plan', 'seq, id, revision, json'), (p) => [p.order, p.id, p.revision, p.json]],
  leaf: [
    insert('leaf', 'id, kind, time, message_id, exchange, bytes, opening'),
    (l) => [l.index, l.kind, l.time, l.messageId, l.exchange, l.bytes, l.opening],
  ],
  hash: [insert('hash', 'level, position, hash'), (h) => [h.level, h.position, h.hash]],
  message: [
    insert(
      'message',
      `id, message_id, exchange, request, kind, version, sender, recipient, format, accepted_at, eol, test, body_id, config,
       road, closes, closed_by, digest, meta, receipt_token, leaf`,
    ),
    (m) => [
      ...[m.order, m.messageId, m.exchange, m.request, m.kind, m.version, m.sender, m.recipient, m.format],
      ...[m.acceptedAt, m.eol, Number(m.test), m.bodyId, m.config, m.road, closesNumber(m.closes), m.closedBy],
      ...[m.digest, JSON.stringify(m.meta), m.receiptToken, m.leaf],
    ],
  ],
  body: [
    insert('body', 'body_id, sha256, keep_until, container'),
    (b) => [b.bodyId, b.sha256, b.keepUntil, b.container],
  ],
  delivery: [
    `INSERT INTO delivery (message, id, request, recipient, mailbox, road, state, format, node_id, queued_at, due_at,
       expires_at, attempts, leased_until, poll_digest, cause, replays)
     VALUES ((SELECT id FROM message WHERE message_id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    (d) => [
      ...[d.messageId, d.id, d.request, d.recipient, d.mailbox, d.road, d.state, d.format ?? '', d.nodeId ?? ''],
      ...[d.queuedAt, d.dueAt, d.expiresAt, d.attempts, d.leasedUntil, d.pollDigest, d.cause, d.replays],
    ],
  ],
  person: [insert('person', 'id, label, sealed'), (p) => [p.order, p.label, p.sealed]],
};

function insert(table: string, columns: string): string {
  return `INSERT INTO ${table} (${columns}) VALUES (${columns.split(',').map(() => '?')})`;
}

function closesNumber(closes: StoreRows['message']['closes']): number | undefined {
  return closes === 'part' ? PART : closes === undefined ? undefined : Number(closes);
}

const SELECTORS = `INSERT INTO selector (recipient, mailbox, node_id, format, unsettled, pending)
  SELECT recipient, mailbox, node_id, format, count(*), sum(road = 'pull' AND state IN ('queued', 'leased')) FROM delivery
  WHERE state NOT IN ('delivered', 'not-accepted', 'failed', 'refused', 'expired', 'cancelled') GROUP BY 1, 2, 3, 4`;

/** A database of a file of its own, its schema up to date, to be filled over the one connection that may write. */
export function importRows(database: DatabaseSync): StoreImport {
  const inTransaction = (work: () => void): void => {
    database.exec('BEGIN IMMEDIATE');
    try {
      work();
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };
  const keep = (progress: CopyProgress): void => {
    database.exec(
      'CREATE TABLE IF NOT EXISTS hold (one INTEGER PRIMARY KEY CHECK (one = 1), json TEXT NOT NULL) STRICT',
    );
    database.prepare('INSERT OR REPLACE INTO hold (one, json) VALUES (1, ?)').run(JSON.stringify(progress));
  };
  return {
    ...exportRows(database),
    standing: async () => {
      const held = database.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'hold'`).get();
      if (held === undefined) return { kind: 'empty' };
      const row = database.prepare('SELECT json FROM hold').get();
      return { kind: 'unfinished', progress: JSON.parse(row?.json as string) as CopyProgress };
    },
    begin: async (progress) => keep(progress),
    write: async (table, rows, progress) =>
      inTransaction(() => {
        writeRows(database, table, rows);
        keep(progress);
      }),
    complete: async (tree, progress) =>
      inTransaction(() => {
        complete(database, tree);
        keep(progress);
      }),
    undo: async () =>
      inTransaction(() => {
        const tables = ['delivery', 'message', 'body_key', 'body', 'person', 'selector', 'leaf', 'hash', 'tree'];
        for (const table of [...tables, 'snapshot', 'artefact', 'plan']) database.exec(`DELETE FROM ${table}`);
        database.exec('DROP TABLE hold');
      }),
    release: async () => {
      database.exec('DROP TABLE hold');
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
  };
}

function writeRows<T extends StoreTable>(database: DatabaseSync, table: T, rows: readonly StoreRows[T][]): void {
  const [text, values] = INTO[table];
  const statement = database.prepare(text);
  const key = database.prepare('INSERT INTO body_key (body, slot, epoch, wrapped) VALUES (?, ?, ?, ?)');
  for (const row of rows) {
    const { lastInsertRowid } = statement.run(...values(row).map((value) => value ?? null));
    if (table !== 'body') continue;
    for (const { slot, epoch, wrapped } of (row as StoreRows['body']).keys)
      key.run(lastInsertRowid, slot, epoch, wrapped);
  }
}

function complete(database: DatabaseSync, { size, edge, root, note }: StoredTree): void {
  database.exec('DELETE FROM selector');
  database.exec(SELECTORS);
  const tree = database.prepare('INSERT OR REPLACE INTO tree (one, size, edge, root, note) VALUES (1, ?, ?, ?, ?)');
  tree.run(size, Buffer.concat(edge.hashes), root, note);
}
