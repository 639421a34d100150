import type { Command } from 'commander';
import { action, type Context } from '../../context.js';
import { EXIT, isProblem, problem } from '../../exit-codes.js';
import { table } from '../../terminal.js';
import { post, repeated, verb } from './call.js';
import { type PlanView, planInWords, planPath, watch } from './plan-view.js';
import { replayTexts } from './texts.js';

interface Options {
  readonly as: string;
  readonly reason: string;
  readonly group?: readonly string[];
  readonly delivery?: readonly string[];
  readonly state?: string;
  readonly recipient?: string;
  readonly format?: string;
  readonly from?: string;
  readonly to?: string;
  readonly despite?: string;
  readonly perSecond?: string;
  readonly stop?: string;
}

/** plan, list, show, dry-run. */
export function registerPlan(group: Command, context: Context): void {
  const words = replayTexts(context.settings.language);
  const plan = verb(
    group,
    context,
    'plan',
    words.plan,
    '--group 1f2e3d4c5b6a --as "Иванова" --reason "партнёр починен"',
  )
    .requiredOption('--as <name>', words.by)
    .requiredOption('--reason <text>', words.reason)
    .option('--group <fingerprint>', words.group, repeated)
    .option('--delivery <n>', words.one, repeated)
    .option('--state <states>', words.state)
    .option('--recipient <mnemonic>', words.recipient)
    .option('--format <{ns}local>', words.format)
    .option('--from <time>', words.from)
    .option('--to <time>', words.to)
    .option('--despite <verdicts>', words.despite)
    .option('--per-second <n>', words.rate)
    .option('--stop <percent>', words.stop);
  action(plan, context, async (options: Options) => {
    const wish = wishOf(options, context);
    if (isProblem(wish)) return wish;
    const made = await post<PlanView>(context, '/replay/plans', wish);
    if (isProblem(made)) return made;
    return judged(made.id, context);
  });
  lists(group, context);
  const again = verb(group, context, 'dry-run', words.dryRun, '2026-11-23-a1b2c3 --as "Иванова"')
    .argument('<plan>', words.id)
    .requiredOption('--as <name>', words.by);
  action(again, context, async (id: string, { as }: { as: string }) => {
    const asked = await post<PlanView>(context, `${planPath(id)}/dry-run`, { by: as });
    return isProblem(asked) ? asked : judged(id, context);
  });
}

function wishOf(options: Options, { texts, settings }: Context) {
  const { as, reason, group, delivery, state, recipient, format, from, to, despite, perSecond, stop } = options;
  if (perSecond !== undefined && !(Number(perSecond) > 0)) return problem(EXIT.usage, texts.badNumber(perSecond));
  const share = stop === undefined ? undefined : Number(stop) / 100;
  if (share !== undefined && !(share >= 0 && share <= 1))
    return problem(EXIT.usage, replayTexts(settings.language).badShare(stop ?? ''));
  return {
    by: as,
    reason,
    filter: { groups: group, deliveries: delivery, states: state, recipient, format, from, to },
    despite,
    ...(perSecond === undefined ? {} : { perSecond: Number(perSecond) }),
    ...(share === undefined ? {} : { stopShare: share }),
  };
}

/** Waits for the dry run; a dry run that broke off is bad news. */
async function judged(id: string, context: Context) {
  const plan = await watch(context, id, ({ judging, state }) =>
    judging === undefined ? state !== 'draft' : judging.failed !== undefined,
  );
  if (isProblem(plan)) return plan;
  return {
    data: plan,
    text: planInWords(plan, context),
    exit: plan.judging?.failed === undefined ? EXIT.done : EXIT.bad,
  };
}

function lists(group: Command, context: Context): void {
  const words = replayTexts(context.settings.language);
  const show = verb(group, context, 'show', words.show, '2026-11-23-a1b2c3').argument('<plan>', words.id);
  action(show, context, async (id: string) => {
    const plan = await context.api.get<PlanView>(planPath(id));
    return isProblem(plan) ? plan : { data: plan, text: planInWords(plan, context) };
  });
  const list = verb(group, context, 'list', words.plans, '').option('--limit <n>', context.texts.limit, '20');
  action(list, context, async ({ limit }: { limit: string }) => {
    if (!/^[1-9]\d*$/.test(limit)) return problem(EXIT.usage, context.texts.badNumber(limit));
    const found = await context.api.get<{ readonly items: readonly PlanView[] }>('/replay/plans', { limit });
    if (isProblem(found)) return found;
    const h = words.heads;
    const rows = found.items.map((p) => [
      p.id,
      p.review === 'open' ? `${p.state}, ${words.openReview}` : p.state,
      p.author,
      String(p.frozen?.count ?? p.dryRun?.total ?? ''),
      p.reason,
    ]);
    const text = rows.length === 0 ? `${words.none}\n` : table([h.plan, h.state, h.author, h.count, h.reason], rows);
    return { data: found, text };
  });
}
