import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Mailbox } from '../../message/index.js';
import type { DeliveryFilter, MailboxPoll, StoredDelivery } from '../../ports/index.js';
import { DELIVERY_COLUMNS, deliveryOf } from './rows.js';

/** Leases that ran out and are looked through for the oldest of a mailbox; beyond it the longest expired go first. */
const LEASES_SEEN = 1_000;
const FROM = 'FROM delivery d JOIN message m ON m.id = d.message';
const READY = `road = 'pull' AND state = 'queued' AND recipient = ? AND mailbox = ? AND node_id = ?`;
const LEASED = `state = 'leased' AND recipient = ? AND mailbox = ? AND node_id = ? AND leased_until < ?`;
const ALIVE = '(expires_at IS NULL OR expires_at > ?)';

/** Deliveries: mailboxes, due pushes, what the sweeper asks for. Every query walks a partial index of the state it wants. */
export function deliveryReader(database: DatabaseSync) {
  const byId = database.prepare(`SELECT ${DELIVERY_COLUMNS} ${FROM} WHERE d.id = ?`);
  const ofMessage = database.prepare(`SELECT ${DELIVERY_COLUMNS} ${FROM} WHERE m.message_id = ? ORDER BY d.id DESC`);
  const ofPoll = database.prepare(
    `SELECT ${DELIVERY_COLUMNS} ${FROM} WHERE d.poll_digest = ? ORDER BY d.id DESC LIMIT 1`,
  );
  const depth = database.prepare(
    'SELECT ifnull(sum(unsettled), 0) AS depth FROM selector WHERE recipient = ? AND mailbox = ?',
  );
  const statistics = database.prepare(
    'SELECT format, node_id, mailbox, pending FROM selector WHERE recipient = ? AND pending > 0 ORDER BY mailbox, node_id, format',
  );
  const due = database.prepare(
    `SELECT ${DELIVERY_COLUMNS} ${FROM} WHERE d.road = 'push' AND d.state IN ('queued', 'in-doubt') AND d.due_at <= ?
       AND d.recipient NOT IN (SELECT value FROM json_each(?))
     ORDER BY d.due_at, d.id LIMIT ?`,
  );
  const checking = database.prepare(
    `SELECT ${DELIVERY_COLUMNS} ${FROM} WHERE d.state = 'checking' ORDER BY d.id LIMIT ?`,
  );
  return {
    delivery: (id: number): StoredDelivery | undefined => {
      const row = byId.get(id);
      return row && deliveryOf(row);
    },
    deliveriesOf: (messageId: string): StoredDelivery[] => ofMessage.all(messageId).map(deliveryOf),
    leasedByPoll: (pollDigest: Uint8Array): StoredDelivery | undefined => {
      const row = ofPoll.get(pollDigest);
      return row && deliveryOf(row);
    },
    depth: (recipient: string, mailbox: Mailbox): number => Number(depth.get(recipient, mailbox)?.depth),
    queueStatistics: (recipient: string) =>
      statistics.all(recipient).map((row) => ({
        format: row.format as string,
        ...(row.node_id === '' ? {} : { nodeId: row.node_id as string }),
        mailbox: row.mailbox as Mailbox,
        pending: row.pending as number,
      })),
    dueDeliveries: (now: number, limit: number, except: readonly string[] = []): StoredDelivery[] =>
      due.all(now, JSON.stringify(except), limit).map(deliveryOf),
    checkingDeliveries: (limit: number): StoredDelivery[] => checking.all(limit).map(deliveryOf),
    deliveries: listReader(database),
    nextInMailbox: mailboxReader(database, byId),
    overdueDeliveries: overdueReader(database),
  };
}

/** A walk down the index of each state; the newest of all of them. */
function listReader(database: DatabaseSync) {
  const ofState = database.prepare(
    `SELECT ${DELIVERY_COLUMNS} ${FROM} WHERE d.state = ? AND d.state <> 'delivered' AND d.id < ?
       AND d.recipient = ifnull(?, d.recipient) AND d.queued_at >= ? AND d.queued_at < ? ORDER BY d.id DESC LIMIT ?`,
  );
  return ({ states, before, limit, recipient, from, to }: DeliveryFilter): StoredDelivery[] =>
    states
      .flatMap((state) =>
        ofState.all(
          state,
          before ?? Number.MAX_SAFE_INTEGER,
          recipient ?? null,
          from ?? 0,
          to ?? Number.MAX_SAFE_INTEGER,
          limit,
        ),
      )
      .map(deliveryOf)
      .sort((a, b) => b.id - a.id)
      .slice(0, limit);
}

/** A lease that ran out stands at its first place again: the smaller id of the two candidates is the older. */
function mailboxReader(database: DatabaseSync, byId: StatementSync) {
  const ready = database.prepare(
    `SELECT id FROM delivery INDEXED BY delivery_ready WHERE ${READY} AND ${ALIVE} ORDER BY id LIMIT ?`,
  );
  const readyOfFormat = database.prepare(
    `SELECT id FROM delivery INDEXED BY delivery_ready_format WHERE ${READY} AND format = ? AND ${ALIVE} ORDER BY id LIMIT ?`,
  );
  const leased = database.prepare(
    `SELECT id FROM delivery INDEXED BY delivery_lease WHERE ${LEASED} AND ${ALIVE} AND format = ifnull(?, format)
     ORDER BY leased_until LIMIT ${LEASES_SEEN}`,
  );
  return (poll: MailboxPoll): StoredDelivery | undefined => {
    const { recipient, mailbox, nodeId = '', format, now, except } = poll;
    const key = [recipient, mailbox, nodeId] as const;
    const most = except.length + 1;
    const queued = format === undefined ? ready.all(...key, now, most) : readyOfFormat.all(...key, format, now, most);
    const candidates = [...queued, ...leased.all(...key, now, now, format ?? null)];
    const ids = candidates.map((row) => row.id as number).filter((id) => !except.includes(id));
    if (ids.length === 0) return undefined;
    const row = byId.get(ids.reduce((oldest, id) => Math.min(oldest, id)));
    return row && deliveryOf(row);
  };
}

/** A leased delivery whose EOL passed is left to its lease: its recipient may still confirm it. */
function overdueReader(database: DatabaseSync) {
  const leases = database.prepare(
    `SELECT ${DELIVERY_COLUMNS} ${FROM} WHERE d.state = 'leased' AND d.leased_until < ? ORDER BY d.leased_until LIMIT ?`,
  );
  const expired = database.prepare(
    `SELECT ${DELIVERY_COLUMNS} ${FROM} WHERE d.road = 'pull' AND d.state = 'queued' AND d.expires_at <= ?
     ORDER BY d.expires_at LIMIT ?`,
  );
  return (now: number, limit: number): StoredDelivery[] =>
    [...leases.all(now, limit), ...expired.all(now, limit)].slice(0, limit).map(deliveryOf);
}
