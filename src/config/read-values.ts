import type { Environment } from './environment.js';
import { OPTIONS, type Option, type OptionName } from './options.js';

export interface Values {
  /** Checked texts of the variables that are set; an empty variable counts as absent. */
  readonly values: Readonly<Partial<Record<OptionName, string>>>;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** Values are never repeated for these: they may be secrets, and the text goes to logs. */
const SECRET = /TOKEN|SECRET|URL$|_KEY$/;

/** Reads every known variable by itself; what they mean together is judged by readConfig. */
export function readValues(env: Environment): Values {
  const values: Partial<Record<OptionName, string>> = {};
  const problems: string[] = [];
  const warnings = unknownVariables(env);
  for (const option of OPTIONS as readonly (Option & { name: OptionName })[]) {
    const text = env[option.name]?.trim();
    if (text === undefined || text === '') continue;
    const parsed = option.check?.(text) ?? { value: text };
    if ('wrong' in parsed) problems.push(wrong(option.name, text, parsed));
    else if (option.unserved === 'refuse')
      problems.push(`${option.name} is set, but this version cannot serve it: unset it.`);
    else if (option.unserved === 'warn') warnings.push(`${option.name} is set, but this version makes no use of it.`);
    else values[option.name] = parsed.value;
  }
  return { values, problems, warnings };
}

function wrong(name: string, text: string, problem: { wrong: string; fix: string }): string {
  const what = SECRET.test(name) ? 'its value' : `«${text}»`;
  return `${name}: ${what} ${problem.wrong}. Set it to ${problem.fix}, or unset it.`;
}

/** A misspelt variable would silently leave its default in force. */
function unknownVariables(env: Environment): string[] {
  const known: readonly string[] = OPTIONS.map((option) => option.name);
  return Object.keys(env)
    .filter((name) => name.startsWith('GATEWAY_') && !known.includes(name))
    .map((name) => `${name} is not known: see docs/configuration.md for the names.`);
}
