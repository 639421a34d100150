import { randomBytes } from 'node:crypto';
import {
  DEFAULT_PER_SECOND,
  DEFAULT_STOP_SHARE,
  type Despite,
  MOST_IN_PLAN,
  type Plan,
  type PlanEvent,
  type PlanFilter,
} from '../../delivery/index.js';
import type { HiddenFields, RecordKind } from '../../message/index.js';
import type { Log } from '../../ports/index.js';
import { type DryRunParts, type Judging, judgePlan } from './dry-run.js';
import { PlanBook, type PlanDone } from './plan-book.js';
import { type PlanReport, planReport } from './plan-report.js';
import { RunPlans, type RunPlansParts } from './run-plans.js';

export interface ReplaysParts extends DryRunParts, RunPlansParts {
  readonly log: Log;
}

/** What a person says when making a plan. */
export interface PlanWish {
  readonly by: string;
  readonly reason: string;
  readonly filter: PlanFilter;
  readonly despite?: readonly Despite[];
  readonly perSecond?: number;
  readonly stopShare?: number;
}

/** A person's word on a plan. */
export interface PlanWord {
  readonly by: string;
  readonly reason?: string;
  readonly breakGlass?: boolean;
}

export const PLAN_VERBS = ['freeze', 'approve', 'run', 'pause', 'resume', 'cancel', 'review'] as const;
export type PlanVerb = (typeof PLAN_VERBS)[number];

const RECORDS: Readonly<Record<PlanVerb, RecordKind>> = {
  freeze: 'replay-frozen',
  approve: 'replay-approved',
  run: 'replay-started',
  pause: 'replay-paused',
  resume: 'replay-resumed',
  cancel: 'replay-ended',
  review: 'replay-reviewed',
};

/** Replay plans: what operators say of them, each word one record; the run itself is RunPlans’. */
export class Replays {
  readonly #parts: ReplaysParts;
  readonly #book: PlanBook;
  readonly #runs: RunPlans;
  /** Dry runs of this process; after a restart a plan is asked to be judged anew. */
  readonly #judging = new Map<string, Judging>();

  constructor(parts: ReplaysParts) {
    this.#parts = parts;
    this.#book = new PlanBook(parts);
    this.#runs = new RunPlans(parts, this.#book);
  }

  /** Goes on with what ran when the gateway stopped. */
  start(): Promise<void> {
    return this.#runs.start();
  }

  close(): Promise<void> {
    return this.#runs.close();
  }

  plan(id: string): Promise<Plan | undefined> {
    return this.#book.read(id);
  }

  list(limit: number): Promise<readonly Plan[]> {
    return this.#book.list(limit);
  }

  judging(id: string): Judging | undefined {
    return this.#judging.get(id);
  }

  /** What came of the plan's messages until now; undefined before its dry run. */
  report(plan: Plan, page?: { readonly from: number; readonly limit: number }): Promise<PlanReport | undefined> {
    return planReport(plan, this.#parts, page);
  }

  async create({ by, reason, filter, despite = [], perSecond, stopShare }: PlanWish): Promise<PlanDone> {
    const at = this.#parts.clock.now();
    const plan: Plan = {
      id: `${new Date(at).toISOString().slice(0, 10)}-${randomBytes(3).toString('hex')}`,
      revision: 1,
      state: 'draft',
      author: by,
      reason,
      createdAt: at,
      filter,
      despite,
      perSecond: perSecond ?? DEFAULT_PER_SECOND,
      stopShare: stopShare ?? DEFAULT_STOP_SHARE,
    };
    return this.#book.create(plan, { by, reason, filter: JSON.stringify(filter) });
  }

  /** Begins to judge every message of a draft, or anew; the plan is `dry-run` when it is done. */
  dryRun(plan: Plan, by: string): void {
    const running = this.#judging.get(plan.id);
    if (running !== undefined && running.failed === undefined) return;
    const judging: Judging = { done: 0, total: 0 };
    this.#judging.set(plan.id, judging);
    void this.#judge(plan, by, judging).then(
      (failed) => {
        if (failed === undefined) this.#judging.delete(plan.id);
        else judging.failed = failed;
      },
      (error: unknown) => {
        judging.failed = String(error);
        this.#parts.log.error({ plan: plan.id, error: String(error) }, 'a dry run broke off');
      },
    );
  }

  async #judge(plan: Plan, by: string, judging: Judging): Promise<string | undefined> {
    const judged = await judgePlan(plan, judging, this.#parts);
    if (judged === undefined) return `more than ${MOST_IN_PLAN} deliveries: narrow the filter`;
    const { dryRun, bytes } = judged;
    const done = await this.#book.step(plan.id, { kind: 'dry-ran', dryRun }, (next) => ({
      artefacts: [{ hash: dryRun.set, bytes }],
      leaves: [this.#book.leaf('replay-judged', next, { by, counts: JSON.stringify(dryRun.counts) })],
    }));
    return 'plan' in done ? undefined : `the dry run was not kept: ${JSON.stringify(done)}`;
  }

  /** One verb of a person on a plan. */
  async say(id: string, verb: PlanVerb, word: PlanWord): Promise<PlanDone> {
    const done = await this.#book.step(id, eventOf(verb, word), (next) => ({
      leaves: [this.#book.leaf(RECORDS[verb], next, hiddenOf(next, verb, word))],
    }));
    if ('plan' in done && (verb === 'run' || verb === 'resume')) this.#runs.wake(done.plan, verb === 'resume');
    return done;
  }
}

function eventOf(verb: PlanVerb, { by, reason = '', breakGlass }: PlanWord): PlanEvent {
  switch (verb) {
    case 'freeze':
      return { kind: 'froze', by, reason };
    case 'approve':
      return { kind: 'approved', by, ...(reason && { reason }), ...(breakGlass && { breakGlass }) };
    case 'run':
      return { kind: 'started', by };
    case 'pause':
      return { kind: 'paused', note: said(by, reason) };
    case 'resume':
      return { kind: 'resumed', by };
    case 'cancel':
      return { kind: 'cancelled', note: said(by, reason) };
    case 'review':
      return { kind: 'reviewed', by, note: reason };
  }
}

function hiddenOf(plan: Plan, verb: PlanVerb, { by, reason, breakGlass }: PlanWord): HiddenFields {
  return {
    by,
    verb,
    ...(reason && { reason }),
    ...(breakGlass && { breakGlass }),
    ...(plan.frozen && { planHash: plan.frozen.hash }),
  };
}

function said(by: string, reason: string): string {
  return reason === '' ? by : `${by}: ${reason}`;
}
