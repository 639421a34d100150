import type { Command } from 'commander';
import type { PublishPlan } from '../../formats/index.js';
import { action, type Context, type Found } from '../context.js';
import { EXIT, isProblem, type Problem, problem } from '../exit-codes.js';
import { packageArchive } from '../package-archive.js';
import { table } from '../terminal.js';
import { type PublishTexts, publishTexts } from './formats-publish-texts.js';
import { describePlan } from './publish-in-words.js';

/** Longer than the gateway takes before it gives a package up. */
const TIMEOUT_MS = 150_000;
const TELL_EVERY_MS = 5_000;

interface Options {
  readonly asTest?: true;
  readonly yes?: true;
  readonly full?: true;
  readonly json?: true;
  readonly reason?: string;
}

/** `gateway formats (publish|retire|activate|roll-back|history)`. */
export function registerPublishing(formats: Command, context: Context): void {
  const words = publishTexts(context.settings.language);
  const verb = (name: string, description: string, example: string): Command =>
    formats
      .command(name)
      .description(description)
      .option('--json', context.texts.json)
      .addHelpText('after', `\n${context.texts.example}\n  gateway formats ${example}`);
  const publishing = verb('publish', words.publish, 'publish my-format --as-test')
    .argument('<package>', words.package)
    .option('--as-test', words.asTest)
    .option('--full', words.full)
    .option('--reason <text>', words.reason)
    .option('--yes', words.yes);
  action(publishing, context, (path: string, options: Options) => publish(path, options, context, words));
  retire(
    verb('retire', words.retire, 'retire 10.06.S 1.0.8 --at 2027-01-01T00:00:00+03:00 --successor 1.1.0'),
    context,
    words,
  );
  activate(verb('activate', words.activate, 'activate my-format 1.0.0'), context, words);
  const back = verb('roll-back', words.rollBack, 'roll-back --reason "…"')
    .option('--reason <text>', words.reason)
    .option('--yes', words.yes);
  action(back, context, async ({ reason, ...options }: Options) => {
    const agreed = await isAgreed(options, context, words, words.rollBackQuestion);
    if (agreed === 'no') return problem(EXIT.bad, words.notDone);
    if (agreed === 'nobody') return problem(EXIT.usage, words.needsYesNow);
    const done = await post<{ formats: readonly string[] }>(context, '/formats/roll-back', { reason });
    return isProblem(done) ? done : { data: done, text: `${words.rolledBack(done.formats.join(', '))}\n` };
  });
  history(verb('history', words.history, 'history'), context, words);
}

async function publish(
  path: string,
  options: Options,
  context: Context,
  words: PublishTexts,
): Promise<Found | Problem> {
  const archive = packageArchive(path, words);
  if (isProblem(archive)) return archive;
  context.terminal.err(`${words.sending(archive.files, Math.ceil(archive.zip.length / 1024))}\n`);
  const query = new URLSearchParams({
    ...(options.asTest && { asTest: '1' }),
    ...(options.reason !== undefined && { reason: options.reason }),
  });
  const plan = await patiently(() => send<PublishPlan>(context, archive.zip, query), context, words);
  if (isProblem(plan)) return plan;
  const shown = describePlan(plan, context, words, options.full === true);
  if (plan.artefact === undefined) return { data: { plan, published: [] }, text: `${shown}\n${words.nothing}\n` };
  // People read the plan before they are asked; programs get one document at the end.
  if (!options.json) context.terminal.out(shown);
  const agreed = await isAgreed(options, context, words);
  // A program that asked for the plan alone has it.
  if (agreed === 'nobody' && options.json) return { data: { plan, published: [] }, text: '' };
  if (agreed === 'no') return problem(EXIT.bad, words.notDone);
  if (agreed === 'nobody') return problem(EXIT.usage, words.needsYes);
  query.set('confirm', plan.hash);
  const done = await patiently(() => send<{ formats: readonly string[] }>(context, archive.zip, query), context, words);
  if (isProblem(done)) return done;
  return { data: { plan, published: done.formats }, text: `\n${words.published(done.formats.join(', '))}\n` };
}

async function isAgreed(
  { yes, json }: Options,
  { terminal }: Context,
  words: PublishTexts,
  question: string = words.question,
): Promise<true | 'no' | 'nobody'> {
  if (yes) return true;
  if (json || terminal.ask === undefined) return 'nobody';
  return words.agreed.test(await terminal.ask(question)) ? true : 'no';
}

async function send<T>({ api }: Context, zip: Uint8Array<ArrayBuffer>, query: URLSearchParams): Promise<T | Problem> {
  const answer = await api.fetch(`/api/v1/formats/packages?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/zip' },
    body: zip,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return isProblem(answer) ? answer : ((await answer.json()) as T);
}

/** Tells every few seconds that it still waits: the second opinion on a large package takes a while. */
async function patiently<T>(work: () => Promise<T>, { terminal }: Context, words: PublishTexts): Promise<T> {
  let seconds = 0;
  const telling = setInterval(() => {
    seconds += TELL_EVERY_MS / 1000;
    terminal.err(`${words.waiting(seconds)}\n`);
  }, TELL_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(telling);
  }
}

interface Ending extends Options {
  readonly at: string;
  readonly successor?: string;
}

function retire(command: Command, context: Context, words: PublishTexts): void {
  command
    .argument('<id>', words.id)
    .argument('<version>', words.version)
    .requiredOption('--at <instant>', words.at)
    .option('--successor <version>', words.successor)
    .option('--reason <text>', words.reason);
  action(command, context, async (id: string, version: string, { at, successor, reason }: Ending) => {
    const done = await post(context, address(id, version, 'retire'), { at, successor, reason });
    return isProblem(done) ? done : { data: done, text: `${words.retired(`${id} ${version}`, at)}\n` };
  });
}

function activate(command: Command, context: Context, words: PublishTexts): void {
  command
    .argument('<id>', words.id)
    .argument('<version>', words.version)
    .option('--at <instant>', words.activateAt)
    .option('--reason <text>', words.reason);
  action(command, context, async (id: string, version: string, { at, reason }: Partial<Ending>) => {
    const done = await post(context, address(id, version, 'activate'), { at, reason });
    return isProblem(done) ? done : { data: done, text: `${words.activated(`${id} ${version}`, at)}\n` };
  });
}

interface HistoryItem {
  readonly time: string;
  readonly by: string;
  readonly operation: string;
  readonly formats?: readonly string[];
  readonly reason?: string;
}

function history(command: Command, context: Context, words: PublishTexts): void {
  action(command, context, async () => {
    const found = await context.api.get<{ items: readonly HistoryItem[] }>('/formats/packages');
    if (isProblem(found)) return found;
    const c = words.columns;
    const rows = found.items.map((i) => [
      i.time,
      i.by,
      words.operations[i.operation] ?? i.operation,
      shortened(i.formats ?? []),
      i.reason ?? '',
    ]);
    return { data: found, text: table([c.when, c.who, c.what, c.formats, c.why], rows) };
  });
}

function shortened(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 4).join(', ')} … (${names.length})` : names.join(', ');
}

function address(...steps: readonly string[]): string {
  return `/formats/${steps.map(encodeURIComponent).join('/')}`;
}

function post<T>({ api }: Context, path: string, body: object): Promise<T | Problem> {
  return api.post<T>(path, 'application/json', Uint8Array.from(Buffer.from(JSON.stringify(body))));
}
