import type { QueryConfig } from 'pg';

type Value = string | number | boolean | Uint8Array | null | undefined;

/** A table's columns with their types, and a row's values in that order. */
export interface Target<T> {
  readonly table: string;
  readonly columns: readonly (readonly [name: string, type: string])[];
  /** What follows VALUES: ON CONFLICT …, RETURNING …; undefined for nothing. */
  readonly ending?: string;
  readonly values: (row: T) => readonly Value[];
  /** Bytes of a row that may be long; absent = short. */
  readonly size?: (row: T) => number;
}

/** Rows and bytes of one INSERT: the statement is prepared once for every number of rows. */
const ROWS = 64;
const BYTES = 4 * 1024 * 1024;

/** Multi-row INSERTs of all rows, in order. */
export function insertRows<T>(target: Target<T>, rows: readonly T[]): QueryConfig[] {
  const statements: QueryConfig[] = [];
  for (let from = 0; from < rows.length; ) {
    let to = from;
    for (let bytes = 0; to < rows.length && to - from < ROWS && (to === from || bytes < BYTES); to++)
      bytes += target.size?.(rows[to]!) ?? 0;
    const part = rows.slice(from, to);
    statements.push({
      name: `${target.table}/${part.length}`,
      text: textOf(target, part.length),
      values: part.flatMap(target.values) as unknown[],
    });
    from = to;
  }
  return statements;
}

const texts = new Map<string, string>();

function textOf({ table, columns, ending = '' }: Target<never> | Target<unknown>, rows: number): string {
  const key = `${table}/${rows}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  const row = (at: number): string =>
    columns.map(([, type], i) => `$${at * columns.length + i + 1}::${type}`).join(',');
  const values = Array.from({ length: rows }, (_, at) => `(${row(at)})`).join(',');
  const text = `INSERT INTO ${table} (${columns.map(([name]) => name).join(', ')}) VALUES ${values} ${ending}`;
  texts.set(key, text);
  return text;
}
