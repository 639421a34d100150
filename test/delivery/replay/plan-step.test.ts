import { expect } from 'chai';
import {
  BULK,
  type DryRun,
  hashOfPlan,
  isRefusedStep,
  PLAN_STATES,
  type Plan,
  type PlanEvent,
  type PlanState,
  planStep,
  type Run,
  takenOf,
} from '../../../src/delivery/index.js';

const AT = 1_700_000_000_000;
const RUN: Run = { by: 'Петров', startedAt: AT, cursor: 3, made: 3, skipped: [] };

function dryRun(ready: number, more: DryRun['counts'] = {}): DryRun {
  return {
    at: AT,
    config: 'c',
    set: 'ab'.repeat(32),
    total: ready,
    counts: { ready, ...more },
    samples: {},
    partners: [],
  };
}

function plan(state: PlanState, more: Partial<Plan> = {}): Plan {
  return {
    id: 'p',
    revision: 7,
    state,
    author: 'Иванова',
    reason: 'r',
    createdAt: AT,
    filter: {},
    despite: [],
    perSecond: 50,
    stopShare: 0.1,
    dryRun: dryRun(3),
    ...more,
  };
}

const EVENTS: { readonly [K in PlanEvent['kind']]: Extract<PlanEvent, { kind: K }> } = {
  'dry-ran': { kind: 'dry-ran', dryRun: dryRun(3) },
  froze: { kind: 'froze', by: 'Иванова', reason: 'обращение 17' },
  approved: { kind: 'approved', by: 'Петров' },
  started: { kind: 'started', by: 'Петров' },
  advanced: { kind: 'advanced', run: RUN, isEnd: false },
  paused: { kind: 'paused', note: 'обед' },
  resumed: { kind: 'resumed', by: 'Петров' },
  cancelled: { kind: 'cancelled', note: 'не то' },
  reviewed: { kind: 'reviewed', by: 'Сидоров', note: 'верно' },
};

/** The arrows of the prose above PlanState: from → event → to. */
const ARROWS: Readonly<Record<PlanState, Partial<Record<PlanEvent['kind'], PlanState>>>> = {
  draft: { 'dry-ran': 'dry-run', cancelled: 'cancelled' },
  'dry-run': { 'dry-ran': 'dry-run', froze: 'frozen', cancelled: 'cancelled' },
  frozen: { approved: 'approved', cancelled: 'cancelled' },
  approved: { started: 'running', cancelled: 'cancelled', reviewed: 'approved' },
  running: { advanced: 'running', paused: 'paused', cancelled: 'cancelled', reviewed: 'running' },
  paused: { resumed: 'running', cancelled: 'cancelled', reviewed: 'paused' },
  done: { reviewed: 'done' },
  cancelled: { reviewed: 'cancelled' },
};

describe('the state machine of a replay plan', () => {
  for (const state of PLAN_STATES)
    for (const event of Object.values(EVENTS)) {
      const to = ARROWS[state][event.kind];
      it(`${state}: ${event.kind} ${to === undefined ? 'is refused' : `leads to ${to}, one revision later`}`, () => {
        const next = planStep(plan(state, { review: 'open' }), event, AT);
        if (to === undefined) expect(next).to.have.property('refused');
        else expect(next).to.include({ state: to, revision: 8 });
      });
    }

  const stepped = (from: Plan, event: PlanEvent): Plan => {
    const next = planStep(from, event, AT);
    if (isRefusedStep(next)) throw new Error(next.refused.en);
    return next;
  };
  const refusal = (from: Plan, event: PlanEvent): string => {
    const next = planStep(from, event, AT);
    return isRefusedStep(next) ? next.refused.en : 'not refused';
  };

  it('ends where the run came to its end', () => {
    const ended = stepped(plan('running', { run: RUN }), { kind: 'advanced', run: RUN, isEnd: true });
    expect(ended).to.deep.include({ state: 'done', run: { ...RUN, endedAt: AT } });
  });

  it('freezes with a reason, and only what has something to replay', () => {
    expect(refusal(plan('dry-run'), { kind: 'froze', by: 'Иванова', reason: ' ' })).to.equal('A reason is needed');
    const nothing = plan('dry-run', { dryRun: dryRun(0, { eol: 4 }) });
    expect(refusal(nothing, EVENTS.froze)).to.include('Nothing to replay');
  });

  it('counts what its exceptions take too, but never what may have had its effect', () => {
    const counts = dryRun(3, { content: 5, 'in-doubt': 2, answered: 1 });
    expect(takenOf(plan('dry-run', { dryRun: counts }))).to.equal(3);
    expect(takenOf(plan('dry-run', { dryRun: counts, despite: ['content'] }))).to.equal(8);
  });

  for (const [count, needsSecond] of [
    [BULK, false],
    [BULK + 1, true],
  ] as const)
    it(`${count} messages ${needsSecond ? 'need' : 'do not need'} a second person`, () => {
      const frozen = stepped(plan('dry-run', { dryRun: dryRun(count) }), { ...EVENTS.froze, by: 'Сидоров' });
      expect(frozen.frozen).to.include({ count, needsSecond });
      for (const by of ['Иванова', 'Сидоров'])
        expect('refused' in planStep(frozen, { kind: 'approved', by }, AT), by).to.equal(needsSecond);
      expect(stepped(frozen, { kind: 'approved', by: 'Петров' }).state).to.equal('approved');
    });

  it('behind broken glass is approved by one person with a reason, and leaves a review that only another one ends', () => {
    const frozen = stepped(plan('dry-run', { dryRun: dryRun(BULK + 1) }), EVENTS.froze);
    const glass = { kind: 'approved', by: 'Иванова', breakGlass: true } as const;
    expect(refusal(frozen, glass)).to.include('needs a reason');
    const approved = stepped(frozen, { ...glass, reason: 'ночь' });
    expect(approved).to.include({ review: 'open' });
    expect(refusal(approved, { ...EVENTS.reviewed, by: 'Иванова' })).to.include('Another person');
    const reviewed = stepped(approved, EVENTS.reviewed);
    expect(reviewed.review).to.deep.equal({ by: 'Сидоров', at: AT, note: 'верно' });
    expect(refusal(reviewed, EVENTS.reviewed)).to.include('nothing to review');
  });

  it('names by its hash what freezing fixes: any change of set, filter, exceptions, pace or bound is another hash', () => {
    const one = plan('dry-run');
    const others: Partial<Plan>[] = [
      { filter: { recipient: 'PFR' } },
      { despite: ['content'] },
      { perSecond: 51 },
      { stopShare: 0.2 },
      { id: 'q' },
      { dryRun: { ...dryRun(3), set: 'cd'.repeat(32) } },
    ];
    const hashes = [one, ...others.map((o) => ({ ...one, ...o }))].map(hashOfPlan);
    expect(new Set(hashes).size).to.equal(hashes.length);
    expect(hashOfPlan({ ...one, state: 'frozen', revision: 9 })).to.equal(hashOfPlan(one));
  });
});
