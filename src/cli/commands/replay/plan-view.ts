import type { Plan } from '../../../delivery/index.js';
import type { Context } from '../../context.js';
import { isProblem, type Problem } from '../../exit-codes.js';
import { replayTexts } from './texts.js';

/** A plan as the API tells it. */
export type PlanView = Plan & {
  readonly judging?: { readonly done: number; readonly total: number; readonly failed?: string };
};

/** Each look is a record of the token's use: soon at first, then once a second. */
const FIRST_LOOKS = 5;
const SOON = 200;
const LATER = 1_000;

export function planPath(id: string): string {
  return `/replay/plans/${encodeURIComponent(id)}`;
}

/** Looks at a plan until `isOver`, telling each change on stderr. */
export async function watch(
  context: Context,
  id: string,
  isOver: (plan: PlanView) => boolean,
): Promise<PlanView | Problem> {
  const words = replayTexts(context.settings.language);
  let told = '';
  for (let looks = 0; ; looks++) {
    const plan = await context.api.get<PlanView>(planPath(id));
    if (isProblem(plan) || isOver(plan)) return plan;
    const text = plan.judging ? words.judged(plan.judging.done, plan.judging.total) : progressOf(plan, context);
    if (text !== told) context.terminal.err(`${text}\n`);
    told = text;
    await new Promise((resolve) => setTimeout(resolve, looks < FIRST_LOOKS ? SOON : LATER));
  }
}

/** A plan in words. */
export function planInWords(plan: PlanView, context: Context): string {
  const words = replayTexts(context.settings.language);
  const { dryRun, frozen, approval, run, review, judging, note } = plan;
  const lines = [
    words.planned(plan.id, plan.state) + (note === undefined ? '' : ` (${note})`),
    `  ${words.author}: ${plan.author}: ${plan.reason}`,
    `  ${words.filter}: ${JSON.stringify(plan.filter)}`,
    `  ${words.pace(plan.perSecond, plan.stopShare * 100)}`,
  ];
  if (judging) lines.push(`  ${judging.failed ?? words.judged(judging.done, judging.total)}`);
  if (dryRun !== undefined) {
    lines.push(`  ${words.set}: ${dryRun.set}`);
    for (const [verdict, count] of Object.entries(dryRun.counts)) {
      const sample = dryRun.samples[verdict as keyof typeof dryRun.samples];
      const example = sample === undefined ? '' : ` · ${sample.delivery} ${sample.why ?? ''}`.trimEnd();
      lines.push(`  ${String(count).padStart(6)} ${words.verdicts[verdict] ?? verdict}${example}`);
    }
    for (const { partner, count, waiting, breaker } of dryRun.partners)
      lines.push(`  ${words.partner(partner, count, waiting, breaker ?? '')}`);
  }
  if (frozen) lines.push(`  ${words.frozenBy}: ${frozen.by}: ${frozen.reason}`);
  if (approval) lines.push(`  ${words.approvedBy}: ${approval.by}${approval.reason ? `: ${approval.reason}` : ''}`);
  if (review === 'open') lines.push(`  ${words.openReview}`);
  if (run) lines.push(`  ${progressOf(plan, context)}`);
  return lines.map((line) => `${line}\n`).join('');
}

function progressOf({ run, frozen }: PlanView, { settings }: Context): string {
  return replayTexts(settings.language).progress(run?.made ?? 0, frozen?.count ?? 0, run?.skipped.length ?? 0);
}
