import type { Commit } from '../../ports/index.js';
import type { Client, Result } from './connect.js';
import { monthOfId } from './month.js';
import { columnsOf, type DeliveryRow, keyOf, type MessageRow } from './rows-of-batch.js';

/** What the works of a batch are judged by, read and locked inside its transaction. */
export interface WhatStands {
  readonly snapshots: Map<string, { json: string; revoked: boolean }>;
  /** Hash of the newest, under the one key; read where a work brings another. */
  readonly newest: Map<typeof NEWEST, string>;
  readonly deliveries: Map<number, DeliveryRow>;
  readonly messages: Map<string, MessageRow>;
  /** Parts of answers accepted already: `keyOf(request, sender)` → true. */
  readonly parts: Map<string, boolean>;
  readonly depths: Map<string, number>;
  /** Deliveries that have their replay. */
  readonly replayed: Map<number, boolean>;
  /** Revisions of plans. */
  readonly plans: Map<string, number>;
  /** Fresh ids, ascending. */
  readonly ids: { readonly messages: number[]; readonly deliveries: number[]; readonly leaves: number[] };
}

/** The one key of `newest`. */
export const NEWEST = 'newest';
/** Class of the advisory lock on «which snapshots are in force». */
const SNAPSHOTS = 0x736d6577;

/**
 * BEGIN, locks and reads in one flight. Locks are taken in the same order by everyone — snapshots, deliveries, requests,
 * each by ascending key — so that batches of several processes wait for each other and do not dead-lock.
 * `strict` takes the rows of capacity too: see writeBatch.
 */
export async function readWhatStands(client: Client, works: readonly Commit[], strict: boolean): Promise<WhatStands> {
  const wanted = wantedBy(works);
  const changes = works.some((work) => work.snapshot !== undefined);
  const lock = changes ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
  const [, , snapshots, newest, deliveries, locked, parts, messages, depths, replayed, plans, ids] = await flight([
    client.query('BEGIN'),
    wanted.snapshots.length === 0 ? nothing : client.query(`SELECT ${lock}(${SNAPSHOTS}, hashtext(current_schema))`),
    wanted.snapshots.length === 0 ? nothing : client.query({ ...SNAPSHOT_ROWS, values: [wanted.snapshots] }),
    changes ? client.query(NEWEST_SNAPSHOT) : nothing,
    wanted.deliveries.length === 0 ? nothing : client.query({ ...DELIVERY_ROWS, values: [wanted.deliveries] }),
    wanted.closed.length === 0 ? nothing : client.query({ ...LOCKED_ROWS, values: byMonth(wanted.closed) }),
    wanted.parts.length === 0 ? nothing : client.query({ ...PART_ROWS, values: byMonth(wanted.parts) }),
    wanted.messages.length === 0 ? nothing : client.query({ ...MESSAGE_ROWS, values: byMonth(wanted.messages) }),
    wanted.depths.length === 0
      ? nothing
      : client.query({ ...(strict ? LOCKED_DEPTHS : DEPTHS), values: byColumn(wanted.depths, 3) }),
    wanted.replays.length === 0 ? nothing : client.query({ ...REPLAYED_ROWS, values: [wanted.replays] }),
    wanted.plans.length === 0 ? nothing : client.query({ ...PLAN_ROWS, values: [wanted.plans] }),
    client.query({ ...NEXT_IDS, values: wanted.counts }),
  ]);
  const numbers = ids!.rows[0]!;
  return {
    snapshots: new Map(snapshots!.rows.map((row) => [row.hash, { json: row.json, revoked: row.revoked }])),
    newest: new Map(newest!.rows.map((row) => [NEWEST, row.hash])),
    deliveries: new Map(deliveries!.rows.map((row) => [row.id, row as DeliveryRow])),
    messages: new Map(
      [...messages!.rows, ...locked!.rows].map((row) => [row.message_id, row as unknown as MessageRow]),
    ),
    parts: new Map(parts!.rows.map((row) => [keyOf(String(row.request), row.sender), true])),
    depths: new Map(depths!.rows.map((row) => [keyOf(row.recipient, row.mailbox, row.format), row.unsettled])),
    replayed: new Map(replayed!.rows.map((row) => [row.replays, true])),
    plans: new Map(plans!.rows.map((row) => [row.id, row.revision])),
    ids: { messages: numbers.messages, deliveries: numbers.deliveries, leaves: numbers.leaves },
  };
}

const EMPTY = { rows: [], rowCount: 0, command: '' } as unknown as Result;
const nothing: Promise<Result> = Promise.resolve(EMPTY);

/** Waits for every answer, then fails with the first error: what came after it failed because of it. */
export async function flight(queries: readonly Promise<Result>[]): Promise<Result[]> {
  const settled = await Promise.allSettled(queries);
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return settled.map((one) => (one as PromiseFulfilledResult<Result>).value);
}

const SNAPSHOT_ROWS = {
  name: 'snapshot-rows',
  text: 'SELECT hash, json, revoked FROM snapshot WHERE hash = ANY($1)',
};
const NEWEST_SNAPSHOT = { name: 'newest-snapshot', text: 'SELECT hash FROM snapshot ORDER BY seq DESC LIMIT 1' };
const DELIVERY_ROWS = {
  name: 'delivery-rows',
  text: `SELECT id, state, attempts, road, recipient, mailbox, node_id, format, leased_until, due_at, poll_digest, cause
    FROM delivery WHERE id = ANY($1) ORDER BY id FOR UPDATE`,
};
const MESSAGE = 'SELECT message_id, id, request, exchange, closed_by, sender, closes FROM message';
const MESSAGE_ROWS = { name: 'message-rows', text: `${MESSAGE} WHERE month = ANY($1) AND message_id = ANY($2)` };
const LOCKED_ROWS = {
  name: 'locked-rows',
  text: `${MESSAGE} WHERE month = ANY($1) AND message_id = ANY($2) ORDER BY message_id FOR UPDATE`,
};
/** After the requests are locked: of two parts of one sender the second sees the first. */
const PART_ROWS = {
  name: 'part-rows',
  text: `SELECT request, sender FROM message WHERE closes = 'part' AND request IN
    (SELECT id FROM message WHERE month = ANY($1) AND message_id = ANY($2))`,
};
const DEPTH_ROWS = `SELECT recipient, mailbox, format, unsettled FROM depth WHERE (recipient, mailbox, format) IN
  (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]))`;
const DEPTHS = { name: 'depths', text: DEPTH_ROWS };
const LOCKED_DEPTHS = {
  name: 'locked-depths',
  text: `${DEPTH_ROWS} ORDER BY recipient, mailbox, format FOR UPDATE`,
};
/** After the deliveries they replay are locked: of two replays of one delivery the second sees the first. */
const REPLAYED_ROWS = { name: 'replayed-rows', text: 'SELECT replays FROM delivery WHERE replays = ANY($1)' };
const PLAN_ROWS = {
  name: 'plan-rows',
  text: 'SELECT id, revision FROM plan WHERE id = ANY($1) ORDER BY id FOR UPDATE',
};
const NEXT_IDS = {
  name: 'next-ids',
  text: `SELECT ARRAY(SELECT nextval('message_id') FROM generate_series(1, $1::int)) AS messages,
    ARRAY(SELECT nextval('delivery_id') FROM generate_series(1, $2::int)) AS deliveries,
    ARRAY(SELECT nextval('leaf_id') FROM generate_series(1, $3::int)) AS leaves`,
};

function wantedBy(works: readonly Commit[]) {
  const snapshots = new Set<string>();
  const deliveries = new Set<number>();
  const messages = new Set<string>();
  const closed = new Set<string>();
  const parts = new Set<string>();
  const depths = new Set<string>();
  const replays = new Set<number>();
  const plans = new Set<string>();
  const counts = [0, 0, 0];
  for (const work of works) {
    if (work.judgedUnder !== undefined) snapshots.add(work.judgedUnder);
    if (work.snapshot !== undefined)
      for (const hash of [work.snapshot.hash, ...(work.snapshot.revokes ?? [])]) snapshots.add(hash);
    for (const { delivery } of work.moves ?? []) deliveries.add(delivery);
    if (work.message !== undefined) messages.add(work.message.messageId).add(work.message.exchange);
    if (work.message?.closes === true || work.message?.closes === 'part') closed.add(work.message.exchange);
    if (work.message?.closes === 'part') parts.add(work.message.exchange);
    if (work.plan !== undefined) plans.add(work.plan.id);
    if (work.reopens !== undefined) {
      closed.add(work.reopens.exchange);
      messages.add(work.reopens.closedBy);
    }
    for (const delivery of work.deliveries ?? []) {
      messages.add(delivery.messageId);
      if (delivery.replays !== undefined) {
        replays.add(delivery.replays);
        deliveries.add(delivery.replays);
      }
      if (delivery.capacity !== undefined)
        depths.add(keyOf(delivery.recipient, delivery.mailbox, delivery.format ?? ''));
    }
    counts[0]! += work.message === undefined ? 0 : 1;
    counts[1]! += work.deliveries?.length ?? 0;
    counts[2]! += work.leaves.length;
  }
  return {
    snapshots: [...snapshots],
    deliveries: [...deliveries],
    messages: [...messages],
    closed: [...closed],
    parts: [...parts],
    depths: [...depths],
    replays: [...replays],
    plans: [...plans],
    counts,
  };
}

function byMonth(ids: readonly string[]): [number[], readonly string[]] {
  return [[...new Set(ids.map(monthOfId))], ids];
}

/** Keys of counters as one array a column, sorted, so that rows are locked in one order. */
export function byColumn(keys: readonly string[], columns: number): string[][] {
  const rows = [...keys].sort().map(columnsOf);
  return Array.from({ length: columns }, (_, at) => rows.map((row) => row[at]!));
}
