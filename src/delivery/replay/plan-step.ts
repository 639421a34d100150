import { hash } from 'node:crypto';
import { type Approval, BULK, type DryRun, type Plan, type PlanState, type Run } from './plan.js';
import { isTaken, type Verdict } from './verdict.js';

/**
 * What can happen to a plan; the states stand in plan.ts.
 *
 * dry-ran              every message was judged
 * froze                a person took responsibility for the set, with a reason
 * approved             another person agreed; or, with the glass broken, whoever it was
 * started, resumed     a person lets it run
 * advanced             the run came so far: does not change the state, unless it came to the end
 * paused               by a person, or by the run itself
 * cancelled            by a person
 * reviewed             another person looked at what was done behind broken glass
 */
export type PlanEvent =
  | { readonly kind: 'dry-ran'; readonly dryRun: DryRun }
  | { readonly kind: 'froze'; readonly by: string; readonly reason: string }
  | { readonly kind: 'approved'; readonly by: string; readonly reason?: string; readonly breakGlass?: boolean }
  | { readonly kind: 'started'; readonly by: string }
  | { readonly kind: 'advanced'; readonly run: Run; readonly isEnd: boolean }
  | { readonly kind: 'paused'; readonly note: string }
  | { readonly kind: 'resumed'; readonly by: string }
  | { readonly kind: 'cancelled'; readonly note: string }
  | { readonly kind: 'reviewed'; readonly by: string; readonly note: string };

/** Why an event does not fit, in both languages. */
export interface Refused {
  readonly refused: { readonly ru: string; readonly en: string };
}

const FROM: Readonly<Record<PlanEvent['kind'], readonly PlanState[]>> = {
  'dry-ran': ['draft', 'dry-run'],
  froze: ['dry-run'],
  approved: ['frozen'],
  started: ['approved'],
  advanced: ['running'],
  paused: ['running'],
  resumed: ['paused'],
  cancelled: ['draft', 'dry-run', 'frozen', 'approved', 'running', 'paused'],
  reviewed: ['approved', 'running', 'paused', 'done', 'cancelled'],
};

/** The state machine of a plan: pure. The plan as it stands after the event, one revision later, or why it cannot happen. */
export function planStep(plan: Plan, event: PlanEvent, at: number): Plan | Refused {
  if (!FROM[event.kind].includes(plan.state)) return wrongState(plan, event.kind);
  const next = { ...plan, revision: plan.revision + 1 };
  switch (event.kind) {
    case 'dry-ran':
      return { ...next, state: 'dry-run', dryRun: event.dryRun };
    case 'froze':
      return freeze(next, event, at);
    case 'approved':
      return approve(next, event, at);
    case 'started':
      return { ...next, state: 'running', run: { by: event.by, startedAt: at, cursor: 0, made: 0, skipped: [] } };
    case 'advanced':
      return event.isEnd ? { ...next, state: 'done', run: { ...event.run, endedAt: at } } : { ...next, run: event.run };
    case 'paused':
      return { ...next, state: 'paused', note: event.note };
    case 'resumed': {
      const { note: _, ...rest } = next;
      return { ...rest, state: 'running' };
    }
    case 'cancelled':
      return { ...next, state: 'cancelled', note: event.note };
    case 'reviewed':
      return review(next, event, at);
  }
}

export function isRefusedStep(value: Plan | Refused): value is Refused {
  return 'refused' in value;
}

/** How many of the dry run's messages the plan takes. */
export function takenOf({ dryRun, despite }: Pick<Plan, 'dryRun' | 'despite'>): number {
  const counts = Object.entries(dryRun?.counts ?? {}) as [Verdict, number][];
  return counts.reduce((sum, [verdict, count]) => sum + (isTaken(verdict, despite) ? count : 0), 0);
}

/** SHA-256 (hex) of what freezing fixes: filter, set, exceptions, pace, bound. Stands in the journal. */
export function hashOfPlan({ id, filter, despite, perSecond, stopShare, dryRun }: Plan): string {
  return hash('sha256', JSON.stringify([id, filter, despite, perSecond, stopShare, dryRun?.set]), 'hex');
}

function freeze(plan: Plan, { by, reason }: Extract<PlanEvent, { kind: 'froze' }>, at: number): Plan | Refused {
  const count = takenOf(plan);
  if (reason.trim() === '') return refused('Нужна причина', 'A reason is needed');
  if (count === 0)
    return refused('Повторять нечего: ни одно сообщение не пройдёт', 'Nothing to replay: no message would pass');
  const frozen = { by, at, reason, count, hash: hashOfPlan(plan), needsSecond: count > BULK };
  return { ...plan, state: 'frozen', frozen };
}

/** Who wrote or froze a bulk plan does not approve it. */
function approve(plan: Plan, event: Extract<PlanEvent, { kind: 'approved' }>, at: number): Plan | Refused {
  const { by, reason, breakGlass } = event;
  const isSecond = by !== plan.author && by !== plan.frozen?.by;
  if (breakGlass && (reason ?? '').trim() === '')
    return refused('Чтобы разбить стекло, нужна причина', 'Breaking the glass needs a reason');
  if (plan.frozen?.needsSecond === true && !isSecond && !breakGlass)
    return refused(
      `Больше ${BULK} сообщений: утвердить должен другой человек, не ${by}`,
      `More than ${BULK} messages: another person than ${by} must approve`,
    );
  const approval: Approval = { by, at, ...(reason && { reason }), ...(breakGlass && { breakGlass: true }) };
  return { ...plan, state: 'approved', approval, ...(breakGlass && { review: 'open' }) };
}

function review(plan: Plan, { by, note }: Extract<PlanEvent, { kind: 'reviewed' }>, at: number): Plan | Refused {
  if (plan.review !== 'open') return refused('Проверять нечего', 'There is nothing to review');
  if ([plan.author, plan.frozen?.by, plan.approval?.by].includes(by))
    return refused(`Проверить должен другой человек, не ${by}`, `Another person than ${by} must review`);
  return { ...plan, review: { by, at, note } };
}

function wrongState({ state }: Plan, kind: PlanEvent['kind']): Refused {
  return refused(
    `План в состоянии «${state}»: «${kind}» возможно только из ${FROM[kind].join(', ')}`,
    `The plan is ${state}: ${kind} is possible from ${FROM[kind].join(', ')} only`,
  );
}

function refused(ru: string, en: string): Refused {
  return { refused: { ru, en } };
}
