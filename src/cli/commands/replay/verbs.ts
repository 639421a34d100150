import type { Command } from 'commander';
import { action, type Context } from '../../context.js';
import { isProblem } from '../../exit-codes.js';
import { agreed, post, verb } from './call.js';
import { type PlanView, planInWords, planPath, watch } from './plan-view.js';
import { replayTexts } from './texts.js';

interface Options {
  readonly as: string;
  readonly reason?: string;
  readonly breakGlass?: true;
  readonly follow?: true;
  readonly yes?: true;
  readonly json?: true;
}

const MOVING = ['approved', 'running'];

/** freeze, approve, run, pause, resume, cancel, review. */
export function registerVerbs(group: Command, context: Context): void {
  const words = replayTexts(context.settings.language);
  const word = (name: string, description: string, example = '') => {
    const command = verb(group, context, name, description, `2026-11-23-a1b2c3 --as "Иванова" ${example}`)
      .argument('<plan>', words.id)
      .requiredOption('--as <name>', words.by)
      .option('--yes', words.yes);
    action(command, context, (id: string, options: Options) => say(name, id, options, context));
    return command;
  };
  word('freeze', words.freeze, '--reason "…"').requiredOption('--reason <text>', words.reason);
  word('approve', words.approve).option('--reason <text>', words.reason).option('--break-glass', words.breakGlass);
  word('run', words.run, '--follow').option('--follow', words.follow);
  word('pause', words.pause).option('--reason <text>', words.reason);
  word('resume', words.resume).option('--follow', words.follow);
  word('cancel', words.cancelPlan).option('--reason <text>', words.reason);
  word('review', words.review, '--reason "…"').requiredOption('--reason <text>', words.reason);
}

/** What sends messages, or gives them up, is asked about first. */
const ASKED = ['run', 'resume', 'cancel'];

async function say(name: string, id: string, options: Options, context: Context) {
  const words = replayTexts(context.settings.language);
  const { as: by, reason, breakGlass, follow } = options;
  if (ASKED.includes(name) && !options.yes) {
    const plan = await context.api.get<PlanView>(planPath(id));
    if (isProblem(plan)) return plan;
    const no = await agreed(context, words.willRun(id, plan.frozen?.count ?? 0), options);
    if (no !== undefined) return no;
  }
  const body = { by, ...(reason === undefined ? {} : { reason }), ...(breakGlass && { breakGlass }) };
  const done = await post<PlanView>(context, `${planPath(id)}/${name}`, body);
  if (isProblem(done)) return done;
  const last = follow ? await watch(context, id, (plan) => !MOVING.includes(plan.state)) : done;
  return isProblem(last) ? last : { data: last, text: planInWords(last, context) };
}
