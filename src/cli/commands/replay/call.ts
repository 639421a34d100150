import type { Command } from 'commander';
import type { Context } from '../../context.js';
import { EXIT, isProblem, type Problem, problem } from '../../exit-codes.js';
import { replayTexts } from './texts.js';

/** A command with `--json` and its example. */
export function verb(parent: Command, { texts }: Context, name: string, description: string, example: string): Command {
  return parent
    .command(name)
    .description(description)
    .option('--json', texts.json)
    .addHelpText('after', `\n${texts.example}\n  gateway ${parent.name()} ${name.split(' ')[0]} ${example}`.trimEnd());
}

export async function post<T>({ api }: Context, path: string, body: object): Promise<T | Problem> {
  const answer = await api.fetch(`/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return isProblem(answer) ? answer : ((await answer.json()) as T);
}

/** Whether a person agreed: `--yes`, or asked where one sits; undefined, or why not. */
export async function agreed(
  context: Context,
  what: string,
  options: { readonly yes?: true; readonly json?: true },
): Promise<Problem | undefined> {
  const words = replayTexts(context.settings.language);
  if (options.yes) return undefined;
  const { ask, err } = context.terminal;
  if (options.json || ask === undefined) return problem(EXIT.usage, words.needsYes);
  err(`${what}\n`);
  return words.agreed.test(await ask(words.question)) ? undefined : problem(EXIT.bad, words.notDone);
}

/** Collects the values of an option that may be repeated. */
export function repeated(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
