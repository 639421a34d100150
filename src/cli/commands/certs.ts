import type { Command } from 'commander';
import { generateDevCertificates } from '../../../certs-dev/generate.js';
import { action, type Context } from '../context.js';
import { EXIT, problem } from '../exit-codes.js';

/** `gateway certs dev`: offline. */
export function registerCerts(parent: Command, context: Context): void {
  const { texts, settings } = context;
  const command = parent.command('certs').description(texts.certs).command('dev');
  command
    .description(texts.certsDev)
    .option('--json', texts.json)
    .addHelpText('after', `\n${texts.example}\n  gateway certs dev`);
  action(command, context, async () => {
    if (settings.production) return problem(EXIT.usage, texts.certsProduction);
    const folder = settings.certificates;
    const { created } = await generateDevCertificates(folder);
    const text = created.length === 0 ? texts.certsKept(folder) : texts.certsMade(created.join(', '), folder);
    return { data: { folder, created }, text: `${text}\n` };
  });
}
