import {
  causeOf,
  type FailureGroup,
  FailureGroups,
  fingerprintOf,
  MOST_IN_PLAN,
  type PlanFilter,
  REPLAYABLE,
  readCause,
} from '../../delivery/index.js';
import { leafFields, openLeaf } from '../../journal/index.js';
import type { Clock, KeyVault, Store, StoredDelivery, StoredRecord, Workers } from '../../ports/index.js';
import type { Job, JobResult } from '../outcome.js';
import type { TodaysVerdict } from './todays-verdict.js';

const PAGE = 1_000;

/** Deliveries that ended badly and fit the filter, newest first; `whole` is false where MOST_IN_PLAN cut the list. */
export async function failedDeliveries(
  filter: PlanFilter,
  store: Store,
): Promise<{ readonly deliveries: readonly StoredDelivery[]; readonly whole: boolean }> {
  if (filter.deliveries !== undefined) {
    const found = await Promise.all(filter.deliveries.map((id) => store.delivery(id)));
    return { deliveries: found.filter((d) => d !== undefined).filter((d) => fits(d, filter)), whole: true };
  }
  const { states = REPLAYABLE, recipient, from, to } = filter;
  const found: StoredDelivery[] = [];
  for (let before: number | undefined; ; ) {
    const page = await store.deliveries({
      states,
      limit: PAGE,
      ...(before === undefined ? {} : { before }),
      ...(recipient === undefined ? {} : { recipient }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    });
    for (const delivery of page) if (fits(delivery, filter)) found.push(delivery);
    if (found.length > MOST_IN_PLAN) return { deliveries: found.slice(0, MOST_IN_PLAN), whole: false };
    if (page.length < PAGE) return { deliveries: found, whole: true };
    before = page.at(-1)!.id;
  }
}

function fits(delivery: StoredDelivery, { groups, states, recipient, format, from, to }: PlanFilter): boolean {
  const cause = causeOf(delivery);
  if (cause === undefined) return false;
  return (
    (states === undefined || states.some((s) => s === delivery.state)) &&
    (recipient === undefined || delivery.recipient === recipient) &&
    (format === undefined || delivery.format === format) &&
    (from === undefined || delivery.queuedAt >= from) &&
    (to === undefined || delivery.queuedAt < to) &&
    (groups === undefined || groups.includes(fingerprintOf(cause)))
  );
}

/** What failed and is not replayed yet, by cause. A replay that failed stands in place of what it replayed. */
export async function failureGroups(filter: PlanFilter, store: Store): Promise<readonly FailureGroup[]> {
  const groups = new FailureGroups();
  const { deliveries } = await failedDeliveries(filter, store);
  for (const delivery of deliveries) {
    if (await isReplayed(delivery, store)) continue;
    const { id, messageId, cause = '', queuedAt } = delivery;
    groups.add(causeOf(delivery)!, queuedAt, { delivery: id, messageId, cause });
  }
  return groups.list();
}

/** Whether a delivery was made instead of this one. */
export async function isReplayed({ id, messageId }: StoredDelivery, store: Store): Promise<boolean> {
  return (await store.deliveriesOf(messageId)).some((d) => d.replays === id);
}

/**
 * Refused messages by cause and sender. They were never accepted and cannot be replayed: the sender was told at once, and sends
 * again. `from`, `to`: ms since 1970; the newest MOST_IN_PLAN are looked at.
 */
export async function refusalGroups(
  { from = 0, to = Number.POSITIVE_INFINITY }: Pick<PlanFilter, 'from' | 'to'>,
  { store, vault }: { readonly store: Store; readonly vault: KeyVault },
): Promise<readonly FailureGroup[]> {
  const groups = new FailureGroups();
  let seen = 0;
  for (let before: number | undefined; seen < MOST_IN_PLAN; ) {
    const page = await store.refusals({ limit: PAGE, ...(before === undefined ? {} : { before }) });
    for (const record of page) if (record.time >= from && record.time < to) addRefusal(groups, record, vault);
    seen += page.length;
    before = page.at(-1)?.index;
    if (page.length < PAGE || page.at(-1)!.time < from) break;
  }
  return groups.list();
}

/** As of now, the kept body of a refusal record (30 days): what its sender may be told. */
export async function judgeRefusal(
  index: number,
  {
    store,
    workers,
    clock,
  }: { readonly store: Store; readonly workers: Workers<Job, JobResult>; readonly clock: Clock },
): Promise<TodaysVerdict | undefined> {
  const record = await store.record(index);
  const clear = record && leafFields(record.bytes);
  if (clear?.kind !== 'refused') return undefined;
  const gone = { verdict: 'unknown', why: 'тело не хранится' } as const;
  if (clear.body === undefined) return gone;
  const body = await store.body(`refused/${Buffer.from(clear.body, 'base64').toString('hex')}`);
  if (body === undefined) return gone;
  const done = await workers.run({ job: 'judge-refused', body, sender: clear.sender ?? '', at: clock.now() });
  return done.ok
    ? (done.result as Extract<JobResult, { job: 'judge-refused' }>).today
    : { verdict: 'unknown', why: done.why };
}

function addRefusal(groups: FailureGroups, record: StoredRecord, vault: KeyVault): void {
  const clear = leafFields(record.bytes);
  const opened = openLeaf(record.bytes, record.opening, vault);
  const description = typeof opened === 'string' ? '' : String(opened.hidden.description ?? '');
  const { where, text } = readCause(description);
  const cause = {
    state: 'refused' as const,
    ...(clear?.fault === undefined ? {} : { fault: clear.fault }),
    ...(where === undefined ? {} : { where }),
    text,
    partner: clear?.sender ?? '',
    ...(clear?.format === undefined ? {} : { format: clear.format }),
  };
  groups.add(cause, record.time, {
    record: record.index,
    ...(clear?.messageId === undefined ? {} : { messageId: clear.messageId }),
    cause: description,
  });
}
