import type { Change, Difference, FieldRow } from '../../formats/index.js';
import type { Context } from '../context.js';
import { table } from '../terminal.js';

/** A version of a format as the gateway lists it. */
export interface FormatSummary {
  readonly id: string;
  readonly version: string;
  readonly state: string;
  readonly title?: { readonly ru: string; readonly en: string };
  readonly namespace: string;
  readonly successor?: string;
}

/** A version with the fields of its root elements. */
export interface FormatDetail extends FormatSummary {
  readonly fields: readonly { readonly role: string; readonly name: string; readonly rows: readonly FieldRow[] }[];
}

export function describeVersions(items: readonly FormatSummary[], { texts, settings }: Context): string {
  const c = texts.columns;
  const rows = items.map((f) => [f.version, f.state, f.namespace, f.title?.[settings.language] ?? '']);
  return table([c.version, c.stage, c.format, c.name], rows);
}

/** Title, then one table a root element; children stand two blanks deeper than their parent. */
export function describeFields(detail: FormatDetail, context: Context): string {
  const { texts, settings } = context;
  const c = texts.columns;
  const head = `${detail.id} ${detail.version} (${detail.state})  ${detail.title?.[settings.language] ?? ''}\n${detail.namespace}\n`;
  const tables = detail.fields.map(
    ({ role, rows }) =>
      `\n${role}\n${table(
        [c.field, c.occurs, c.type, c.meaning],
        rows.map((row) => cells(row, context)),
      )}`,
  );
  return head + tables.join('');
}

function cells(row: FieldRow, { texts, settings: { language } }: Context): string[] {
  const { choice } = row;
  const values = row.values.map((v) => v.value).join(' | ');
  const type = [
    row.type[language],
    ...row.facets.map((f) => f[language]),
    ...(row.fixed === undefined ? [] : [`= ${row.fixed}`]),
    ...(values === '' ? [] : [values]),
    ...(row.sameAs === undefined ? [] : [texts.sameAs(row.sameAs)]),
  ];
  return [
    `${'  '.repeat(row.depth)}${row.name}`,
    choice ? texts.option(choice.number, choice.option, choice.of) : row.occurs[language],
    type.join('; '),
    row.documentation[language] ?? row.documentation.ru ?? row.documentation.en ?? '',
  ];
}

export function describeDifference(found: Difference, context: Context): string {
  const { texts } = context;
  const of = (judgement: Change['judgement']) => found.changes.filter((c) => c.judgement === judgement);
  const parts = [`${found.id} ${found.from} → ${found.to}\n`];
  if (found.changes.length === 0) parts.push(`${texts.sameFormat}\n`);
  if (found.breaking > 0) parts.push(section(texts.breaking(found.breaking), of('breaking'), context));
  if (found.compatible > 0) parts.push(section(texts.compatible(found.compatible), of('compatible'), context));
  if (found.namespaces.length > 0)
    parts.push(`${texts.newNamespaces}\n${found.namespaces.map((n) => `  ${n.from} → ${n.to}\n`).join('')}`);
  return parts.join('\n');
}

function section(title: string, changes: readonly Change[], { settings }: Context): string {
  const lines = changes.map((c) => `  ${c.paths.join(', ')}${c.paths.length > 0 ? ': ' : ''}${c[settings.language]}\n`);
  return `${title}\n${lines.join('')}`;
}
