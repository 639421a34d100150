import type { Command } from 'commander';
import { action, type Context } from '../context.js';
import { isProblem } from '../exit-codes.js';
import { table } from '../terminal.js';

type Bilingual = string | { readonly ru: string; readonly en: string };

interface Participants {
  readonly items: readonly { readonly mnemonic: string; readonly name: Bilingual; readonly mode: string }[];
}

interface Formats {
  readonly items: readonly {
    readonly id: string;
    readonly version: string;
    readonly state: string;
    readonly title?: Bilingual;
    readonly namespace: string;
  }[];
}

/** `gateway participants list` and `gateway formats list`. */
export function registerLists(parent: Command, context: Context): void {
  const { texts, settings } = context;
  const c = texts.columns;
  const say = (text: Bilingual | undefined) => (typeof text === 'object' ? text[settings.language] : (text ?? ''));

  const participants = parent.command('participants').description(texts.participants).command('list');
  participants
    .description(texts.participantsList)
    .option('--json', texts.json)
    .addHelpText('after', `\n${texts.example}\n  gateway participants list`);
  action(participants, context, async () => {
    const found = await context.api.get<Participants>('/participants');
    if (isProblem(found)) return found;
    const rows = found.items.map((p) => [p.mnemonic, p.mode, say(p.name)]);
    return { data: found, text: table([c.mnemonic, c.mode, c.name], rows) };
  });

  const formats = parent.command('formats').description(texts.formats).command('list');
  formats
    .description(texts.formatsList)
    .option('--json', texts.json)
    .addHelpText('after', `\n${texts.example}\n  gateway formats list --json`);
  action(formats, context, async () => {
    const found = await context.api.get<Formats>('/formats');
    if (isProblem(found)) return found;
    const rows = found.items.map((f) => [f.id, f.version, f.state, f.namespace, say(f.title)]);
    return { data: found, text: table([c.id, c.version, c.stage, c.format, c.name], rows) };
  });
}
