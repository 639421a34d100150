import type { Command } from 'commander';
import { action, type Context } from '../../context.js';
import { EXIT, isProblem, problem } from '../../exit-codes.js';
import { verb } from './change.js';
import { participantTexts } from './texts.js';

interface Change {
  readonly record: number;
  readonly time: string;
  readonly by: string;
  readonly operation?: string;
  readonly changes: readonly string[];
  readonly changesEn: readonly string[];
}

/** `participants history`: who changed what, out of the journal. */
export function registerHistory(parent: Command, context: Context): void {
  const words = participantTexts(context.settings.language);
  const command = verb(parent, context, 'history', words.history, 'FED001')
    .argument('[mnemonic]', words.mnemonic)
    .option('--limit <n>', context.texts.limit, '20');
  action(command, context, async (participant: string | undefined, { limit }: { limit: string }) => {
    if (!/^[1-9]\d*$/.test(limit)) return problem(EXIT.usage, context.texts.badNumber(limit));
    const found = await context.api.get<{ readonly items: readonly Change[] }>('/configuration/history', {
      limit,
      participant,
    });
    if (isProblem(found)) return found;
    const text = found.items.map((item) => inWords(item, context)).join('');
    return { data: found, text: text === '' ? `${context.texts.none}\n` : text };
  });
}

function inWords({ record, time, by, operation, changes, changesEn }: Change, { settings }: Context): string {
  const sentences = settings.language === 'ru' ? changes : changesEn;
  const head = [`#${record}`, time, by, operation].filter((t) => t !== undefined).join('  ');
  return `${head}\n${sentences.map((sentence) => `  ${sentence}\n`).join('')}`;
}
