import type { ExchangeFilter, StoredMessage } from '../../ports/index.js';
import type { Reading } from './reading.js';
import { MESSAGE_COLUMNS, messageOf } from './rows.js';

/** A query as it grows: conditions with their values. */
class Draft {
  readonly values: unknown[] = [];
  readonly conditions: string[] = [`m.kind = 'request'`];

  value(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  where(condition: string): void {
    this.conditions.push(condition);
  }
}

/** Lists exchanges newest first: each filter has an index of its own to walk, and the limit ends the walk. */
export function exchangeReader(read: Reading): (filter: ExchangeFilter) => Promise<StoredMessage[]> {
  async function list(filter: ExchangeFilter, side?: 'sender' | 'recipient'): Promise<StoredMessage[]> {
    const draft = new Draft();
    const { participant, limit, state } = filter;
    narrow(draft, filter);
    if (participant !== undefined) {
      const value = draft.value(participant);
      draft.where(side === undefined ? `(m.sender = ${value} OR m.recipient = ${value})` : `m.${side} = ${value}`);
    }
    const source = isRare(state) ? byState(draft, filter) : 'message m';
    const text = `SELECT ${MESSAGE_COLUMNS} FROM ${source} WHERE ${draft.conditions.join(' AND ')}
      ORDER BY m.id DESC LIMIT ${draft.value(limit)}`;
    const fields = Object.keys(filter)
      .sort()
      .map((name) => name.slice(0, 2));
    const shape = `${side ?? ''} ${fields.join('')} ${isRare(state)}`;
    return (await read.all(`exchanges ${shape}`, text, draft.values)).map(messageOf);
  }
  return async (filter) => {
    const wanted = present(filter);
    if (wanted.limit <= 0) return [];
    if (wanted.participant === undefined || isRare(wanted.state)) return await list(wanted);
    const [sent, received] = await Promise.all([list(wanted, 'sender'), list(wanted, 'recipient')]);
    const unique = new Map([...sent, ...received].map((message) => [message.order, message]));
    return [...unique.values()].sort((a, b) => b.order - a.order).slice(0, wanted.limit);
  };
}

function narrow(
  draft: Draft,
  { before, format, purpose, purposeIs, overdueAt, from, to, state }: ExchangeFilter,
): void {
  if (before !== undefined) draft.where(`m.id < ${draft.value(before)}::bigint`);
  if (format !== undefined) draft.where(`m.format = ${draft.value(format)}`);
  if (purpose !== undefined)
    draft.where(`strpos(lower(m.meta::jsonb->>'purpose'), lower(${draft.value(purpose)})) > 0`);
  if (purposeIs !== undefined) draft.where(`m.meta::jsonb->>'purpose' = ${draft.value(purposeIs)}`);
  if (overdueAt !== undefined)
    draft.where(
      `m.closed_by IS NULL AND m.meta::jsonb->>'answerBy' <= ${draft.value(new Date(overdueAt).toISOString())}`,
    );
  if (from !== undefined) draft.where(`m.accepted_at >= ${draft.value(from)}::bigint`);
  if (to !== undefined) draft.where(`m.accepted_at < ${draft.value(to)}::bigint`);
  if (state === undefined || isRare(state)) return;
  draft.where(`EXISTS (SELECT 1 FROM delivery d WHERE d.request = m.id AND d.state = ${draft.value(state)})`);
}

/** Each exchange once, newest first, straight from the index of states. */
function byState(draft: Draft, { state, before }: ExchangeFilter): string {
  const older = before === undefined ? '' : `AND request < ${draft.value(before)}::bigint`;
  return `(SELECT DISTINCT request, request_month FROM delivery
      WHERE state = ${draft.value(state)} AND state <> 'delivered' ${older} ORDER BY request DESC) d
    JOIN message m ON m.month = d.request_month AND m.id = d.request`;
}

/** Nearly every exchange has something delivered; any other state has an index to start from. */
function isRare(state: ExchangeFilter['state']): boolean {
  return state !== undefined && state !== 'delivered';
}

function present(filter: ExchangeFilter): ExchangeFilter {
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined),
  ) as unknown as ExchangeFilter;
}
