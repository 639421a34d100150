import { randomUUID } from 'node:crypto';
import type { Commit } from '../../ports/index.js';
import type { Client, Member } from './connect.js';
import { isCollision, isRolledBack, textOf } from './failures.js';
import { BatchJudge, type Conflict, conflict, type Taken } from './judge-work.js';
import { ensurePartitions, type KnownMonths } from './partitions.js';
import { readWhatStands } from './read-what-stands.js';
import { keyOf } from './rows-of-batch.js';
import { monthsOf, writeRows } from './write-rows.js';

/** The session a batch is written on. */
export interface WritingSession {
  readonly client: Client;
  readonly place: Member;
  readonly months: KnownMonths;
}

/**
 * What became of a batch. `written`: durable. `nothing`: certainly not written. `unknown`: COMMIT was sent and its answer
 * did not come; the row `batchId` of table `batch` tells, on another connection (settleBatch).
 */
export type BatchOutcome =
  | { readonly kind: 'written'; readonly results: readonly (Taken | Conflict)[] }
  | { readonly kind: 'nothing'; readonly count: number; readonly detail: string; readonly lost: boolean }
  | {
      readonly kind: 'unknown';
      readonly batchId: string;
      readonly results: readonly (Taken | Conflict)[];
      readonly detail: string;
    };

/** How often one work is judged again because another process wrote at the same time. */
const ATTEMPTS = 4;

/** Writes a batch in one transaction; where it collides with another process's, each work in one of its own. */
export async function writeBatch(session: WritingSession, works: readonly Commit[]): Promise<BatchOutcome[]> {
  const whole = await tryBatch(session, works, false);
  if (whole !== 'again') return [whole];
  const outcomes: BatchOutcome[] = [];
  for (const work of works) {
    const outcome = await writeAlone(session, work);
    outcomes.push(outcome);
    if (outcome.kind === 'unknown' || (outcome.kind === 'nothing' && outcome.lost)) break;
  }
  return outcomes;
}

async function writeAlone(session: WritingSession, work: Commit): Promise<BatchOutcome> {
  let detail = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const outcome = await tryBatch(session, [work], true, (text) => {
      detail = text;
    });
    if (outcome !== 'again') return outcome;
  }
  return { kind: 'written', results: [conflict('unavailable', detail)] };
}

async function tryBatch(
  session: WritingSession,
  works: readonly Commit[],
  strict: boolean,
  onCollision: (text: string) => void = () => undefined,
): Promise<BatchOutcome | 'again'> {
  const { client } = session;
  const batchId = randomUUID();
  let results: (Taken | Conflict)[];
  try {
    const judge = await judged(session, works, strict);
    results = judge.results;
    if (!judge.writes) {
      await client.query('ROLLBACK');
      return { kind: 'written', results };
    }
    const after = await writeRows(client, session.place.process, batchId, judge.rows);
    if (!strict && works.some((work) => overfills(work, judge.depths, after))) {
      await client.query('ROLLBACK');
      return 'again';
    }
  } catch (error) {
    return await undo(client, error, works.length, onCollision);
  }
  return await commit(client, batchId, results);
}

interface Judged {
  readonly results: (Taken | Conflict)[];
  readonly rows: BatchJudge['rows'];
  /** What the judge believes `depth` to hold after the batch. */
  readonly depths: ReadonlyMap<string, number>;
  readonly writes: boolean;
}

/** Partitions are made outside the transaction, so a batch that needs a new one is judged twice. */
async function judged(
  { client, place, months }: WritingSession,
  works: readonly Commit[],
  strict: boolean,
): Promise<Judged> {
  for (;;) {
    const stands = await readWhatStands(client, works, strict);
    const judge = new BatchJudge(stands);
    const results = works.map((work) => judge.judge(work));
    const missing = [...monthsOf(judge.rows)].filter((month) => !months.has(month));
    const writes = results.some((result) => !('ok' in result));
    if (missing.length === 0) return { results, rows: judge.rows, depths: stands.depths, writes };
    await client.query('ROLLBACK');
    await ensurePartitions(client, place, missing, months);
  }
}

/** Whether others filled a mailbox beside this batch: then the judge, who did not see it, may have let in too much. */
function overfills(work: Commit, believed: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): boolean {
  return (work.deliveries ?? []).some(({ recipient, mailbox, format, capacity }) => {
    const key = keyOf(recipient, mailbox, format ?? '');
    const depth = after.get(key) ?? 0;
    return capacity !== undefined && depth > capacity && depth > (believed.get(key) ?? 0);
  });
}

/** COMMIT was not sent: whatever happens now, nothing of the transaction stays. */
async function undo(
  client: Client,
  error: unknown,
  count: number,
  onCollision: (text: string) => void,
): Promise<BatchOutcome | 'again'> {
  const detail = textOf(error);
  const stands =
    isRolledBack(error) &&
    (await client.query('ROLLBACK').then(
      () => true,
      () => false,
    ));
  if (stands && isCollision(error)) {
    onCollision(detail);
    return 'again';
  }
  return { kind: 'nothing', count, detail, lost: !stands };
}

async function commit(client: Client, batchId: string, results: readonly (Taken | Conflict)[]): Promise<BatchOutcome> {
  const count = results.length;
  try {
    const { command } = await client.query('COMMIT');
    // A transaction that failed before ends with COMMIT answered by ROLLBACK.
    if (command === 'COMMIT') return { kind: 'written', results };
    return { kind: 'nothing', count, detail: `COMMIT was answered by ${command}`, lost: false };
  } catch (error) {
    if (isRolledBack(error)) return { kind: 'nothing', count, detail: textOf(error), lost: false };
    return { kind: 'unknown', batchId, results, detail: textOf(error) };
  }
}

/**
 * Settles an unknown outcome for good: true when the batch was written. Its row is inserted anew: while the old
 * transaction is still about to commit this waits for it, and once it succeeds the old one never can.
 */
export async function settleBatch(client: Client, batchId: string): Promise<boolean> {
  const text = 'INSERT INTO batch (id) VALUES ($1) ON CONFLICT (id) DO NOTHING';
  const { rowCount } = await client.query({ text, values: [batchId] });
  return rowCount === 0;
}
