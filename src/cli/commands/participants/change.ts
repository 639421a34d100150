import type { Command } from 'commander';
import type { Context, Found } from '../../context.js';
import { EXIT, isProblem, type Problem, problem } from '../../exit-codes.js';
import { participantTexts } from './texts.js';

/** A change as the API takes it. */
export interface Asked {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** JSON, or text as it is. */
  readonly body?: object | string;
}

interface Applied {
  readonly snapshot: string;
  readonly changes: readonly { readonly ru: string; readonly en: string }[];
}

/** A command below `participants` with its example and the options every one has. */
export function verb(parent: Command, { texts }: Context, name: string, description: string, example: string): Command {
  const path: string[] = [];
  for (let command: Command | null = parent; command?.parent; command = command.parent) path.unshift(command.name());
  return parent
    .command(name)
    .description(description)
    .option('--json', texts.json)
    .addHelpText('after', `\n${texts.example}\n  gateway ${[...path, name, example].join(' ').trim()}`);
}

/** Makes the change at once, and says in words what it changed. */
export async function apply(context: Context, asked: Asked): Promise<Found | Problem> {
  const done = await send(context, asked);
  return isProblem(done) ? done : { data: done, text: inWords(context, done) };
}

/** Shows first what the change would do, and asks; `--yes` does not ask. */
export async function applyAsked(
  context: Context,
  asked: Asked,
  options: { readonly yes?: true; readonly dry?: true; readonly json?: true },
): Promise<Found | Problem> {
  const words = participantTexts(context.settings.language);
  if (options.yes) return apply(context, asked);
  const plan = await send(context, { ...asked, query: { ...asked.query, dry: '1' } });
  if (isProblem(plan) || options.dry || plan.changes.length === 0)
    return isProblem(plan) ? plan : { data: plan, text: inWords(context, plan) };
  const { ask, err } = context.terminal;
  err(inWords(context, plan));
  if (options.json || ask === undefined) return problem(EXIT.usage, words.needsYes);
  return words.agreed.test(await ask(words.question)) ? apply(context, asked) : problem(EXIT.bad, words.notDone);
}

async function send({ api }: Context, { method, path, query = {}, body }: Asked): Promise<Applied | Problem> {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const search = new URLSearchParams(given);
  const answer = await api.fetch(`/api/v1${path}${search.size > 0 ? `?${search}` : ''}`, {
    method,
    ...(body === undefined
      ? {}
      : {
          headers: { 'content-type': typeof body === 'string' ? 'application/yaml' : 'application/json' },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
  });
  return isProblem(answer) ? answer : ((await answer.json()) as Applied);
}

function inWords({ settings }: Context, { changes }: Applied): string {
  const { language } = settings;
  if (changes.length === 0) return `${participantTexts(language).nothing}\n`;
  return changes.map((change) => `${change[language]}\n`).join('');
}
