import { isTaken, type Plan, readSet, type SetLine, type Verdict } from '../../delivery/index.js';
import type { DeliveryState } from '../../message/index.js';
import type { Store, StoredDelivery } from '../../ports/index.js';

/** What came of one message: not taken into the set, not made yet, left out in the run, or where its new delivery stands. */
export type ReplayOutcome = DeliveryState | 'not-taken' | 'waiting' | 'left-out';

export interface ReportLine {
  readonly delivery: number;
  readonly messageId: string;
  /** Of the dry run. */
  readonly verdict: Verdict;
  readonly outcome: ReplayOutcome;
  /** The new delivery. */
  readonly replay?: number;
  /** Why it is not delivered. */
  readonly why?: string;
  /** Index of the record that made the new delivery, and of the newest record about the message. */
  readonly replayed?: number;
  readonly record?: number;
}

export interface PlanReport {
  readonly plan: string;
  readonly total: number;
  /** Over all lines, whatever page is asked for. */
  readonly outcomes: Readonly<Partial<Record<ReplayOutcome, number>>>;
  readonly lines: readonly ReportLine[];
  /** Where the next page begins. */
  readonly next?: number;
}

const PAGE = 1_000;

/** Every message's outcome as the store tells it now. Undefined before the dry run. */
export async function planReport(
  plan: Plan,
  { store }: { readonly store: Store },
  { from, limit }: { readonly from: number; readonly limit: number } = { from: 0, limit: PAGE },
): Promise<PlanReport | undefined> {
  const bytes = plan.dryRun && (await store.artefact(plan.dryRun.set));
  if (bytes === undefined) return undefined;
  const set = readSet(bytes);
  const outcomes: Partial<Record<ReplayOutcome, number>> = {};
  const lines: ReportLine[] = [];
  for (const [i, line] of set.entries()) {
    const replay = await replayOf(line, store);
    const outcome = outcomeOf(plan, line, replay);
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    if (i >= from && i < from + limit) lines.push(await reportLine(plan, line, outcome, replay, store));
  }
  const next = from + limit;
  return { plan: plan.id, total: set.length, outcomes, lines, ...(next < set.length ? { next } : {}) };
}

/** The delivery made instead of this one, or instead of that, and so on: the newest. */
async function replayOf({ delivery, messageId }: SetLine, store: Store): Promise<StoredDelivery | undefined> {
  return (await store.deliveriesOf(messageId)).find((d) => d.replays === delivery);
}

function outcomeOf(plan: Plan, line: SetLine, replay: StoredDelivery | undefined): ReplayOutcome {
  if (plan.run?.skipped.some((s) => s.delivery === line.delivery)) return 'left-out';
  if (!isTaken(line.verdict, plan.despite)) return 'not-taken';
  return replay?.state ?? (plan.state === 'cancelled' ? 'left-out' : 'waiting');
}

async function reportLine(
  plan: Plan,
  { delivery, messageId, verdict }: SetLine,
  outcome: ReplayOutcome,
  replay: StoredDelivery | undefined,
  store: Store,
): Promise<ReportLine> {
  const skipped = plan.run?.skipped.find((s) => s.delivery === delivery)?.why;
  const why = skipped ?? (outcome === 'delivered' ? undefined : replay?.cause);
  const replayed = replay && (await store.recordOf(messageId, 'replayed'))?.index;
  const newest = (await store.recordsOf((await store.message(messageId))?.exchange ?? messageId)).findLast(
    (r) => r.messageId === messageId,
  );
  return {
    delivery,
    messageId,
    verdict,
    outcome,
    ...(replay && { replay: replay.id }),
    ...(why === undefined ? {} : { why }),
    ...(replayed === undefined ? {} : { replayed }),
    ...(newest === undefined ? {} : { record: newest.index }),
  };
}
