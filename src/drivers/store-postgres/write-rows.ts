import type { QueryConfig } from 'pg';
import type { NewBody, WrappedKey } from '../../ports/index.js';
import type { Client, Result } from './connect.js';
import { insertRows, type Target } from './insert-rows.js';
import { monthOfId, monthOfTime } from './month.js';
import { byColumn, flight } from './read-what-stands.js';
import { type BatchRows, closesText, keyOf } from './rows-of-batch.js';

/** Bodies forgotten by one commit at most. */
const FORGET = 200;

/** Partitions these rows need. */
export function monthsOf(rows: BatchRows): Set<number> {
  return new Set([
    ...rows.messages.map(({ messageId }) => monthOfId(messageId)),
    ...rows.bodies.map(({ bodyId }) => monthOfId(bodyId)),
    ...rows.leaves.map(({ time }) => monthOfTime(time)),
  ]);
}

/**
 * Everything a batch writes but its COMMIT, in one flight. Returns what `depth` holds after it, by `keyOf`. Counters come
 * last: every process writes the same few of their rows, and holds them until its COMMIT is on disk.
 */
export async function writeRows(
  client: Client,
  process: string,
  batchId: string,
  rows: BatchRows,
): Promise<Map<string, number>> {
  const statements = [
    { name: 'batch', text: 'INSERT INTO batch (id) VALUES ($1)', values: [batchId] },
    ...insertRows(
      MESSAGES,
      sorted(rows.messages, ({ messageId }) => messageId),
    ),
    ...closings(rows),
    ...insertRows(
      BODIES,
      sorted(rows.bodies, ({ bodyId }) => bodyId),
    ),
    ...insertRows(KEYS, rows.bodies.flatMap(keysOf)),
    ...insertRows(PERSONS, rows.persons),
    ...insertRows(LEAVES, rows.leaves),
    ...insertRows(UNNUMBERED, rows.leaves),
    ...insertRows(
      DELIVERIES,
      rows.deliveries.map((delivery) => ({ ...delivery, owner: process })),
    ),
    ...movements(process, rows),
    ...insertRows(
      ARTEFACTS,
      sorted(rows.artefacts, ({ hash }) => hash),
    ),
    ...plans(rows),
    ...snapshots(rows),
    ...forgetting(rows),
    ...counting(PENDINGS, rows.pendings, 4),
    ...counting(DEPTHS, rows.depths, 3),
  ];
  const results = await flight(statements.map((statement): Promise<Result> => client.query(statement)));
  const depths = rows.depths.size === 0 ? [] : results.at(-1)!.rows;
  return new Map(depths.map((row) => [keyOf(row.recipient, row.mailbox, row.format), row.unsettled]));
}

function sorted<T>(rows: readonly T[], by: (row: T) => string): T[] {
  return rows.length < 2 ? [...rows] : [...rows].sort((a, b) => (by(a) < by(b) ? -1 : 1));
}

const MESSAGES: Target<BatchRows['messages'][number]> = {
  table: 'message',
  columns: [
    ['month', 'int'],
    ['id', 'bigint'],
    ['message_id', 'text'],
    ['exchange', 'text'],
    ['request', 'bigint'],
    ['kind', 'text'],
    ['version', 'text'],
    ['sender', 'text'],
    ['recipient', 'text'],
    ['format', 'text'],
    ['accepted_at', 'bigint'],
    ['eol', 'bigint'],
    ['test', 'bool'],
    ['body_id', 'text'],
    ['config', 'text'],
    ['road', 'text'],
    ['closes', 'text'],
    ['digest', 'bytea'],
    ['meta', 'text'],
    ['receipt_token', 'text'],
    ['leaf', 'bigint'],
  ],
  values: (m) => [
    monthOfId(m.messageId),
    m.id,
    m.messageId,
    m.exchange,
    m.request,
    m.kind,
    m.version,
    m.sender,
    m.recipient,
    m.format,
    m.acceptedAt,
    m.eol,
    m.test,
    m.bodyId,
    m.config,
    m.road,
    closesText(m.closes),
    m.digest,
    JSON.stringify(m.meta),
    m.receiptToken,
    m.leaf,
  ],
};

const BODIES: Target<NewBody> = {
  table: 'body',
  columns: [
    ['month', 'int'],
    ['body_id', 'text'],
    ['sha256', 'bytea'],
    ['keep_until', 'bigint'],
    ['container', 'bytea'],
  ],
  values: (b) => [monthOfId(b.bodyId), b.bodyId, b.sha256, b.keepUntil, b.container],
  size: (b) => b.container.length,
};

const KEYS: Target<WrappedKey & { readonly bodyId: string }> = {
  table: 'body_key',
  columns: [
    ['month', 'int'],
    ['body_id', 'text'],
    ['slot', 'int'],
    ['epoch', 'int'],
    ['wrapped', 'bytea'],
  ],
  values: (k) => [monthOfId(k.bodyId), k.bodyId, k.slot, k.epoch, k.wrapped],
};

function keysOf({ bodyId, keys }: NewBody) {
  return keys.map((key) => ({ ...key, bodyId }));
}

const PERSONS: Target<BatchRows['persons'][number]> = {
  table: 'person',
  columns: [
    ['label', 'bytea'],
    ['sealed', 'bytea'],
  ],
  values: (p) => [p.label, p.sealed],
};

const LEAVES: Target<BatchRows['leaves'][number]> = {
  table: 'leaf',
  columns: [
    ['month', 'int'],
    ['id', 'bigint'],
    ['kind', 'text'],
    ['time', 'bigint'],
    ['message_id', 'text'],
    ['exchange', 'text'],
    ['bytes', 'bytea'],
    ['opening', 'bytea'],
  ],
  values: (l) => [monthOfTime(l.time), l.id, l.kind, l.time, l.messageId, l.exchange, l.bytes, l.opening],
};

const UNNUMBERED: Target<BatchRows['leaves'][number]> = {
  table: 'unnumbered',
  columns: [
    ['leaf', 'bigint'],
    ['month', 'int'],
  ],
  values: (l) => [l.id, monthOfTime(l.time)],
};

const DELIVERIES: Target<BatchRows['deliveries'][number] & { readonly owner: string }> = {
  table: 'delivery',
  columns: [
    ['id', 'bigint'],
    ['message_id', 'text'],
    ['request', 'bigint'],
    ['request_month', 'int'],
    ['recipient', 'text'],
    ['mailbox', 'text'],
    ['road', 'text'],
    ['state', 'text'],
    ['format', 'text'],
    ['node_id', 'text'],
    ['queued_at', 'bigint'],
    ['due_at', 'bigint'],
    ['expires_at', 'bigint'],
    ['cause', 'text'],
    ['owner', 'uuid'],
    ['replays', 'bigint'],
  ],
  values: (d) => [
    d.id,
    d.messageId,
    d.request,
    d.requestMonth,
    d.recipient,
    d.mailbox,
    d.road,
    d.state,
    d.format ?? '',
    d.nodeId ?? '',
    d.queuedAt,
    d.dueAt ?? (d.road === 'push' ? d.queuedAt : null),
    d.expiresAt,
    d.cause,
    d.owner,
    d.replays,
  ],
};

const ARTEFACTS: Target<BatchRows['artefacts'][number]> = {
  table: 'artefact',
  columns: [
    ['hash', 'text'],
    ['bytes', 'bytea'],
  ],
  ending: 'ON CONFLICT (hash) DO NOTHING',
  values: (a) => [a.hash, a.bytes],
  size: (a) => a.bytes.length,
};

/** Counters are named once a batch, so the arrays hold no key twice. */
const PENDINGS = {
  name: 'pendings',
  text: `INSERT INTO selector (recipient, mailbox, node_id, format, pending)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])
    ON CONFLICT (recipient, mailbox, node_id, format) DO UPDATE SET pending = selector.pending + excluded.pending`,
};
const DEPTHS = {
  name: 'depths-after',
  text: `INSERT INTO depth (recipient, mailbox, format, unsettled)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[])
    ON CONFLICT (recipient, mailbox, format) DO UPDATE SET unsettled = depth.unsettled + excluded.unsettled
    RETURNING recipient, mailbox, format, unsettled`,
};

function counting(
  statement: { name: string; text: string },
  changes: ReadonlyMap<string, number>,
  columns: number,
): QueryConfig[] {
  if (changes.size === 0) return [];
  const keys = [...changes.keys()].sort();
  return [{ ...statement, values: [...byColumn(keys, columns), keys.map((key) => changes.get(key)!)] }];
}

function closings({ closed, reopenedParts }: BatchRows): QueryConfig[] {
  const requests = [...closed].map(([request, by]) => ({
    name: 'close',
    text: 'UPDATE message SET closed_by = $3 WHERE month = $1 AND message_id = $2',
    values: [monthOfId(request), request, by],
  }));
  const parts = reopenedParts.map((id) => ({
    name: 'reopen-part',
    text: `UPDATE message SET closes = 'no' WHERE month = $1 AND message_id = $2`,
    values: [monthOfId(id), id],
  }));
  return [...requests, ...parts];
}

function movements(process: string, { moved }: BatchRows): QueryConfig[] {
  if (moved.size === 0) return [];
  const rows = [...moved.values()];
  return [
    {
      name: 'move',
      text: `UPDATE delivery d SET state = v.state, attempts = v.attempts, leased_until = v.leased_until, due_at = v.due_at,
          poll_digest = v.poll_digest, cause = v.cause, owner = $8
        FROM unnest($1::bigint[], $2::text[], $3::int[], $4::bigint[], $5::bigint[], $6::bytea[], $7::text[])
          AS v (id, state, attempts, leased_until, due_at, poll_digest, cause) WHERE d.id = v.id`,
      values: [
        rows.map((r) => r.id),
        rows.map((r) => r.state),
        rows.map((r) => r.attempts),
        rows.map((r) => r.leased_until),
        rows.map((r) => r.due_at),
        rows.map((r) => r.poll_digest && Buffer.from(r.poll_digest)),
        rows.map((r) => r.cause),
        process,
      ],
    },
  ];
}

function plans({ plans }: BatchRows): QueryConfig[] {
  // Of two processes that make the same plan the second meets its key and is judged again.
  return [...plans.values()].map(({ id, revision, json, isNew }) => ({
    ...(isNew
      ? { name: 'plan-made', text: 'INSERT INTO plan (id, revision, json) VALUES ($1, $2, $3)' }
      : { name: 'plan-saved', text: 'UPDATE plan SET revision = $2, json = $3 WHERE id = $1' }),
    values: [id, revision, json],
  }));
}

function snapshots({ snapshots }: BatchRows): QueryConfig[] {
  return snapshots.flatMap(({ hash, json, revokes }) => [
    {
      text: `INSERT INTO snapshot (hash, json, revoked) VALUES ($1, $2, false)
        ON CONFLICT (hash) DO UPDATE SET seq = DEFAULT, revoked = false`,
      values: [hash, json],
    },
    { text: 'UPDATE snapshot SET revoked = true WHERE hash = ANY($1)', values: [revokes] },
  ]);
}

function forgetting({ forgetKeptUntil }: BatchRows): QueryConfig[] {
  if (forgetKeptUntil === undefined) return [];
  const text = `WITH old AS (DELETE FROM body b USING (SELECT month, body_id FROM body WHERE keep_until <= $1
      ORDER BY keep_until LIMIT ${FORGET} FOR UPDATE SKIP LOCKED) o WHERE b.month = o.month AND b.body_id = o.body_id
      RETURNING b.month, b.body_id)
    DELETE FROM body_key k USING old WHERE k.month = old.month AND k.body_id = old.body_id`;
  return [{ text, values: [forgetKeptUntil] }];
}
