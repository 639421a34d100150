import type { Command } from 'commander';
import type { ExchangePage } from '../api-types.js';
import { action, type Context } from '../context.js';
import { EXIT, isProblem, problem } from '../exit-codes.js';
import { kindOf } from '../kind-of.js';
import { table } from '../terminal.js';

interface Options {
  readonly limit: string;
  readonly before?: string;
  readonly participant?: string;
  readonly format?: string;
  readonly purpose?: string;
  readonly overdue?: true;
}

/** `gateway exchanges`: newest first, a page at a time. */
export function registerExchanges(parent: Command, context: Context): void {
  const { texts } = context;
  const command = parent
    .command('exchanges')
    .description(texts.exchanges)
    .option('--limit <n>', texts.limit, '20')
    .option('--before <cursor>', texts.before)
    .option('--participant <mnemonic>', texts.participant)
    .option('--format <{ns}local>', texts.format)
    .option('--purpose <text>', texts.purpose)
    .option('--overdue', texts.overdue)
    .option('--json', texts.json)
    .addHelpText('after', `\n${texts.example}\n  gateway exchanges --participant REG001 --limit 5`);
  action(command, context, async ({ limit, before, participant, format, purpose, overdue }: Options) => {
    if (!/^[1-9]\d*$/.test(limit)) return problem(EXIT.usage, texts.badNumber(limit));
    const page = await context.api.get<ExchangePage>('/exchanges', {
      limit,
      before,
      participant,
      format,
      purpose,
      overdue: overdue && '1',
    });
    if (isProblem(page)) return page;
    return { data: page, text: describe(page, context) };
  });
}

function describe(page: ExchangePage, { texts }: Context): string {
  if (page.items.length === 0) return `${texts.none}\n`;
  const c = texts.columns;
  const rows = page.items.map((m) => [
    String(m.acceptedAt),
    m.messageId,
    kindOf(m),
    m.sender,
    m.recipient ?? [...new Set(m.states.map((s) => s.recipient))].join(', '),
    [...m.states.map((s) => s.state), ...(m.unusual ?? []).map((sign) => `! ${sign}`)].join(', '),
    m.format ?? '',
  ]);
  const more = page.next === undefined ? '' : `${texts.next(String(page.next))}\n`;
  return table([c.time, c.messageId, c.kind, c.sender, c.recipient, c.state, c.format], rows) + more;
}
