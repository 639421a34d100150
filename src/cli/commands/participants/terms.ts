import type { Command } from 'commander';
import { zoneOffset } from '../../../start/zone-offset.js';
import type { Context } from '../../context.js';
import { EXIT, isProblem, type Problem, problem } from '../../exit-codes.js';
import { participantTexts } from './texts.js';

export interface TermOptions {
  readonly from?: string;
  readonly until?: string;
  readonly basis?: string;
}

/** Options of everything that has a term and a basis. */
export function withTerm(command: Command, { settings }: Context): Command {
  const words = participantTexts(settings.language);
  return command
    .option('--basis <text>', words.basis)
    .option('--from <date>', words.from)
    .option('--until <date>', words.until);
}

/** The term as the API takes it: a date alone begins in GATEWAY_TZ. */
export function termOf({ from, until, basis }: TermOptions, context: Context): object | Problem {
  const [begin, end] = [instant(from, context), instant(until, context)];
  if (isProblem(begin)) return begin;
  if (isProblem(end)) return end;
  return { ...(begin && { from: begin }), ...(end && { until: end }), ...(basis && { basis }) };
}

function instant(text: string | undefined, { settings }: Context): string | undefined | Problem {
  if (text === undefined || text.includes('T')) return text;
  const midnight = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(midnight)) return problem(EXIT.usage, participantTexts(settings.language).badDate(text));
  const offsetAt = zoneOffset(settings.timeZone);
  // The offset of that midnight, not of the same hours in UTC.
  const minutes = offsetAt(midnight - offsetAt(midnight) * 60_000);
  const two = (n: number) => String(n).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${text}T00:00:00${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
