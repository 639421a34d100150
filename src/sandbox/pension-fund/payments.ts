import type { DatabaseSync } from 'node:sqlite';
import type { Month, Part } from './api.js';

/** Months one question may span. */
export const MOST_MONTHS = 60;

/** How a kind of payment is called, and the share of it that is a part by itself. */
const KINDS: Readonly<Record<string, { readonly type: string; readonly ground: string; readonly fixed?: true }>> = {
  'old-age': {
    type: 'Страховая пенсия по старости',
    ground: 'Федеральный закон от 28.12.2013 № 400-ФЗ, статья 8',
    fixed: true,
  },
  disability: {
    type: 'Страховая пенсия по инвалидности',
    ground: 'Федеральный закон от 28.12.2013 № 400-ФЗ, статья 9',
    fixed: true,
  },
  monthly: { type: 'Ежемесячная денежная выплата', ground: 'Федеральный закон от 24.11.1995 № 181-ФЗ, статья 28.1' },
};

/** What was paid in each of the months, until the month `actualOn` lies in; months without payments are left out. */
export function paymentsOf(
  db: DatabaseSync,
  snils: string,
  { from, months, actualOn }: { readonly from: string; readonly months: number; readonly actualOn: string },
): readonly Month[] {
  const rows = db.prepare('SELECT * FROM entitlements WHERE snils = ? ORDER BY kind DESC').all(snils);
  const first = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1;
  return Array.from({ length: months }, (_, i) => first + i).flatMap((at) => {
    const [year, month] = [Math.floor(at / 12), (at % 12) + 1];
    const key = `${year}-${String(month).padStart(2, '0')}`;
    if (key > actualOn.slice(0, 7)) return [];
    const due = rows.filter(
      (r) => String(r.begin_day).slice(0, 7) <= key && (r.end_day === null || String(r.end_day).slice(0, 7) >= key),
    );
    if (due.length === 0) return [];
    const paid = due.map((r) => ({ kind: String(r.kind), kopeks: indexed(Number(r.kopeks), year) }));
    const total = roubles(paid.reduce((sum, { kopeks }) => sum + kopeks, 0));
    return [{ year, month, total, payments: paid.map(({ kind, kopeks }) => payment(kind, kopeks)) }];
  });
}

/** A rule of the sandbox: 6 % more each January since 2020, and so much less before. */
function indexed(kopeks: number, year: number): number {
  return Math.round(kopeks * 1.06 ** (year - 2020));
}

function payment(kind: string, kopeks: number): Month['payments'][number] {
  const { type, ground, fixed } = KINDS[kind] as (typeof KINDS)[string]; // seed knows no others
  const basic = Math.round(kopeks * 0.4);
  const parts: readonly Part[] = fixed
    ? [
        { type: 'Фиксированная выплата', sum: roubles(basic) },
        { type: 'Страховая часть', sum: roubles(kopeks - basic) },
      ]
    : [];
  return { type, ground, sum: roubles(kopeks), parts };
}

function roubles(kopeks: number): string {
  return `${Math.floor(kopeks / 100)}.${String(kopeks % 100).padStart(2, '0')}`;
}
