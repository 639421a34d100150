import type { Command } from 'commander';
import { action, type Context } from '../../context.js';
import { EXIT, isProblem, problem } from '../../exit-codes.js';
import { table } from '../../terminal.js';
import { agreed, post, verb } from './call.js';
import { replayTexts } from './texts.js';

interface Delivery {
  readonly id: number;
  readonly messageId: string;
  readonly recipient: string;
  readonly state: string;
  readonly queuedAt: string;
  readonly cause?: string;
}

interface Page {
  readonly items: readonly Delivery[];
  readonly next?: number;
}

interface Said {
  readonly by?: string;
  readonly reason: string;
  readonly as?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** `gateway deliveries (list|settle|cancel|return)`: an operator's word on single deliveries. */
export function registerDeliveries(parent: Command, context: Context): void {
  const words = replayTexts(context.settings.language);
  const group = parent.command('deliveries').description(words.deliveries);
  list(group, context);
  const settle = said(group, context, 'settle', words.settle, '--as lost').requiredOption(
    '--as <arrived|lost|unknown>',
    words.settledAs,
  );
  say(settle, context, 'settle');
  say(said(group, context, 'cancel', words.cancel, ''), context, 'cancel');
  say(said(group, context, 'return', words.return, ''), context, 'return');
}

function list(group: Command, context: Context): void {
  const { texts } = context;
  const words = replayTexts(context.settings.language);
  const command = verb(group, context, 'list', words.deliveriesList, '--state in-doubt')
    .option('--state <states>', words.state)
    .option('--recipient <mnemonic>', words.recipient)
    .option('--from <time>', words.from)
    .option('--to <time>', words.to)
    .option('--limit <n>', texts.limit, '20')
    .option('--before <n>', texts.before);
  action(command, context, async ({ json: _, ...query }: Record<string, string | undefined>) => {
    if (!/^[1-9]\d*$/.test(query.limit ?? '')) return problem(EXIT.usage, texts.badNumber(query.limit ?? ''));
    const page = await context.api.get<Page>('/deliveries', query);
    return isProblem(page) ? page : { data: page, text: describe(page, context) };
  });
}

function describe({ items, next }: Page, { settings }: Context): string {
  const words = replayTexts(settings.language);
  if (items.length === 0) return `${words.none}\n`;
  const { delivery, since, message, recipient, state, cause } = words.heads;
  const rows = items.map((d) => [String(d.id), d.queuedAt, d.messageId, d.recipient, d.state, d.cause ?? '']);
  const more = next === undefined ? '' : `${words.more(next)}\n`;
  return table([delivery, since, message, recipient, state, cause], rows) + more;
}

function said(group: Command, context: Context, name: string, description: string, example: string): Command {
  const words = replayTexts(context.settings.language);
  const tail = '--by "Иванова" --reason "…" --yes';
  return verb(group, context, name, description, ['17', example, tail].filter((t) => t !== '').join(' '))
    .argument('<delivery>', words.delivery)
    .requiredOption('--by <name>', words.by)
    .requiredOption('--reason <text>', words.reason)
    .option('--yes', words.yes);
}

function say(command: Command, context: Context, path: 'settle' | 'cancel' | 'return'): void {
  const words = replayTexts(context.settings.language);
  action(command, context, async (id: string, { by, reason, as, ...options }: Said) => {
    if (!/^[1-9]\d*$/.test(id)) return problem(EXIT.usage, context.texts.badNumber(id));
    const no = await agreed(context, words.willSay(id, as ?? path), options);
    if (no !== undefined) return no;
    const body = { by, reason, ...(as === undefined ? {} : { as }) };
    const done = await post<{ delivery: Delivery; record?: number }>(context, `/deliveries/${id}/${path}`, body);
    if (isProblem(done)) return done;
    return { data: done, text: `${words.said(done.delivery.id, done.delivery.state, done.record)}\n` };
  });
}
