import type { DeliveryState } from '../../message/index.js';
import type { Commit, Committed, Move, NewDelivery, NewMessage } from '../../ports/index.js';
import { Layer } from './layer.js';
import { monthOfId } from './month.js';
import { NEWEST, type WhatStands } from './read-what-stands.js';
import {
  type BatchRows,
  closesText,
  count,
  type DeliveryRow,
  emptyRows,
  keyOf,
  type MessageRow,
} from './rows-of-batch.js';

export type Conflict = Extract<Committed, { ok: false }>;

/** What became of one work of a batch: ids of its new deliveries and of its leaves (not yet their places in the log). */
export interface Taken {
  readonly deliveries: readonly number[];
  readonly leaves: readonly number[];
}

const FINAL: ReadonlySet<DeliveryState> = new Set([
  'delivered',
  'not-accepted',
  'failed',
  'refused',
  'expired',
  'cancelled',
]);

/** Judges the works of one batch one after another in memory; each sees what those before it did. */
export class BatchJudge {
  readonly rows: BatchRows = emptyRows();
  readonly #snapshots;
  readonly #newest;
  readonly #deliveries;
  readonly #messages;
  readonly #parts;
  readonly #depths;
  readonly #replayed;
  readonly #plans;
  readonly #ids;

  constructor(stands: WhatStands) {
    this.#snapshots = new Layer(stands.snapshots);
    this.#newest = new Layer(stands.newest);
    this.#deliveries = new Layer(stands.deliveries);
    this.#messages = new Layer(stands.messages);
    this.#parts = new Layer(stands.parts);
    this.#depths = new Layer(stands.depths);
    this.#replayed = new Layer(stands.replayed);
    this.#plans = new Layer(stands.plans);
    this.#ids = stands.ids;
  }

  judge(work: Commit): Taken | Conflict {
    const layers = [
      this.#snapshots,
      this.#newest,
      this.#deliveries,
      this.#messages,
      this.#parts,
      this.#depths,
      this.#replayed,
      this.#plans,
    ];
    const draft = emptyRows();
    const verdict = this.#draftOrMisuse(work, draft);
    if ('ok' in verdict) for (const layer of layers) layer.drop();
    else {
      for (const layer of layers) layer.keep();
      append(this.rows, draft);
    }
    return verdict;
  }

  #draftOrMisuse(work: Commit, draft: BatchRows): Taken | Conflict {
    try {
      return this.#draft(work, draft);
    } catch (error) {
      if (error instanceof Misuse) return conflict('unavailable', error.message);
      throw error;
    }
  }

  #draft(work: Commit, draft: BatchRows): Taken | Conflict {
    const stale =
      this.#judgeSnapshot(work) ?? this.#moveAll(work.moves ?? [], draft) ?? this.#savePlan(work.plan, draft);
    if (stale !== undefined) return stale;
    const leaves = work.leaves.map((leaf) => {
      const id = this.#ids.leaves.shift()!;
      draft.leaves.push({ ...leaf, id });
      return id;
    });
    if (work.reopens !== undefined) this.#reopen(work.reopens, draft);
    const refused = work.message === undefined ? undefined : this.#accept(work, work.message, leaves, draft);
    if (refused !== undefined) return refused;
    if (work.body !== undefined) draft.bodies.push(work.body);
    if (work.forgetKeptUntil !== undefined) draft.forgetKeptUntil = work.forgetKeptUntil;
    draft.persons.push(...(work.persons ?? []));
    draft.artefacts.push(...(work.artefacts ?? []));
    const deliveries: number[] = [];
    for (const delivery of work.deliveries ?? []) {
      if (!this.#mayReplay(delivery))
        return conflict('moved', `delivery ${delivery.replays} cannot be replayed, or was before`);
      if (!this.#deliver(delivery, deliveries, draft))
        return conflict('overflow', `${delivery.recipient} ${delivery.mailbox} ${delivery.format ?? ''}`.trim());
    }
    if (work.snapshot !== undefined) this.#putInForce(work.snapshot, draft);
    return { deliveries, leaves };
  }

  #savePlan(plan: Commit['plan'], draft: BatchRows): Conflict | undefined {
    if (plan === undefined) return undefined;
    const present = this.#plans.get(plan.id) ?? 0;
    if (present !== plan.revision - 1) return conflict('moved', `plan ${plan.id} is at revision ${present}`);
    const isNew = present === 0 || this.rows.plans.get(plan.id)?.isNew === true;
    this.#plans.set(plan.id, plan.revision);
    draft.plans.set(plan.id, { ...plan, isNew });
    return undefined;
  }

  /** Whether what it replays ended without an effect and has no replay yet. */
  #mayReplay({ replays }: NewDelivery): boolean {
    if (replays === undefined) return true;
    const old = this.#deliveries.get(replays)?.state;
    if (old !== 'failed' && old !== 'not-accepted' && old !== 'expired') return false;
    if (this.#replayed.get(replays) === true) return false;
    this.#replayed.set(replays, true);
    return true;
  }

  #judgeSnapshot({ judgedUnder, snapshot: next }: Commit): Conflict | undefined {
    if (next?.upon !== undefined && next.upon !== this.#newest.get(NEWEST))
      return conflict('moved', `${next.upon} is not the newest snapshot`);
    if (judgedUnder === undefined) return undefined;
    const snapshot = this.#snapshots.get(judgedUnder);
    if (snapshot === undefined) return conflict('snapshot', `${judgedUnder} was never in force`);
    return snapshot.revoked ? conflict('snapshot', `${judgedUnder} was revoked`) : undefined;
  }

  #moveAll(moves: readonly Move[], draft: BatchRows): Conflict | undefined {
    for (const move of moves) {
      const row = this.#deliveries.get(move.delivery);
      if (row === undefined) return conflict('moved', `delivery ${move.delivery} does not exist`);
      if (!move.from.includes(row.state) || (move.ifAttempts ?? row.attempts) !== row.attempts)
        return conflict('moved', `delivery ${move.delivery} is ${row.state}, attempt ${row.attempts}`);
      const next = movedBy(row, move);
      this.#deliveries.set(row.id, next);
      draft.moved.set(row.id, next);
      this.#count(row, unsettledOf(next.state) - unsettledOf(row.state), draft);
      const key = keyOf(row.recipient, row.mailbox, row.node_id, row.format);
      count(draft.pendings, key, pendingOf(row.road, next.state) - pendingOf(row.road, row.state));
    }
    return undefined;
  }

  #count(of: { recipient: string; mailbox: string; format?: string }, change: number, draft: BatchRows): void {
    const key = keyOf(of.recipient, of.mailbox, of.format ?? '');
    this.#depths.set(key, (this.#depths.get(key) ?? 0) + change);
    count(draft.depths, key, change);
  }

  #reopen({ exchange, closedBy }: NonNullable<Commit['reopens']>, draft: BatchRows): void {
    const request = this.#messages.get(exchange);
    if (request?.closed_by === closedBy) this.#close(exchange, request, null, draft);
    const part = this.#messages.get(closedBy);
    if (part?.closes !== 'part' || part.exchange !== exchange) return;
    this.#messages.set(closedBy, { ...part, closes: 'no' });
    this.#parts.set(keyOf(String(part.request), part.sender), false);
    draft.reopenedParts.push(closedBy);
  }

  #close(messageId: string, request: MessageRow, by: string | null, draft: BatchRows): void {
    this.#messages.set(messageId, { ...request, closed_by: by });
    draft.closed.set(messageId, by);
  }

  /** First answer wins: a request closes once. */
  #accept(work: Commit, message: NewMessage, leaves: readonly number[], draft: BatchRows): Conflict | undefined {
    const { messageId, exchange } = message;
    if (this.#messages.get(messageId) !== undefined) return conflict('duplicate', messageId);
    const request = exchange === messageId ? undefined : this.#messages.get(exchange);
    if (message.closes === true) {
      if (request === undefined || request.closed_by !== null)
        return conflict('moved', `exchange ${exchange} is closed or unknown`);
      this.#close(exchange, request, messageId, draft);
    }
    if (message.closes === 'part') {
      const part = keyOf(String(request?.request), message.sender);
      if (request === undefined || this.#parts.get(part) === true)
        return conflict('moved', `${message.sender} answered ${exchange}, or it is unknown`);
      this.#parts.set(part, true);
    }
    const id = this.#ids.messages.shift()!;
    const closes = closesText(message.closes);
    const row = { id, request: request?.request ?? id, exchange, closed_by: null, sender: message.sender, closes };
    this.#messages.set(messageId, row);
    draft.messages.push({ ...message, id, request: row.request, leaf: leaves[acceptedLeaf(work, message)]! });
    return undefined;
  }

  #deliver(delivery: NewDelivery, ids: number[], draft: BatchRows): boolean {
    const { messageId, recipient, mailbox, road, state, format = '', nodeId = '', capacity } = delivery;
    const message = this.#messages.get(messageId);
    if (message === undefined) throw new Misuse(`delivery of ${messageId}, which was never accepted`);
    if (capacity !== undefined && (this.#depths.get(keyOf(recipient, mailbox, format)) ?? 0) >= capacity) return false;
    const id = this.#ids.deliveries.shift()!;
    draft.deliveries.push({ ...delivery, id, request: message.request, requestMonth: monthOfId(message.exchange) });
    ids.push(id);
    this.#count(delivery, unsettledOf(state), draft);
    count(draft.pendings, keyOf(recipient, mailbox, nodeId, format), pendingOf(road, state));
    return true;
  }

  #putInForce({ hash, json, revokes = [] }: NonNullable<Commit['snapshot']>, draft: BatchRows): void {
    const known = this.#snapshots.get(hash);
    if (known !== undefined && known.json !== json) throw new Misuse(`snapshot ${hash} exists with other content`);
    this.#snapshots.set(hash, { json, revoked: false });
    this.#newest.set(NEWEST, hash);
    for (const other of revokes) {
      const row = this.#snapshots.get(other);
      if (row !== undefined) this.#snapshots.set(other, { ...row, revoked: true });
    }
    draft.snapshots.push({ hash, json, revokes });
  }
}

/** The work itself is wrong: refused alone, its neighbours go on. */
export class Misuse extends Error {}

/** Place among the work's leaves of the one that records the message's acceptance. */
function acceptedLeaf(work: Commit, message: NewMessage): number {
  if (work.leaves.length === 0) throw new Misuse(`message ${message.messageId} is committed without a leaf`);
  const accepted = work.leaves.findIndex((leaf) => leaf.kind === 'accepted' && leaf.messageId === message.messageId);
  if (accepted >= 0) return accepted;
  const about = work.leaves.findIndex((leaf) => leaf.messageId === message.messageId);
  return Math.max(about, 0);
}

function movedBy(row: DeliveryRow, move: Move): DeliveryRow {
  return {
    ...row,
    state: move.to,
    attempts: move.attempts ?? row.attempts,
    leased_until: move.to === 'leased' ? (move.leasedUntil ?? null) : null,
    due_at: move.dueAt ?? row.due_at,
    poll_digest: move.pollDigest ?? row.poll_digest,
    cause: move.cause ?? row.cause,
  };
}

function append(rows: BatchRows, draft: BatchRows): void {
  rows.messages.push(...draft.messages);
  rows.bodies.push(...draft.bodies);
  rows.deliveries.push(...draft.deliveries);
  rows.leaves.push(...draft.leaves);
  rows.persons.push(...draft.persons);
  rows.artefacts.push(...draft.artefacts);
  rows.snapshots.push(...draft.snapshots);
  for (const [id, plan] of draft.plans) rows.plans.set(id, plan);
  for (const [id, by] of draft.closed) rows.closed.set(id, by);
  rows.reopenedParts.push(...draft.reopenedParts);
  for (const [id, row] of draft.moved) rows.moved.set(id, row);
  for (const [key, change] of draft.depths) count(rows.depths, key, change);
  for (const [key, change] of draft.pendings) count(rows.pendings, key, change);
  if (draft.forgetKeptUntil !== undefined)
    rows.forgetKeptUntil = Math.max(rows.forgetKeptUntil ?? draft.forgetKeptUntil, draft.forgetKeptUntil);
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
