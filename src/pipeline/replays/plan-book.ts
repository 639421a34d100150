import { isRefusedStep, type Plan, type PlanEvent, planStep, type Refused } from '../../delivery/index.js';
import { sealLeaf } from '../../journal/index.js';
import type { HiddenFields, RecordKind } from '../../message/index.js';
import type { Clock, Commit, Committed, KeyVault, NewLeaf, Store, StoredPlan } from '../../ports/index.js';
import { commitOrUnknown } from '../outcome-unknown.js';
import { recordTime } from '../records.js';

/** What a change of a plan came to: the plan, with the index of its first record, or why there is none. */
export type PlanDone =
  | { readonly plan: Plan; readonly record?: number; readonly deliveries: readonly number[] }
  | Refused
  | { readonly conflict: Extract<Committed, { ok: false }> }
  | { readonly unknown: string };

export interface PlanBookParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly vault: KeyVault;
}

/** Records of a plan stand under this name in place of an exchange. */
export function recordsOfPlan(id: string): string {
  return `replay ${id}`;
}

/** Plans as the store keeps them: every change is one step of the state machine in one commit. Steps of this process queue up. */
export class PlanBook {
  readonly #parts: PlanBookParts;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: PlanBookParts) {
    this.#parts = parts;
  }

  async read(id: string): Promise<Plan | undefined> {
    const stored = await this.#parts.store.plan(id);
    return stored && planOf(stored);
  }

  async list(limit: number): Promise<readonly Plan[]> {
    return (await this.#parts.store.plans(limit)).map(planOf);
  }

  async create(plan: Plan, hidden: HiddenFields): Promise<PlanDone> {
    return this.#write(plan, { leaves: [this.leaf('replay-planned', plan, hidden)] });
  }

  /** One step with what goes with it; `more` is asked with the plan as it will stand. */
  step(
    id: string,
    event: PlanEvent,
    more: (next: Plan) => Pick<Commit, 'deliveries' | 'artefacts'> & Pick<Commit, 'leaves'>,
  ): Promise<PlanDone> {
    const done = this.#last.then(async (): Promise<PlanDone> => {
      const plan = await this.read(id);
      if (plan === undefined) return { unknown: id };
      const next = planStep(plan, event, this.#parts.clock.now());
      return isRefusedStep(next) ? next : this.#write(next, more(next));
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** A record of the plan itself: who and why stand under the commitment. */
  leaf(kind: RecordKind, plan: Plan, hidden: HiddenFields): NewLeaf {
    const { clock, vault } = this.#parts;
    const { leaf } = sealLeaf(
      {
        kind,
        time: recordTime(clock.now()),
        ...(plan.dryRun && { config: plan.dryRun.config }),
        ...(plan.frozen && { count: plan.frozen.count }),
        hidden: { plan: plan.id, ...(plan.dryRun && { set: plan.dryRun.set }), ...hidden },
      },
      vault,
    );
    return { ...leaf, exchange: recordsOfPlan(plan.id) };
  }

  async #write(plan: Plan, work: Pick<Commit, 'deliveries' | 'artefacts' | 'leaves'>): Promise<PlanDone> {
    const { id, revision } = plan;
    const done = await commitOrUnknown(this.#parts.store, {
      ...work,
      plan: { id, revision, json: JSON.stringify(plan) },
    });
    if (!done.ok) return { conflict: done };
    const [record] = done.indexes;
    return { plan, ...(record === undefined ? {} : { record }), deliveries: done.deliveries };
  }
}

function planOf({ json }: StoredPlan): Plan {
  // Only this file writes it.
  return JSON.parse(json) as Plan;
}
