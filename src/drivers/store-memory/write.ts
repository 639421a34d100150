import type { DeliveryState } from '../../message/index.js';
import type { Commit, Committed, Move, NewDelivery, NewMessage, Sequencer, StoredDelivery } from '../../ports/index.js';
import { isSettled, keep, type Tables } from './tables.js';

type Conflict = Extract<Committed, { ok: false }>;

/** Judges the whole of the work before it writes any of it. */
export function write(tables: Tables, work: Commit, sequencer: Sequencer): Committed {
  const moved = judgeMoves(tables, work.moves ?? []);
  if ('ok' in moved) return moved;
  const refused =
    judgeSnapshot(tables, work) ??
    judgePlan(tables, work) ??
    judgeReplays(tables, work, moved) ??
    judgeMessage(tables, work) ??
    judgeCapacity(tables, work, moved);
  if (refused !== undefined) return refused;
  const sequenced = sequencer.sequence(
    tables.edge,
    work.leaves.map((leaf) => leaf.bytes),
  );
  const { root, note } = sequencer.checkpoint(sequenced.edge);
  const first = sequenced.firstIndex;
  for (const [id, delivery] of moved) tables.deliveries[id - 1] = delivery;
  if (work.reopens !== undefined) reopen(tables, work.reopens);
  if (work.message !== undefined) insertMessage(tables, work, work.message, first);
  if (work.body !== undefined) tables.bodies.set(work.body.bodyId, keep(work.body));
  if (work.forgetKeptUntil !== undefined) forget(tables, work.forgetKeptUntil);
  tables.persons.push(...keep(work.persons ?? []));
  const deliveries = (work.deliveries ?? []).map((delivery) => insertDelivery(tables, delivery));
  for (const [at, leaf] of work.leaves.entries()) tables.records.push(keep({ ...leaf, index: first + at }));
  for (const { level, position, hash } of sequenced.hashes)
    tables.hashes.set(`${level}/${position}`, Uint8Array.from(hash));
  for (const { hash, bytes } of work.artefacts ?? [])
    if (!tables.artefacts.has(hash)) tables.artefacts.set(hash, Uint8Array.from(bytes));
  if (work.plan !== undefined) tables.plans.set(work.plan.id, keep(work.plan));
  if (work.snapshot !== undefined) putInForce(tables, work.snapshot);
  tables.edge = sequenced.edge;
  const checkpoint = keep({ size: sequenced.edge.size, root: Uint8Array.from(root), note });
  if (checkpoint.size > 0) tables.checkpoint = checkpoint;
  return { ok: true, indexes: work.leaves.map((_, at) => first + at), deliveries, checkpoint };
}

function forget(tables: Tables, until: number): void {
  for (const [id, body] of tables.bodies)
    if (body.keepUntil !== undefined && body.keepUntil <= until) tables.bodies.delete(id);
}

function judgeSnapshot(tables: Tables, { judgedUnder, snapshot: next }: Commit): Conflict | undefined {
  if (next?.upon !== undefined && next.upon !== tables.snapshots.at(-1)?.hash)
    return conflict('moved', `${next.upon} is not the newest snapshot`);
  if (judgedUnder === undefined) return undefined;
  const snapshot = tables.snapshots.find((known) => known.hash === judgedUnder);
  if (snapshot === undefined) return conflict('snapshot', `${judgedUnder} was never in force`);
  return snapshot.revoked ? conflict('snapshot', `${judgedUnder} was revoked`) : undefined;
}

function judgePlan({ plans }: Tables, { plan }: Commit): Conflict | undefined {
  if (plan === undefined) return undefined;
  const present = plans.get(plan.id)?.revision ?? 0;
  return present === plan.revision - 1 ? undefined : conflict('moved', `plan ${plan.id} is at revision ${present}`);
}

const REPLAYABLE: readonly (DeliveryState | undefined)[] = ['failed', 'not-accepted', 'expired'];

function judgeReplays(
  tables: Tables,
  { deliveries = [] }: Commit,
  moved: ReadonlyMap<number, StoredDelivery>,
): Conflict | undefined {
  const replayed = new Set(tables.deliveries.map((d) => d.replays));
  for (const { replays } of deliveries) {
    if (replays === undefined) continue;
    const old = moved.get(replays) ?? tables.deliveries[replays - 1];
    if (!REPLAYABLE.includes(old?.state) || replayed.has(replays))
      return conflict('moved', `delivery ${replays} cannot be replayed, or was before`);
    replayed.add(replays);
  }
  return undefined;
}

function judgeMoves(tables: Tables, moves: readonly Move[]): Conflict | Map<number, StoredDelivery> {
  const moved = new Map<number, StoredDelivery>();
  for (const move of moves) {
    const delivery = moved.get(move.delivery) ?? tables.deliveries[move.delivery - 1];
    if (delivery === undefined) return conflict('moved', `delivery ${move.delivery} does not exist`);
    const { state, attempts } = delivery;
    if (!move.from.includes(state) || (move.ifAttempts ?? attempts) !== attempts) {
      return conflict('moved', `delivery ${move.delivery} is ${state}, attempt ${attempts}`);
    }
    moved.set(move.delivery, movedBy(delivery, move));
  }
  return moved;
}

function movedBy(delivery: StoredDelivery, move: Move): StoredDelivery {
  const { leasedUntil: _, ...rest } = delivery;
  const { to, attempts, leasedUntil, dueAt, pollDigest, cause } = move;
  return keep({
    ...rest,
    state: to,
    ...(attempts === undefined ? {} : { attempts }),
    ...(leasedUntil === undefined || to !== 'leased' ? {} : { leasedUntil }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(pollDigest === undefined ? {} : { pollDigest }),
    ...(cause === undefined ? {} : { cause }),
  });
}

function judgeMessage(tables: Tables, { message }: Commit): Conflict | undefined {
  if (message === undefined) return undefined;
  if (tables.messages.has(message.messageId)) return conflict('duplicate', message.messageId);
  if (message.closes !== true && message.closes !== 'part') return undefined;
  const request = tables.messages.get(message.exchange);
  const open = request !== undefined && (message.closes === 'part' ? !hasPart(tables, message) : !request.closedBy);
  return open ? undefined : conflict('moved', `exchange ${message.exchange} is closed or unknown`);
}

function hasPart(tables: Tables, { exchange, sender }: NewMessage): boolean {
  return [...tables.messages.values()].some(
    (m) => m.exchange === exchange && m.sender === sender && m.closes === 'part',
  );
}

function judgeCapacity(tables: Tables, work: Commit, moved: ReadonlyMap<number, StoredDelivery>): Conflict | undefined {
  const added: NewDelivery[] = [];
  for (const delivery of work.deliveries ?? []) {
    const { recipient, mailbox, format, capacity } = delivery;
    const same = (other: { recipient: string; mailbox: string; format?: string; state: DeliveryState }) =>
      other.recipient === recipient && other.mailbox === mailbox && other.format === format && !isSettled(other.state);
    const present = tables.deliveries.filter((other) => same(moved.get(other.id) ?? other)).length;
    if (capacity !== undefined && present + added.filter(same).length >= capacity) {
      return conflict('overflow', `${recipient} ${mailbox} ${format ?? ''}`.trim());
    }
    added.push(delivery);
  }
  return undefined;
}

function insertMessage(tables: Tables, work: Commit, message: NewMessage, first: number): void {
  const about = work.leaves.map((leaf) => leaf.messageId === message.messageId);
  const accepted = work.leaves.findIndex((leaf, at) => about[at] && leaf.kind === 'accepted');
  const place = accepted >= 0 ? accepted : Math.max(about.indexOf(true), 0);
  const order = tables.messages.size + 1;
  tables.messages.set(message.messageId, keep({ ...message, order, leaf: first + place }));
  const request = message.closes === true ? tables.messages.get(message.exchange) : undefined;
  if (request) tables.messages.set(request.messageId, keep({ ...request, closedBy: message.messageId }));
}

function reopen(tables: Tables, { exchange, closedBy }: NonNullable<Commit['reopens']>): void {
  const part = tables.messages.get(closedBy);
  if (part?.exchange === exchange && part.closes === 'part')
    tables.messages.set(closedBy, keep({ ...part, closes: false }));
  const request = tables.messages.get(exchange);
  if (request === undefined || request.closedBy !== closedBy) return;
  const { closedBy: _, ...open } = request;
  tables.messages.set(exchange, keep(open));
}

function insertDelivery(tables: Tables, delivery: NewDelivery): number {
  const { capacity: _, ...row } = delivery;
  const id = tables.deliveries.length + 1;
  const due = row.road === 'push' ? { dueAt: row.dueAt ?? row.queuedAt } : {};
  tables.deliveries.push(keep({ ...row, ...due, id, attempts: 0 }));
  return id;
}

function putInForce(tables: Tables, snapshot: NonNullable<Commit['snapshot']>): void {
  const { hash, json, revokes = [] } = snapshot;
  const others = tables.snapshots.filter((known) => known.hash !== hash);
  const kept = others.map((known) => ({ ...known, revoked: known.revoked || revokes.includes(known.hash) }));
  tables.snapshots.splice(0, tables.snapshots.length, ...kept, { hash, json, revoked: revokes.includes(hash) });
}

function conflict(kind: Conflict['conflict'], detail: string): Conflict {
  return { ok: false, conflict: kind, detail };
}
