import type { Command } from 'commander';
import type { Finding } from '../../message/index.js';
import type { PreflightVerdict } from '../api-types.js';
import { action, type Context } from '../context.js';
import { contentTypeOf, versionOf } from '../envelope-file.js';
import { EXIT, isProblem } from '../exit-codes.js';
import { readInput } from '../read-input.js';
import { inWords } from './doctor-message.js';

/** With what the business rules find, which refuses nothing. */
type Verdict = PreflightVerdict & { readonly findings?: readonly Finding[] };

/** `gateway preflight FILE`: exit 1 when the envelope would be refused. */
export function registerPreflight(parent: Command, context: Context): void {
  const { texts } = context;
  const command = parent
    .command('preflight')
    .description(texts.preflight)
    .argument('<file>', texts.preflightFile)
    .option('--version <1.1|1.2|1.3>', texts.messageVersion)
    .option('--json', texts.json)
    .addHelpText('after', `\n${texts.example}\n  gateway preflight envelope.xml`);
  action(command, context, async (file: string, options: { version?: string }) => {
    const bytes = readInput(file, texts);
    if (isProblem(bytes)) return bytes;
    const version = options.version ?? versionOf(bytes) ?? '1.2';
    const path = `/preflight?version=${encodeURIComponent(version)}`;
    const verdict = await context.api.post<Verdict>(path, contentTypeOf(bytes), bytes);
    if (isProblem(verdict)) return verdict;
    const accepted = verdict.verdict === 'accepted';
    return { data: verdict, text: describe(verdict, context), exit: accepted ? EXIT.done : EXIT.bad };
  });
}

function describe(verdict: Verdict, context: Context): string {
  const { findings = [] } = verdict;
  if (findings.length === 0) return describeFaults(verdict, context);
  const { preflightFindings, findingType } = context.texts;
  const lines = findings.map(
    ({ record, type, code, report }) =>
      `  ${record} ${findingType(type)}${code === undefined ? '' : ` ${code}`}: ${report}`,
  );
  return `${describeFaults(verdict, context)}${preflightFindings}\n${lines.join('\n')}\n`;
}

function describeFaults(verdict: Verdict, { texts, settings }: Context): string {
  if (verdict.verdict === 'accepted') return `${texts.preflightOk}\n`;
  const lines = verdict.faults.flatMap((fault) => [
    `${fault.fault}: ${fault.description}`,
    ...(fault.violations ?? []).map((v) => {
      const place = v.line === undefined ? '' : `${v.line}${v.column === undefined ? '' : `:${v.column}`} `;
      const text = settings.language === 'en' ? (v.textEn ?? v.text) : v.text;
      return `  ${place}${v.path === undefined ? '' : `${v.path} `}${text}`;
    }),
  ]);
  const ray = verdict.xRay === undefined ? '' : `\n${inWords(verdict.xRay, settings.language === 'ru')}`;
  return `${texts.preflightBad(verdict.faults.length)}\n${lines.join('\n')}\n${ray}`;
}
