import type { DeliveryState } from '../../message/index.js';
import type { Commit, Committed, Move, NewDelivery, NewMessage } from '../../ports/index.js';
import { PART } from './rows.js';
import type { Statements } from './statements.js';

export type Conflict = Extract<Committed, { ok: false }>;

const FINAL: ReadonlySet<DeliveryState> = new Set([
  'delivered',
  'not-accepted',
  'failed',
  'refused',
  'expired',
  'cancelled',
]);

/**
 * Writes one piece of work inside the caller's savepoint. On a conflict it may have written part: the caller undoes it.
 * `leafIndex` is the index its first leaf gets if the work stands.
 */
export function applyCommit(sql: Statements, work: Commit, leafIndex: number): number[] | Conflict {
  const stale = checkSnapshot(sql, work) ?? moveAll(sql, work.moves ?? []) ?? savePlan(sql, work.plan);
  if (stale !== undefined) return stale;
  if (work.reopens !== undefined) {
    sql.reopen.run(work.reopens.exchange, work.reopens.closedBy);
    sql.reopenPart.run(work.reopens.exchange, work.reopens.closedBy);
  }
  let row: MessageRow | undefined;
  if (work.message !== undefined) {
    row = insertMessage(sql, work.message, leafIndex + acceptedLeaf(work, work.message));
    if (row === undefined) return conflict('duplicate', work.message.messageId);
    if (!closeRequest(sql, work.message, row)) {
      return conflict('moved', `exchange ${work.message.exchange} is closed or unknown`);
    }
  }
  insertBody(sql, work);
  if (work.forgetKeptUntil !== undefined) sql.forgetBodies.run(work.forgetKeptUntil);
  for (const person of work.persons ?? []) sql.insertPerson.run(person.label, person.sealed);
  const deliveries: number[] = [];
  for (const delivery of work.deliveries ?? []) {
    if (isFull(sql, delivery))
      return conflict('overflow', `${delivery.recipient} ${delivery.mailbox} ${delivery.format ?? ''}`.trim());
    if (!mayReplay(sql, delivery))
      return conflict('moved', `delivery ${delivery.replays} cannot be replayed, or was before`);
    const carried = delivery.messageId === work.message?.messageId ? row : undefined;
    deliveries.push(insertDelivery(sql, delivery, carried));
  }
  insertLeaves(sql, work, leafIndex);
  for (const { hash, bytes } of work.artefacts ?? []) sql.insertArtefact.run(hash, bytes);
  if (work.snapshot !== undefined) putInForce(sql, work.snapshot);
  return deliveries;
}

function savePlan(sql: Statements, plan: Commit['plan']): Conflict | undefined {
  if (plan === undefined) return undefined;
  const { id, revision, json } = plan;
  const { changes } =
    revision === 1 ? sql.insertPlan.run(id, json) : sql.updatePlan.run(revision, json, id, revision - 1);
  return changes === 1 ? undefined : conflict('moved', `plan ${id} is not at revision ${revision - 1}`);
}

/** Whether what it replays ended without an effect and has no replay yet. */
function mayReplay(sql: Statements, { replays }: NewDelivery): boolean {
  return replays === undefined || sql.replayable.get(replays) !== undefined;
}

interface MessageRow {
  readonly id: number;
  readonly request: number;
}

function checkSnapshot(sql: Statements, work: Commit): Conflict | undefined {
  const upon = work.snapshot?.upon;
  if (upon !== undefined && sql.newestSnapshot.get()?.hash !== upon)
    return conflict('moved', `${upon} is not the newest snapshot`);
  if (work.judgedUnder === undefined) return undefined;
  const row = sql.snapshotRow.get(work.judgedUnder);
  if (row === undefined) return conflict('snapshot', `${work.judgedUnder} was never in force`);
  return row.revoked === 1 ? conflict('snapshot', `${work.judgedUnder} was revoked`) : undefined;
}

function moveAll(sql: Statements, moves: readonly Move[]): Conflict | undefined {
  for (const move of moves) {
    const row = sql.deliveryRow.get(move.delivery);
    if (row === undefined) return conflict('moved', `delivery ${move.delivery} does not exist`);
    const state = row.state as DeliveryState;
    const expected = move.from.includes(state) && (move.ifAttempts ?? row.attempts) === row.attempts;
    if (!expected) return conflict('moved', `delivery ${move.delivery} is ${state}, attempt ${row.attempts}`);
    sql.move.run(
      move.to,
      move.attempts ?? null,
      move.to === 'leased' ? (move.leasedUntil ?? null) : null,
      move.dueAt ?? null,
      move.pollDigest ?? null,
      move.cause ?? null,
      move.delivery,
    );
    const key = [row.recipient, row.mailbox, row.node_id, row.format] as [string, string, string, string];
    const road = row.road as NewDelivery['road'];
    const unsettled = unsettledOf(move.to) - unsettledOf(state);
    sql.count.run(...key, unsettled, pendingOf(road, move.to) - pendingOf(road, state));
    if (unsettled < 0) sql.forgetEmpty.run(...key);
  }
  return undefined;
}

function insertMessage(sql: Statements, message: NewMessage, leaf: number): MessageRow | undefined {
  const id = Number(sql.nextMessage.get()?.id);
  const request = message.exchange === message.messageId ? undefined : sql.messageRow.get(message.exchange);
  const row = { id, request: Number(request?.request ?? id) };
  const { changes } = sql.insertMessage.run(
    message.messageId,
    message.exchange,
    row.request,
    message.kind,
    message.version,
    message.sender,
    message.recipient ?? null,
    message.format ?? null,
    message.acceptedAt,
    message.eol ?? null,
    Number(message.test),
    message.bodyId,
    message.config,
    message.road,
    message.closes === undefined ? null : message.closes === 'part' ? PART : Number(message.closes),
    message.digest,
    JSON.stringify(message.meta),
    message.receiptToken,
    leaf,
  );
  return changes === 0 ? undefined : row;
}

/** First answer wins: a request closes once, one of several recipients once for each. */
function closeRequest(sql: Statements, message: NewMessage, { id, request }: MessageRow): boolean {
  if (message.closes === 'part') return request !== id && sql.otherPart.get(request, message.sender, id) === undefined;
  if (message.closes !== true) return true;
  return sql.close.run(message.messageId, message.exchange).changes === 1;
}

/** Place among the work's leaves of the one that records the message's acceptance. */
function acceptedLeaf(work: Commit, message: NewMessage): number {
  const accepted = work.leaves.findIndex((leaf) => leaf.kind === 'accepted' && leaf.messageId === message.messageId);
  if (accepted >= 0) return accepted;
  const about = work.leaves.findIndex((leaf) => leaf.messageId === message.messageId);
  if (work.leaves.length === 0) throw new Error(`message ${message.messageId} is committed without a leaf`);
  return Math.max(about, 0);
}

function insertBody(sql: Statements, work: Commit): void {
  if (work.body === undefined) return;
  const { bodyId, sha256, keepUntil, container, keys } = work.body;
  const row = sql.insertBody.run(bodyId, sha256, keepUntil ?? null, container).lastInsertRowid;
  for (const key of keys) sql.insertKey.run(row, key.slot, key.epoch, key.wrapped);
}

function isFull(sql: Statements, delivery: NewDelivery): boolean {
  if (delivery.capacity === undefined) return false;
  return Number(sql.depth.get(delivery.recipient, delivery.mailbox, delivery.format ?? '')?.depth) >= delivery.capacity;
}

function insertDelivery(sql: Statements, delivery: NewDelivery, carried: MessageRow | undefined): number {
  const found = carried ?? (sql.messageRow.get(delivery.messageId) as MessageRow | undefined);
  if (found === undefined) throw new Error(`delivery of ${delivery.messageId}, which was never accepted`);
  const { recipient, mailbox, road, state, format = '', nodeId = '', queuedAt } = delivery;
  const due = delivery.dueAt ?? (road === 'push' ? queuedAt : null);
  const row = sql.insertDelivery.run(
    found.id,
    found.request,
    recipient,
    mailbox,
    road,
    state,
    format,
    nodeId,
    queuedAt,
    due,
    delivery.expiresAt ?? null,
    delivery.cause ?? null,
    delivery.replays ?? null,
  );
  if (unsettledOf(state) > 0)
    sql.count.run(recipient, mailbox, nodeId, format, unsettledOf(state), pendingOf(road, state));
  return Number(row.lastInsertRowid);
}

function insertLeaves(sql: Statements, work: Commit, leafIndex: number): void {
  for (const [at, leaf] of work.leaves.entries()) {
    const { kind, time, messageId = null, exchange = null, bytes, opening } = leaf;
    sql.insertLeaf.run(leafIndex + at, kind, time, messageId, exchange, bytes, opening);
  }
}

function putInForce(sql: Statements, snapshot: NonNullable<Commit['snapshot']>): void {
  const known = sql.snapshotRow.get(snapshot.hash);
  if (known !== undefined && known.json !== snapshot.json) {
    throw new Error(`snapshot ${snapshot.hash} exists with other content`);
  }
  sql.saveSnapshot.run(snapshot.hash, snapshot.json);
  for (const hash of snapshot.revokes ?? []) sql.revoke.run(hash);
}

function unsettledOf(state: DeliveryState): number {
  return FINAL.has(state) ? 0 : 1;
}

function pendingOf(road: NewDelivery['road'], state: DeliveryState): number {
  return road === 'pull' && (state === 'queued' || state === 'leased') ? 1 : 0;
}

export function conflict(kind: Conflict['conflict'], detail: string): Conflict {
  return { ok: false, conflict: kind, detail };
}
