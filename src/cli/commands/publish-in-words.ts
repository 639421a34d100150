import type { PublishPlan } from '../../formats/index.js';
import type { Context } from '../context.js';
import { table } from '../terminal.js';
import { describeDifference } from './formats-in-words.js';
import type { PublishTexts } from './formats-publish-texts.js';

type Planned = PublishPlan['formats'][number];

/** Differences of more formats than these are told as numbers, unless all are asked for. */
const MOST_DIFFERENCES = 5;
const MOST_PERSONAL = 5;

/** A plan for people: what each format is, differences, samples, what to look at. */
export function describePlan(plan: PublishPlan, context: Context, words: PublishTexts, full: boolean): string {
  const { language } = context.settings;
  const c = words.columns;
  const changed = plan.formats.filter((f) => f.novelty !== 'unchanged');
  const rows = changed.map((f) => rowOf(f, words));
  const parts = [
    rows.length > 0 ? table([c.id, c.version, c.novelty, c.state, c.roots, c.engines, c.difference], rows) : '',
    ...differences(changed, context, full),
    changed.length <= MOST_PERSONAL
      ? changed
          .filter((f) => f.personal.length > 0)
          .map((f) => `${words.personal(`${f.id} ${f.version}`, f.personal.join(', '))}\n`)
          .join('')
      : '',
    samples(plan, words, language),
    plan.warnings.length > 0
      ? `${words.warningsTitle}\n${plan.warnings.map((w) => `  ! ${w[language]}\n`).join('')}`
      : '',
    `${words.total(changed.length, plan.formats.length - changed.length)}\n`,
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function rowOf(f: Planned, words: PublishTexts): string[] {
  const verdict = (engine: Planned['second']): string => words.verdicts[engine?.verdict ?? 'untold'];
  const difference =
    f.difference && 'breaking' in f.difference ? words.changes(f.difference.breaking, f.difference.compatible) : '';
  const described = f.described === undefined ? '' : words.described(f.described.join(', '));
  return [
    f.id,
    f.version,
    words.novelty[f.novelty],
    f.state,
    Object.values(f.roots).join(', '),
    `${verdict(f.libxml2)} / ${verdict(f.second)}`,
    [difference, described].filter((t) => t !== '').join('; '),
  ];
}

function differences(changed: readonly Planned[], context: Context, full: boolean): string[] {
  const told = changed.flatMap((f) =>
    f.difference && 'breaking' in f.difference && f.difference.changes.length > 0 ? [f.difference] : [],
  );
  if (!full && told.length > MOST_DIFFERENCES) return [];
  return told.map((difference) => describeDifference(difference, context));
}

function samples(plan: PublishPlan, words: PublishTexts, language: 'ru' | 'en'): string {
  if (plan.samples.length === 0) return '';
  const lines = plan.samples.map(({ document, format, valid, violations }) => {
    const found = valid ? words.valid : violations.map((v) => `\n      ${v[language]}`).join('');
    return `  ${document} — ${format}: ${found}\n`;
  });
  return `${words.samplesTitle}\n${lines.join('')}`;
}
