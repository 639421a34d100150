import type { Command } from 'commander';
import { action, type Context } from '../context.js';
import { examine } from '../doctor/examine.js';
import type { Finding } from '../doctor/finding.js';
import { EXIT } from '../exit-codes.js';
import { registerDoctorMessage } from './doctor-message.js';

const SIGN = { ok: 'ok  ', warning: 'warn', bad: 'BAD ' } as const;

/** `gateway doctor`: offline but for the gateway's own port; exit 1 when something keeps the gateway from running. */
export function registerDoctor(parent: Command, context: Context): void {
  const { texts, settings } = context;
  const command = parent
    .command('doctor')
    // Else --json behind `message` would be taken for its own.
    .enablePositionalOptions()
    .description(texts.doctor)
    .option('--json', texts.json)
    .addHelpText('after', `\n${texts.example}\n  gateway doctor`);
  registerDoctorMessage(command, context);
  action(command, context, async () => {
    const findings = await examine(settings, context.environment);
    const exit = findings.some((finding) => finding.verdict === 'bad') ? EXIT.bad : EXIT.done;
    return { data: findings, text: findings.map(describe).join(''), exit };
  });
}

function describe({ verdict, name, text, fix }: Finding): string {
  return `${SIGN[verdict]} ${name}: ${text}\n${fix === undefined ? '' : `       → ${fix}\n`}`;
}
