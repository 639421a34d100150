import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { action, type Context } from '../../context.js';
import { EXIT, isProblem, problem } from '../../exit-codes.js';
import { applyAsked, verb } from './change.js';
import { readText } from './participant.js';
import { participantTexts } from './texts.js';

/** `participants export` and `import`: the whole configuration as one YAML file. */
export function registerDocument(parent: Command, context: Context): void {
  const words = participantTexts(context.settings.language);
  const exporting = verb(parent, context, 'export', words.export, '--out participants.yaml').option(
    '--out <file>',
    words.out,
  );
  action(exporting, context, async ({ out, json }: { out?: string; json?: true }) => {
    const accept = json && out === undefined ? 'application/json' : 'application/yaml';
    const answer = await context.api.fetch('/api/v1/configuration', { headers: { accept } });
    if (isProblem(answer)) return answer;
    const text = await answer.text();
    if (out === undefined) return { data: json ? JSON.parse(text) : text, text };
    try {
      writeFileSync(out, text, { flag: 'wx', mode: 0o600 });
    } catch {
      return problem(EXIT.bad, context.texts.notWritten(out));
    }
    return { data: { file: out }, text: `${context.texts.saved(out)}\n` };
  });
  const importing = verb(parent, context, 'import', words.import, 'participants.yaml')
    .argument('<file>', words.importFile)
    .option('--dry', words.dry)
    .option('--yes', words.yes);
  action(importing, context, async (file: string, options: { dry?: true; yes?: true; json?: true }) => {
    const body = readText(file);
    if (body === undefined) return problem(EXIT.usage, context.texts.noFile(file));
    const asked = { method: 'PUT', path: '/configuration', body } as const;
    return applyAsked(context, asked, options.dry ? { dry: true, ...(options.json && { json: true }) } : options);
  });
}
