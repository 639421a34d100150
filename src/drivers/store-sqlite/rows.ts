import type { SQLOutputValue } from 'node:sqlite';
import type { StoredBody, StoredDelivery, StoredMessage, StoredPlan, StoredRecord } from '../../ports/index.js';

export type Row = Record<string, SQLOutputValue>;

/** `closes` of an answer that is one of several; a whole one has 1, one that closes nothing 0. */
export const PART = 2;

/** The columns of `message`, in one place for every query. */
export const MESSAGE_COLUMNS =
  'm.id, m.message_id, m.exchange, m.kind, m.version, m.sender, m.recipient, m.format, m.accepted_at, m.eol, m.test, ' +
  'm.body_id, m.config, m.road, m.closes, m.closed_by, m.digest, m.meta, m.receipt_token, m.leaf';
/** The columns of `delivery` and the MessageID it carries: `FROM delivery d JOIN message m ON m.id = d.message`. */
export const DELIVERY_COLUMNS =
  'd.id, m.message_id, d.recipient, d.mailbox, d.road, d.state, d.format, d.node_id, d.queued_at, d.due_at, ' +
  'd.expires_at, d.attempts, d.leased_until, d.poll_digest, d.cause, d.replays';
export const RECORD_COLUMNS = 'id, kind, time, message_id, exchange, bytes, opening';

// The casts below are safe because the tables are STRICT and only this driver writes them.

export function messageOf(row: Row): StoredMessage {
  const message = {
    messageId: row.message_id,
    exchange: row.exchange,
    kind: row.kind,
    version: row.version,
    sender: row.sender,
    ...present('recipient', row.recipient),
    ...present('format', row.format),
    acceptedAt: row.accepted_at,
    ...present('eol', row.eol),
    test: row.test === 1,
    bodyId: row.body_id,
    config: row.config,
    road: row.road,
    ...(row.closes === null ? {} : { closes: row.closes === PART ? 'part' : row.closes === 1 }),
    digest: row.digest,
    meta: JSON.parse(row.meta as string) as Record<string, string>,
    receiptToken: row.receipt_token,
    order: row.id,
    leaf: row.leaf,
    ...present('closedBy', row.closed_by),
  };
  return message as unknown as StoredMessage;
}

export function deliveryOf(row: Row): StoredDelivery {
  const delivery = {
    id: row.id,
    messageId: row.message_id,
    recipient: row.recipient,
    mailbox: row.mailbox,
    road: row.road,
    state: row.state,
    ...present('format', row.format === '' ? null : row.format),
    ...present('nodeId', row.node_id === '' ? null : row.node_id),
    queuedAt: row.queued_at,
    ...present('dueAt', row.due_at),
    ...present('expiresAt', row.expires_at),
    attempts: row.attempts,
    ...present('leasedUntil', row.leased_until),
    ...present('pollDigest', row.poll_digest),
    ...present('cause', row.cause),
    ...present('replays', row.replays),
  };
  return delivery as unknown as StoredDelivery;
}

export function recordOf(row: Row): StoredRecord {
  const record = {
    index: row.id,
    kind: row.kind,
    time: row.time,
    ...present('messageId', row.message_id),
    ...present('exchange', row.exchange),
    bytes: row.bytes,
    opening: row.opening,
  };
  return record as unknown as StoredRecord;
}

export function bodyOf(row: Row, keys: readonly Row[]): StoredBody {
  const body = {
    bodyId: row.body_id,
    container: row.container,
    sha256: row.sha256,
    keys: keys.map((key) => ({ slot: key.slot, epoch: key.epoch, wrapped: key.wrapped })),
    ...present('keepUntil', row.keep_until),
  };
  return body as unknown as StoredBody;
}

export function planOf({ id, revision, json }: Row): StoredPlan {
  return { id, revision, json } as unknown as StoredPlan;
}

/** An optional field is absent, never undefined (exactOptionalPropertyTypes). */
function present(name: string, value: SQLOutputValue | undefined): object {
  return value === null || value === undefined ? {} : { [name]: value };
}
