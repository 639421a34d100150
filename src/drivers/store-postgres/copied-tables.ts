import type { StoreRows } from '../../ports/index.js';
import type { Column } from './copy-in.js';
import { monthOfId, monthOfTime } from './month.js';
import { closesText } from './rows-of-batch.js';

/** Tables a copy fills with rows, column by column; months as the driver's own commits have them. */
type Columns<T extends keyof StoreRows> = readonly Column<StoreRows[T]>[];

/** In `leaf` and `log`: the driver numbers from 1, the log from 0. */
export function leafId(index: number): number {
  return index + 1;
}

/** No process has it: who starts next makes the pushes. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

export const MESSAGE: Columns<'message'> = [
  ['month', 'int4', (m) => monthOfId(m.messageId)],
  ['id', 'int8', (m) => m.order],
  ['message_id', 'text', (m) => m.messageId],
  ['exchange', 'text', (m) => m.exchange],
  ['request', 'int8', (m) => m.request],
  ['kind', 'text', (m) => m.kind],
  ['version', 'text', (m) => m.version],
  ['sender', 'text', (m) => m.sender],
  ['recipient', 'text', (m) => m.recipient],
  ['format', 'text', (m) => m.format],
  ['accepted_at', 'int8', (m) => m.acceptedAt],
  ['eol', 'int8', (m) => m.eol],
  ['test', 'bool', (m) => m.test],
  ['body_id', 'text', (m) => m.bodyId],
  ['config', 'text', (m) => m.config],
  ['road', 'text', (m) => m.road],
  ['closes', 'text', (m) => closesText(m.closes)],
  ['closed_by', 'text', (m) => m.closedBy],
  ['digest', 'bytea', (m) => m.digest],
  ['meta', 'text', (m) => JSON.stringify(m.meta)],
  ['receipt_token', 'text', (m) => m.receiptToken],
  ['leaf', 'int8', (m) => leafId(m.leaf)],
];

export const BODY: Columns<'body'> = [
  ['month', 'int4', (b) => monthOfId(b.bodyId)],
  ['body_id', 'text', (b) => b.bodyId],
  ['sha256', 'bytea', (b) => b.sha256],
  ['keep_until', 'int8', (b) => b.keepUntil],
  ['container', 'bytea', (b) => b.container],
];

export const BODY_KEY: readonly Column<StoreRows['body']['keys'][number] & { readonly bodyId: string }>[] = [
  ['month', 'int4', (k) => monthOfId(k.bodyId)],
  ['body_id', 'text', (k) => k.bodyId],
  ['slot', 'int4', (k) => k.slot],
  ['epoch', 'int4', (k) => k.epoch],
  ['wrapped', 'bytea', (k) => k.wrapped],
];

export const PERSON: Columns<'person'> = [
  ['id', 'int8', (p) => p.order],
  ['label', 'bytea', (p) => p.label],
  ['sealed', 'bytea', (p) => p.sealed],
];

export const DELIVERY: Columns<'delivery'> = [
  ['id', 'int8', (d) => d.id],
  ['message_id', 'text', (d) => d.messageId],
  ['request', 'int8', (d) => d.request],
  ['request_month', 'int4', (d) => monthOfId(d.exchange)],
  ['recipient', 'text', (d) => d.recipient],
  ['mailbox', 'text', (d) => d.mailbox],
  ['road', 'text', (d) => d.road],
  ['state', 'text', (d) => d.state],
  ['format', 'text', (d) => d.format ?? ''],
  ['node_id', 'text', (d) => d.nodeId ?? ''],
  ['queued_at', 'int8', (d) => d.queuedAt],
  ['due_at', 'int8', (d) => d.dueAt],
  ['expires_at', 'int8', (d) => d.expiresAt],
  ['attempts', 'int4', (d) => d.attempts],
  ['leased_until', 'int8', (d) => d.leasedUntil],
  ['poll_digest', 'bytea', (d) => d.pollDigest],
  ['cause', 'text', (d) => d.cause],
  ['replays', 'int8', (d) => d.replays],
  ['owner', 'uuid', () => NOBODY],
];

export const LEAF: Columns<'leaf'> = [
  ['month', 'int4', (l) => monthOfTime(l.time)],
  ['id', 'int8', (l) => leafId(l.index)],
  ['kind', 'text', (l) => l.kind],
  ['time', 'int8', (l) => l.time],
  ['message_id', 'text', (l) => l.messageId],
  ['exchange', 'text', (l) => l.exchange],
  ['bytes', 'bytea', (l) => l.bytes],
  ['opening', 'bytea', (l) => l.opening],
];

export const LOG: Columns<'leaf'> = [
  ['idx', 'int8', (l) => l.index],
  ['leaf', 'int8', (l) => leafId(l.index)],
  ['month', 'int4', (l) => monthOfTime(l.time)],
];

export const HASH: Columns<'hash'> = [
  ['level', 'int4', (h) => h.level],
  ['position', 'int8', (h) => h.position],
  ['hash', 'bytea', (h) => h.hash],
];

export const SNAPSHOT: Columns<'snapshot'> = [
  ['seq', 'int8', (s) => s.order],
  ['hash', 'text', (s) => s.hash],
  ['json', 'text', (s) => s.json],
  ['revoked', 'bool', (s) => s.revoked],
];

export const ARTEFACT: Columns<'artefact'> = [
  ['hash', 'text', (a) => a.hash],
  ['bytes', 'bytea', (a) => a.bytes],
];

export const PLAN: Columns<'plan'> = [
  ['seq', 'int8', (p) => p.order],
  ['id', 'text', (p) => p.id],
  ['revision', 'int8', (p) => p.revision],
  ['json', 'text', (p) => p.json],
];

/** What the driver has besides: filled from those, or the affair of processes that run. */
const OTHERS = {
  depth: 'recipient mailbox format unsettled',
  selector: 'recipient mailbox node_id format pending',
  tree: 'one size edge root note epoch beat',
  unnumbered: 'leaf month',
  claim: 'delivery process until',
  process: 'id since beat',
  poll: 'digest process until',
  batch: 'id at',
  migration: 'version name',
  hold: 'one json',
};

/** Every table and column a copy carries or may leave. */
export const CARRIED: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(Object.entries(OTHERS).map(([table, columns]) => [table, columns.split(' ')])),
  message: named(MESSAGE),
  body: named(BODY),
  body_key: named(BODY_KEY),
  person: named(PERSON),
  delivery: named(DELIVERY),
  leaf: named(LEAF),
  log: named(LOG),
  hash: named(HASH),
  snapshot: named(SNAPSHOT),
  artefact: named(ARTEFACT),
  plan: named(PLAN),
};

function named(columns: readonly (readonly [string, ...unknown[]])[]): string[] {
  return columns.map(([name]) => name);
}
