import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { type LogVerdict, verifyLog } from '../../journal/index.js';
import { action, type Context, type Found } from '../context.js';
import { EXIT, problem } from '../exit-codes.js';
import { openJournalFolder } from '../journal-folder.js';

/** `gateway journal verify DIR`: offline; exit 1 when the log does not verify. */
export function registerJournal(parent: Command, context: Context): void {
  const { texts } = context;
  const command = parent.command('journal').description(texts.journal).command('verify');
  command
    .description(texts.verify)
    .argument('<dir>', texts.verifyDir)
    .option('--vkey <key|file>', texts.vkey)
    .option('--held <checkpoint...>', texts.held)
    .option('--json', texts.json)
    .addHelpText('after', `\n${texts.example}\n  gateway journal verify var`);
  action(command, context, async (dir: string, options: { vkey?: string; held?: readonly string[] }) => {
    const missing = options.held?.find((file) => !existsSync(file));
    if (missing !== undefined) return problem(EXIT.usage, texts.noFile(missing));
    const folder = openJournalFolder(dir);
    if (folder === undefined) return problem(EXIT.usage, texts.noJournal(dir));
    try {
      const vkey = options.vkey === undefined ? folder.vkey : textOf(options.vkey);
      if (vkey === undefined) return problem(EXIT.usage, texts.noVkey(dir));
      const held = [...folder.held, ...(options.held ?? []).map((file) => readFileSync(file, 'utf8'))];
      const verdict = await verifyLog(folder.source, { vkey, held });
      return found(verdict, options.vkey === undefined ? [texts.ownVkey] : [], context);
    } finally {
      folder.close();
    }
  });
}

/** A key given as such or as a file that holds it. */
function textOf(given: string): string {
  return existsSync(given) ? readFileSync(given, 'utf8').trim() : given;
}

function found(verdict: LogVerdict, remarks: readonly string[], { texts }: Context): Found {
  if (!verdict.ok) {
    return { data: verdict, text: `${texts.notVerified(`${verdict.where}: ${verdict.wrong}`)}\n`, exit: EXIT.bad };
  }
  const root = Buffer.from(verdict.root).toString('base64');
  const lines = [texts.verified(verdict.size), ...verdict.warnings, ...remarks];
  return { data: { ...verdict, root }, text: `${lines.join('\n')}\n` };
}
