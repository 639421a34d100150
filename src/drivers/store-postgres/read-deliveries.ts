import type { Mailbox } from '../../message/index.js';
import type { DeliveryFilter, MailboxPoll, StoredDelivery } from '../../ports/index.js';
import { MINE, ORPHANED } from './alive.js';
import type { Reading } from './reading.js';
import { DELIVERY_COLUMNS, deliveryOf } from './rows.js';

/** Leases that ran out and are looked through for the oldest of a mailbox; beyond it the longest expired go first. */
const LEASES_SEEN = 1_000;
/** How long a candidate is this process's alone, from the look to the lease; then it is shown again. */
const CLAIM = `interval '2 seconds'`;

const MOST = Number.MAX_SAFE_INTEGER;
const SELECT = `SELECT ${DELIVERY_COLUMNS} FROM delivery d`;
const DUE = `d.road = 'push' AND d.state IN ('queued', 'in-doubt') AND d.due_at <= $1 AND d.recipient <> ALL ($3::text[])`;
/** Each push is one process's affair, so that two do not call a partner about it; those of a process that is gone pass to whoever asks. */
const OWN_DUE = `${SELECT} WHERE ${DUE} AND ${MINE} ORDER BY d.due_at, d.id LIMIT $2`;
const ADOPT = `UPDATE delivery SET owner = $4 WHERE id IN (SELECT d.id FROM delivery d WHERE ${DUE} AND ${ORPHANED}
  ORDER BY d.due_at, d.id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED)`;
/** The first process that asks has it; it is told so again. */
const OWNS_POLL = `INSERT INTO poll (digest, process, until) VALUES ($1, $2, to_timestamp($3::double precision / 1000))
  ON CONFLICT (digest) DO UPDATE SET process = poll.process RETURNING process = $2 AS mine`;
/** A walk down the index of one state. */
const LISTED = `${SELECT} WHERE d.state = $1 AND d.state <> 'delivered' AND d.id < $2 AND ($3::text IS NULL OR d.recipient = $3)
  AND d.queued_at >= $4 AND d.queued_at < $5 ORDER BY d.id DESC LIMIT $6`;
const OVERDUE = `(${SELECT} WHERE d.state = 'leased' AND d.leased_until < $1 ORDER BY d.leased_until LIMIT $2)
  UNION ALL
  (${SELECT} WHERE d.road = 'pull' AND d.state = 'queued' AND d.expires_at <= $1 ORDER BY d.expires_at LIMIT $2) LIMIT $2`;

/** Deliveries: mailboxes, due pushes, what the sweeper asks for. Every query walks a partial index of the state it wants. */
export function deliveryReader(read: Reading, process: string) {
  const listed = async (name: string, text: string, values: readonly unknown[]): Promise<StoredDelivery[]> =>
    (await read.all(name, text, values)).map(deliveryOf);
  return {
    delivery: async (id: number) => (await listed('delivery', `${SELECT} WHERE d.id = $1`, [id]))[0],
    deliveriesOf: (messageId: string) =>
      listed('deliveries-of', `${SELECT} WHERE d.message_id = $1 ORDER BY d.id DESC`, [messageId]),
    leasedByPoll: async (pollDigest: Uint8Array) =>
      (await listed('leased-by', `${SELECT} WHERE d.poll_digest = $1 ORDER BY d.id DESC LIMIT 1`, [pollDigest]))[0],
    ownsPoll: async (pollDigest: Uint8Array, until: number): Promise<boolean> =>
      (await read.one('owns-poll', OWNS_POLL, [pollDigest, process, until]))!.mine,
    depth: async (recipient: string, mailbox: Mailbox): Promise<number> => {
      const text =
        'SELECT coalesce(sum(unsettled), 0)::bigint AS depth FROM depth WHERE recipient = $1 AND mailbox = $2';
      return (await read.one('depth', text, [recipient, mailbox]))!.depth;
    },
    queueStatistics: async (recipient: string) => {
      const text = `SELECT format, node_id, mailbox, pending FROM selector WHERE recipient = $1 AND pending > 0
        ORDER BY mailbox, node_id, format`;
      return (await read.all('statistics', text, [recipient])).map((row) => ({
        format: row.format as string,
        ...(row.node_id === '' ? {} : { nodeId: row.node_id as string }),
        mailbox: row.mailbox as Mailbox,
        pending: row.pending as number,
      }));
    },
    dueDeliveries: async (now: number, limit: number, except: readonly string[] = []) => {
      const values = [now, limit, except, process];
      await read.all('adopt', ADOPT, values);
      return await listed('due', OWN_DUE, values);
    },
    checkingDeliveries: (limit: number) =>
      listed('checking', `${SELECT} WHERE d.state = 'checking' ORDER BY d.id LIMIT $1`, [limit]),
    overdueDeliveries: (now: number, limit: number) => listed('overdue', OVERDUE, [now, limit]),
    deliveries: async ({ states, before, limit, recipient, from, to }: DeliveryFilter): Promise<StoredDelivery[]> => {
      const rest = [before ?? MOST, recipient ?? null, from ?? 0, to ?? MOST, limit];
      const found = await Promise.all(states.map((state) => listed('listed', LISTED, [state, ...rest])));
      return found
        .flat()
        .sort((a, b) => b.id - a.id)
        .slice(0, limit);
    },
    nextInMailbox: async (poll: MailboxPoll): Promise<StoredDelivery | undefined> => {
      const { recipient, mailbox, nodeId = '', format, now, except } = poll;
      const values = [recipient, mailbox, nodeId, now, except, process, ...(format === undefined ? [] : [format])];
      const [name, text] = format === undefined ? ANY_FORMAT : ONE_FORMAT;
      for (;;) {
        const row = await read.one(name, text, values);
        if (row === undefined || row.candidate === null) return undefined;
        // Another process claimed the candidate in the same instant: the next look sees that.
        if (row.id !== null) return deliveryOf(row);
      }
    },
  };
}

const ANY_FORMAT = ['next', nextText('')] as const;
const ONE_FORMAT = ['next-of-format', nextText('AND d.format = $7')] as const;

/**
 * The oldest a poll may take and no other process is handing out: skips rows another transaction is leasing now
 * (SKIP LOCKED) and those another process looked at a moment ago (claim). A lease that ran out stands at its first place
 * again: the smaller id of the two candidates is the older. What two processes claim at once is shown to one.
 */
function nextText(ofFormat: string): string {
  const box = `d.recipient = $1 AND d.mailbox = $2 AND d.node_id = $3 ${ofFormat} AND d.id <> ALL ($5::bigint[])
    AND (d.expires_at IS NULL OR d.expires_at > $4::bigint)`;
  const free = `NOT EXISTS (SELECT 1 FROM claim c
    WHERE c.delivery = d.id AND c.process <> $6::uuid AND c.until > clock_timestamp())`;
  const queued = `SELECT d.id FROM delivery d WHERE d.road = 'pull' AND d.state = 'queued' AND ${box} AND ${free}
    ORDER BY d.id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`;
  const lapsed = `SELECT id FROM (SELECT d.* FROM delivery d WHERE d.state = 'leased' AND d.leased_until < $4 AND ${box}
    ORDER BY d.leased_until LIMIT ${LEASES_SEEN}) d WHERE ${free} ORDER BY id LIMIT 1`;
  return `WITH queued AS (${queued}),
    oldest AS (SELECT min(id) AS id FROM (SELECT id FROM queued UNION ALL (${lapsed})) candidates),
    claimed AS (INSERT INTO claim (delivery, process, until)
      SELECT id, $6::uuid, clock_timestamp() + ${CLAIM} FROM oldest WHERE id IS NOT NULL
      ON CONFLICT (delivery) DO UPDATE SET process = excluded.process, until = excluded.until
        WHERE claim.process = excluded.process OR claim.until <= clock_timestamp() RETURNING delivery)
    SELECT oldest.id AS candidate, ${DELIVERY_COLUMNS} FROM oldest LEFT JOIN claimed ON true
    LEFT JOIN delivery d ON d.id = claimed.delivery`;
}
