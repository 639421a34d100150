import type { DatabaseSync } from 'node:sqlite';

export interface Measure {
  readonly lmszId: string;
  readonly title: string;
  /** measure(4).category(8).level(2).source(4).form(2).section(6) */
  readonly kmszCode: string;
  readonly validFrom: string;
  readonly validTo?: string;
  readonly form: string;
  readonly periodicity: string;
  /** Category id → title. */
  readonly categories: ReadonlyMap<string, string>;
  readonly npas: readonly { readonly date: string; readonly number: string; readonly name: string }[];
  readonly criteria: ReadonlySet<string>;
}

/** What the registry knows before any fact: bodies, local measures, need criteria. Identifiers are lower case. */
export interface Dictionaries {
  bodyTitle(code: string): string | undefined;
  measure(lmszId: string): Measure | undefined;
  criterionTitle(code: string): string | undefined;
}

/** Reads through to the file, keeping each measure it has read: dictionaries change only between starts. */
export function dictionariesOf(db: DatabaseSync): Dictionaries {
  const body = db.prepare('SELECT title FROM bodies WHERE code = ?');
  const criterion = db.prepare('SELECT title FROM criteria WHERE code = ?');
  const measures = new Map<string, Measure | undefined>();
  const read = measureReader(db);
  return {
    bodyTitle: (code) => titleIn(body.get(code)),
    criterionTitle: (code) => titleIn(criterion.get(code)),
    measure(lmszId) {
      const known = measures.get(lmszId);
      if (known) return known;
      const found = read(lmszId);
      if (found) measures.set(lmszId, found);
      return found;
    },
  };
}

function titleIn(row: Record<string, unknown> | undefined): string | undefined {
  return row && String(row.title);
}

function measureReader(db: DatabaseSync): (lmszId: string) => Measure | undefined {
  const measure = db.prepare('SELECT * FROM measures WHERE lmsz_id = ?');
  const categories = db.prepare('SELECT category_id, title FROM categories WHERE lmsz_id = ?');
  const npas = db.prepare('SELECT date, number, name FROM npas WHERE lmsz_id = ? ORDER BY position');
  const criteria = db.prepare('SELECT code FROM measure_criteria WHERE lmsz_id = ?');
  return (lmszId) => {
    const row = measure.get(lmszId);
    if (!row) return undefined;
    return {
      lmszId,
      title: String(row.title),
      kmszCode: String(row.kmsz_code),
      validFrom: String(row.valid_from),
      ...(row.valid_to === null ? {} : { validTo: String(row.valid_to) }),
      form: String(row.form),
      periodicity: String(row.periodicity),
      categories: new Map(categories.all(lmszId).map((c) => [String(c.category_id), String(c.title)])),
      npas: npas.all(lmszId).map((n) => ({ date: String(n.date), number: String(n.number), name: String(n.name) })),
      criteria: new Set(criteria.all(lmszId).map((c) => String(c.code))),
    };
  };
}
