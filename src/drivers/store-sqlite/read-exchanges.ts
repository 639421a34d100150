import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { ExchangeFilter, StoredMessage } from '../../ports/index.js';
import { MESSAGE_COLUMNS, messageOf } from './rows.js';

/** How far the gateway's clock may have stepped back between two messages: widens the range of ids a time window is looked for in. */
const CLOCK_SLACK_MS = 3_600_000;

type Condition = readonly [sql: string, ...values: SQLInputValue[]];

/** Lists exchanges newest first: walks the index of one filter, checks the others row by row, stops at the limit. */
export function exchangeReader(database: DatabaseSync): (filter: ExchangeFilter) => StoredMessage[] {
  const prepared = new Map<string, StatementSync>();
  const firstSince = database.prepare('SELECT id FROM message WHERE accepted_at >= ? ORDER BY accepted_at LIMIT 1');
  const lastBefore = database.prepare('SELECT id FROM message WHERE accepted_at < ? ORDER BY accepted_at DESC LIMIT 1');

  function statement(sql: string): StatementSync {
    const known = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, known);
    return known;
  }
  function read(filter: ExchangeFilter, participant: Condition | undefined): StoredMessage[] {
    const conditions = [...conditionsOf(filter), ...timeWindow(filter), ...(participant ? [participant] : [])];
    const where = conditions.map(([sql]) => sql).join(' AND ');
    const source = isRare(filter.state) ? 'delivery d CROSS JOIN message m ON m.id = d.request' : 'message m';
    const order = isRare(filter.state) ? 'd.request' : 'm.id';
    const rows = statement(`SELECT ${MESSAGE_COLUMNS} FROM ${source} WHERE ${where} ORDER BY ${order} DESC`);
    const found = new Map<number, StoredMessage>();
    if (filter.limit <= 0) return [];
    for (const row of rows.iterate(...conditions.flatMap(([, ...values]) => values))) {
      found.set(row.id as number, messageOf(row));
      if (found.size >= filter.limit) break;
    }
    return [...found.values()];
  }
  function timeWindow({ from, to }: ExchangeFilter): Condition[] {
    const first = from === undefined ? undefined : firstSince.get(from - CLOCK_SLACK_MS);
    const last = to === undefined ? undefined : lastBefore.get(to + CLOCK_SLACK_MS);
    return [
      ...(first ? [['m.id >= ?', first.id] as Condition] : []),
      ...(last ? [['m.id <= ?', last.id] as Condition] : []),
    ];
  }
  return (filter) => {
    const { participant, limit } = filter;
    if (participant === undefined) return read(filter, undefined);
    const both = [...read(filter, ['m.sender = ?', participant]), ...read(filter, ['m.recipient = ?', participant])];
    const unique = new Map(both.map((message) => [message.order, message]));
    return [...unique.values()].sort((a, b) => b.order - a.order).slice(0, limit);
  };
}

function conditionsOf(filter: ExchangeFilter): Condition[] {
  const { before, format, state, from, to } = filter;
  const list: Condition[] = [["m.kind = 'request'"]];
  if (before !== undefined) list.push([`${isRare(state) ? 'd.request' : 'm.id'} < ?`, before]);
  if (format !== undefined) list.push(['m.format = ?', format]);
  if (from !== undefined) list.push(['m.accepted_at >= ?', from]);
  if (to !== undefined) list.push(['m.accepted_at < ?', to]);
  if (isRare(state)) list.push(["d.state <> 'delivered' AND d.state = ?", state as string]);
  else if (state !== undefined) list.push([DELIVERED_IN_EXCHANGE, state]);
  return list;
}

const DELIVERED_IN_EXCHANGE =
  'EXISTS (SELECT 1 FROM message x JOIN delivery d ON d.message = x.id WHERE x.request = m.id AND d.state = ?)';

/** Nearly every exchange has something delivered; any other state has an index to start from. */
function isRare(state: ExchangeFilter['state']): boolean {
  return state !== undefined && state !== 'delivered';
}
