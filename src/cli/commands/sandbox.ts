import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { MOST_PEOPLE, personOf, type SyntheticPerson } from '../../sandbox/people/index.js';
import { PARTNERS_FILE } from '../../start/partner-thread.js';
import { action, type Context, type Found } from '../context.js';
import { EXIT, isProblem, type Problem, problem } from '../exit-codes.js';
import { table } from '../terminal.js';
import { type SandboxTexts, sandboxTexts } from './sandbox-texts.js';

/** `gateway sandbox people` (offline), `script` and `reset` (of a partner beside a running gateway). */
export function registerSandbox(parent: Command, context: Context): void {
  const texts = sandboxTexts(context.settings.language);
  const { example, json } = context.texts;
  const sandbox = parent.command('sandbox').description(texts.sandbox);
  const people = sandbox
    .command('people')
    .description(texts.people)
    .option('--seed <number>', texts.seed, '1')
    .option('--from <number>', texts.from, '0')
    .option('--count <number>', texts.count, '20')
    .option('--json', json)
    .addHelpText('after', `\n${texts.aboutPeople}\n\n${example}\n  gateway sandbox people --count 40`);
  action(people, context, async (options: PeopleOptions) => peopleFound(options, texts));
  const script = sandbox
    .command('script')
    .description(texts.script)
    .argument('<partner>', texts.partner)
    .option('--latency <ms>', texts.latency)
    .option('--status <code>', texts.status)
    .option('--silence', texts.silence)
    .option('--half', texts.half)
    .option('--duplicate', texts.duplicate)
    .option('--done', texts.done)
    .option('--share <share>', texts.share)
    .option('--snils <snils...>', texts.snils)
    .option('--times <number>', texts.times)
    .option('--fair', texts.fair)
    .option('--json', json)
    .addHelpText(
      'after',
      `\n${texts.aboutScript}\n\n${example}\n  gateway sandbox script PFR --latency 3000 --share 0.25\n  gateway sandbox script PFR --status 502 --done --times 1\n  gateway sandbox script PFR --fair`,
    );
  const reset = sandbox
    .command('reset')
    .description(texts.reset)
    .argument('<partner>', texts.partner)
    .option('--yes', texts.yes)
    .option('--json', json)
    .addHelpText('after', `\n${example}\n  gateway sandbox reset PFR`);
  action(reset, context, (mnemonic: string, options: { yes?: true }) => wasReset(mnemonic, options, context, texts));
  action(script, context, (mnemonic: string, options: ScriptOptions) => scripted(mnemonic, options, context, texts));
}

interface PeopleOptions {
  readonly seed: string;
  readonly from: string;
  readonly count: string;
}

function peopleFound(options: PeopleOptions, texts: SandboxTexts): Found | Problem {
  const [seed, from, count] = [options.seed, options.from, options.count].map((n) =>
    /^\d{1,9}$/.test(n) ? Number(n) : Number.NaN,
  ) as [number, number, number];
  if (!(seed >= 0 && from >= 0 && count >= 1 && from + count <= MOST_PEOPLE))
    return problem(EXIT.usage, texts.badRange);
  const people = Array.from({ length: count }, (_, i) => personOf(seed, from + i));
  return {
    data: people,
    text: table(
      texts.head,
      people.map((p) => row(p, texts)),
    ),
  };
}

function row(p: SyntheticPerson, texts: SandboxTexts): readonly string[] {
  const [{ series, number }] = p.documents;
  const more = [
    p.twin !== undefined && texts.twin(p.twin),
    p.spouse !== undefined && texts.spouse(p.spouse.index),
    p.parents.length > 0 && texts.parents(p.parents.join(', ')),
    p.disability !== undefined && texts.disability(p.disability.group),
  ].filter((text) => text !== false);
  const names = `${p.familyName} ${p.firstName} ${p.patronymic}`;
  return [String(p.index), p.snils, names, texts.sexes[p.gender], p.birthDate, `${series} ${number}`, more.join('; ')];
}

interface ScriptOptions {
  readonly latency?: string;
  readonly status?: string;
  readonly silence?: true;
  readonly half?: true;
  readonly duplicate?: true;
  readonly done?: true;
  readonly share?: string;
  readonly snils?: readonly string[];
  readonly times?: string;
  readonly fair?: true;
}

async function scripted(
  mnemonic: string,
  options: ScriptOptions,
  { settings }: Context,
  texts: SandboxTexts,
): Promise<Found | Problem> {
  const rules = rulesOf(options);
  const body = JSON.stringify({ rules });
  const init = options.fair ? { method: 'DELETE' } : rules.length > 0 ? { method: 'PUT', body } : { method: 'GET' };
  const said = await told(mnemonic, settings.data, '/script', init, texts);
  if (isProblem(said)) return said;
  const inForce = (said as { rules: readonly object[] }).rules;
  const words = inForce.map((rule) => JSON.stringify(rule)).join(' ');
  return {
    data: { partner: mnemonic, rules: inForce },
    text: words === '' ? texts.isFair(mnemonic) : texts.plays(mnemonic, words),
  };
}

async function wasReset(
  mnemonic: string,
  options: { readonly yes?: true },
  { settings, terminal }: Context,
  texts: SandboxTexts,
): Promise<Found | Problem> {
  const isAgreed = options.yes === true || texts.agreed.test((await terminal.ask?.(texts.resetAsk(mnemonic))) ?? '');
  if (!isAgreed) return problem(EXIT.usage, texts.notAsked);
  const said = await told(mnemonic, settings.data, '/reset', { method: 'POST', body: '{}' }, texts);
  return isProblem(said) ? said : { data: said, text: texts.resetDone(mnemonic) };
}

/** What a partner of the running gateway answers: it listens beside it, without a token, on the loopback alone. */
async function told(
  mnemonic: string,
  data: string,
  path: string,
  init: RequestInit,
  texts: SandboxTexts,
): Promise<unknown> {
  const file = join(data, PARTNERS_FILE);
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
  const url = Object.hasOwn(known, mnemonic) ? known[mnemonic] : undefined;
  if (url === undefined) return problem(EXIT.usage, texts.noPartner(mnemonic, Object.keys(known).join(', ')));
  const answer = await fetch(url + path, init).catch(() => undefined);
  if (answer === undefined) return problem(EXIT.unreachable, texts.unreachable(mnemonic, url));
  const said = await answer.text();
  return answer.status === 200 ? JSON.parse(said) : problem(EXIT.usage, texts.noScript(mnemonic, said));
}

/** One rule for each fault that is asked for, all of the same reach; numbers that are none are the partner's to refuse. */
function rulesOf({
  latency,
  status,
  silence,
  half,
  duplicate,
  done,
  share,
  snils,
  times,
}: ScriptOptions): readonly object[] {
  const reach = {
    ...(share !== undefined && { share: Number(share) }),
    ...(snils !== undefined && { snils }),
    ...(times !== undefined && { times: Number(times) }),
  };
  const lost = done === true ? { done } : {};
  return [
    latency !== undefined && { what: 'latency', ms: Number(latency), ...reach },
    status !== undefined && { what: 'status', status: Number(status), ...lost, ...reach },
    silence === true && { what: 'silence', ...lost, ...reach },
    half === true && { what: 'half', ...reach },
    duplicate === true && { what: 'duplicate', ...reach },
  ].filter((rule) => rule !== false);
}
