import type { Command } from 'commander';
import { action, type Context } from '../context.js';
import { isProblem } from '../exit-codes.js';
import { table } from '../terminal.js';

type Bilingual = string | { readonly ru: string; readonly en: string };

interface Participants {
  readonly items: readonly { readonly mnemonic: string; readonly name: Bilingual; readonly mode: string }[];
}

/** `gateway participants list`. */
export function registerParticipants(parent: Command, context: Context): void {
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
}
