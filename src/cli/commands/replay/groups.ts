import type { Command } from 'commander';
import type { FailureGroup } from '../../../delivery/index.js';
import { action, type Context } from '../../context.js';
import { isProblem } from '../../exit-codes.js';
import { table } from '../../terminal.js';
import { verb } from './call.js';
import { replayTexts } from './texts.js';

type Group = Omit<FailureGroup, 'firstSeen' | 'lastSeen'> & {
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** Of refusals: what would become of the sample now. */
  readonly today?: { readonly verdict: string; readonly why?: string };
};

interface Options {
  readonly recipient?: string;
  readonly format?: string;
  readonly from?: string;
  readonly to?: string;
  readonly refused?: true;
}

/** `replay groups`: the largest first. */
export function registerGroups(group: Command, context: Context): void {
  const words = replayTexts(context.settings.language);
  const command = verb(group, context, 'groups', words.groups, '--recipient EGISSO --from 2026-11-20')
    .option('--recipient <mnemonic>', words.recipient)
    .option('--format <{ns}local>', words.format)
    .option('--from <time>', words.from)
    .option('--to <time>', words.to)
    .option('--refused', words.refused);
  action(command, context, async ({ recipient, format, from, to, refused }: Options) => {
    const query = { recipient, format, from, to, ...(refused && { refused: '1' }) };
    const found = await context.api.get<{ readonly items: readonly Group[] }>('/replay/groups', query);
    return isProblem(found) ? found : { data: found, text: describe(found.items, context) };
  });
}

function todayOf({ today }: Group, words: ReturnType<typeof replayTexts>): string | undefined {
  if (today === undefined) return undefined;
  return [`→ ${words.today[today.verdict] ?? today.verdict}`, today.why].filter((t) => t !== undefined).join(': ');
}

function describe(items: readonly Group[], { settings }: Context): string {
  const words = replayTexts(settings.language);
  if (items.length === 0) return `${words.none}\n`;
  const h = words.heads;
  const rows = items.map((g) => [
    g.state === 'refused' ? words.notReplayable : g.fingerprint,
    String(g.count),
    g.state,
    g.partner,
    g.firstSeen.slice(0, 19),
    g.lastSeen.slice(0, 19),
    [g.fault, g.text, g.format, todayOf(g, words)].filter((t) => t !== undefined && t !== '').join(' · '),
  ]);
  return table([h.group, h.count, h.state, h.recipient, h.since, h.last, h.cause], rows);
}
