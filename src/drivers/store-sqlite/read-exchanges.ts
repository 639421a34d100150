import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { ExchangeFilter, StoredMessage } from '../../ports/index.js';
import { MESSAGE_COLUMNS, messageOf } from './rows.js';

/** How far the gateway's clock may have stepped back between two messages: widens the range of ids a time window is looked for in. */
const CLOCK_SLACK_MS = 3_600_000;

/** The expression of the index exchange_by_purpose, letter by letter. */
const PURPOSE = "json_extract(m.meta, '$.purpose')";
/** The expression of the index exchange_by_answer. */
const ANSWER_BY = "json_extract(m.meta, '$.answerBy')";
/** Purposes one search looks through at most, those that come first by the alphabet. */
const MOST_PURPOSES = 200;

type Condition = readonly [sql: string, ...values: SQLInputValue[]];

/** Where a list begins: the rows to walk, newest first, and the column that numbers them. */
interface Walk {
  readonly source: string;
  readonly order: string;
}
const ALL: Walk = { source: 'message m', order: 'm.id' };
const BY_SENDER: Walk = { source: 'message m INDEXED BY exchange_by_sender', order: 'm.id' };
const BY_RECIPIENT: Walk = { source: 'message m INDEXED BY exchange_by_recipient', order: 'm.id' };
const BY_ANSWER: Walk = { source: 'message m INDEXED BY exchange_by_answer', order: 'm.id' };
const BY_PURPOSE: Walk = { source: 'message m INDEXED BY exchange_by_purpose', order: 'm.id' };
// CROSS JOIN keeps the order of the two: first the index of states, then their messages.
const BY_STATE: Walk = { source: 'delivery d CROSS JOIN message m ON m.id = d.request', order: 'd.request' };

/** Lists exchanges newest first: walks the index of one filter, checks the others row by row, stops at the limit. */
export function exchangeReader(database: DatabaseSync): (filter: ExchangeFilter) => StoredMessage[] {
  const prepared = new Map<string, StatementSync>();
  const firstSince = database.prepare('SELECT id FROM message WHERE accepted_at >= ? ORDER BY accepted_at LIMIT 1');
  const lastBefore = database.prepare('SELECT id FROM message WHERE accepted_at < ? ORDER BY accepted_at DESC LIMIT 1');

  // Loose scan of the index: one step a purpose, however many exchanges name it.
  const nextPurpose = database.prepare(
    `SELECT min(${PURPOSE}) AS purpose FROM message m INDEXED BY exchange_by_purpose
     WHERE m.kind = 'request' AND ${PURPOSE} IS NOT NULL AND ${PURPOSE} > ?`,
  );
  function purposesWith(part: string): string[] {
    const [wanted, found] = [part.toLowerCase(), [] as string[]];
    let last = nextPurpose.get('')?.purpose;
    while (typeof last === 'string' && found.length < MOST_PURPOSES) {
      if (last.toLowerCase().includes(wanted)) found.push(last);
      last = nextPurpose.get(last)?.purpose;
    }
    return found;
  }
  function statement(sql: string): StatementSync {
    const known = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, known);
    return known;
  }
  /** Ids the window can hold, or undefined when it holds nothing. */
  function timeWindow({ from, to }: ExchangeFilter, { order }: Walk): Condition[] | undefined {
    const first = from === undefined ? undefined : firstSince.get(from - CLOCK_SLACK_MS);
    const last = to === undefined ? undefined : lastBefore.get(to + CLOCK_SLACK_MS);
    if ((from !== undefined && first === undefined) || (to !== undefined && last === undefined)) return undefined;
    return [
      ...(first ? [[`${order} >= ?`, first.id] as Condition] : []),
      ...(last ? [[`${order} <= ?`, last.id] as Condition] : []),
    ];
  }
  function read(filter: ExchangeFilter, walk: Walk, participant: Condition[]): StoredMessage[] {
    const window = timeWindow(filter, walk);
    if (window === undefined || filter.limit <= 0) return [];
    const conditions = [...conditionsOf(filter, walk), ...window, ...participant];
    const where = conditions.map(([sql]) => sql).join(' AND ');
    const rows = statement(
      `SELECT ${MESSAGE_COLUMNS} FROM ${walk.source} WHERE ${where} ORDER BY ${walk.order} DESC`,
    ).iterate(...conditions.flatMap(([, ...values]) => values));
    const found = new Map<number, StoredMessage>();
    for (const row of rows) {
      found.set(row.id as number, messageOf(row));
      if (found.size >= filter.limit) break;
    }
    return [...found.values()];
  }
  return (filter) => {
    const { participant, limit, state, purpose, purposeIs, overdueAt } = filter;
    const of = participant === undefined ? [] : [eitherSide(participant)];
    if (purposeIs !== undefined) return read(filter, BY_PURPOSE, [[`${PURPOSE} = ?`, purposeIs], ...of]);
    if (overdueAt !== undefined) {
      const due: Condition = [
        `m.closed_by IS NULL AND ${ANSWER_BY} IS NOT NULL AND ${ANSWER_BY} <= ?`,
        new Date(overdueAt).toISOString(),
      ];
      const { state: _, ...rest } = filter;
      return read(rest, BY_ANSWER, [due, ...of]);
    }
    if (purpose !== undefined) {
      const found = purposesWith(purpose).flatMap((text) =>
        read(filter, BY_PURPOSE, [[`${PURPOSE} = ?`, text], ...of]),
      );
      return newest(found, limit);
    }
    if (isRare(state)) return read(filter, BY_STATE, of);
    if (participant === undefined) return read(filter, ALL, []);
    const sent = read(filter, BY_SENDER, [['m.sender = ?', participant]]);
    const received = read(filter, BY_RECIPIENT, [['m.recipient = ?', participant]]);
    return newest([...sent, ...received], limit);
  };
}

/** Each once, newest first. */
function newest(found: readonly StoredMessage[], limit: number): StoredMessage[] {
  const unique = new Map(found.map((message) => [message.order, message]));
  return [...unique.values()].sort((a, b) => b.order - a.order).slice(0, limit);
}

function conditionsOf(filter: ExchangeFilter, { order }: Walk): Condition[] {
  const { before, format, state, from, to } = filter;
  const list: Condition[] = [["m.kind = 'request'"]];
  if (before !== undefined) list.push([`${order} < ?`, before]);
  if (format !== undefined) list.push(['m.format = ?', format]);
  if (from !== undefined) list.push(['m.accepted_at >= ?', from]);
  if (to !== undefined) list.push(['m.accepted_at < ?', to]);
  if (isRare(state)) list.push(["d.state <> 'delivered' AND d.state = ?", state as string]);
  else if (state !== undefined) list.push([DELIVERED_IN_EXCHANGE, state]);
  return list;
}

function eitherSide(participant: string): Condition {
  return ['(m.sender = ? OR m.recipient = ?)', participant, participant];
}

const DELIVERED_IN_EXCHANGE =
  'EXISTS (SELECT 1 FROM message x JOIN delivery d ON d.message = x.id WHERE x.request = m.id AND d.state = ?)';

/** Nearly every exchange has something delivered; any other state has an index to start from. */
function isRare(state: ExchangeFilter['state']): boolean {
  return state !== undefined && state !== 'delivered';
}
