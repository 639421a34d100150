import type { Comparison } from './compare.js';
import type { Pair } from './pairs.js';
import { classOf, type Parting, partingClasses } from './partings.js';
import type { SecondComparison } from './second-opinion.js';

export interface Row {
  readonly pair: Pair;
  readonly first: Comparison;
  readonly second: SecondComparison | undefined;
  readonly seconds: number;
}

export interface Report {
  /** Markdown. */
  readonly text: string;
  /** No schema of ours differs in either engine, and every parting of the engines is of a known class. */
  readonly good: boolean;
}

/** `-` where Xerces was not asked. */
export function reportOf(rows: readonly Row[], seed: number): Report {
  const partings = rows.flatMap(({ second }) => second?.partings ?? []);
  const unknown = partings.filter((parting) => classOf(parting) === undefined);
  const different = rows.flatMap(({ first, second }) => [...first.differences, ...(second?.differences ?? [])]);
  const total = rows.reduce((sum, { first }) => sum + first.documents, 0);
  const seconds = rows.reduce((sum, row) => sum + row.seconds, 0);
  const text = [
    `${rows.length} schemas, ${total} documents, seed ${seed}, ${Math.round(seconds)} s.`,
    '',
    '| schema | documents | samples | valid | differences, libxml2 | differences, Xerces | judged otherwise by Xerces |',
    '|---|---|---|---|---|---|---|',
    ...rows.map(lineOf),
    '',
    '| the engines part over | documents | libxml2 / Xerces | why |',
    '|---|---|---|---|',
    ...partingClasses.flatMap(({ name, reason }) => classLine(name, reason, ofClass(partings, name))),
    ...unknown.map(
      ({ how, complaints }) =>
        `| not known: ${how} | 1 | | ${complaints.join(' / ').replaceAll('\n', '⏎').slice(0, 300)} |`,
    ),
  ].join('\n');
  return { text, good: different.length === 0 && unknown.length === 0 };
}

function lineOf({ pair, first, second }: Row): string {
  const { documents, samples, valid, differences } = first;
  const cells = [pair.name, documents, samples, valid, differences.length];
  return `| ${[...cells, second?.differences.length ?? '-', second?.partings.length ?? '-'].join(' | ')} |`;
}

function ofClass(partings: readonly Parting[], name: string): Parting[] {
  return partings.filter((parting) => classOf(parting)?.name === name);
}

function classLine(name: string, reason: string, found: readonly Parting[]): string[] {
  const verdicts = new Set(found.map(({ libxml2, xerces }) => `${libxml2} / ${xerces}`));
  return found.length === 0 ? [] : [`| ${name} | ${found.length} | ${[...verdicts].join(', ')} | ${reason} |`];
}
