import type { DatabaseSync } from 'node:sqlite';
import { dayAfter } from '../people/index.js';
import type { Experience } from './api.js';

/**
 * Work up to a day, the day included. Each job is counted by the calendar (its last day is worked), then 30 days make a month
 * and 12 months a year. Undefined when none is known by then.
 */
export function experienceOf(db: DatabaseSync, snils: string, onDay: string): Experience | undefined {
  const rows = db.prepare('SELECT begin_day, end_day FROM work WHERE snils = ? AND begin_day <= ?').all(snils, onDay);
  if (rows.length === 0) return undefined;
  const total = { years: 0, months: 0, days: 0 };
  for (const { begin_day, end_day } of rows) {
    const end = end_day === null || String(end_day) > onDay ? onDay : String(end_day);
    const { years, months, days } = between(String(begin_day), dayAfter(end, 1));
    total.years += years;
    total.months += months;
    total.days += days;
  }
  const months = total.months + Math.floor(total.days / 30);
  return { years: total.years + Math.floor(months / 12), months: months % 12, days: total.days % 30 };
}

/** Full years, months and days from one day to the one after the last. */
function between(begin: string, after: string): Experience {
  const [y1, m1, d1] = begin.split('-').map(Number) as [number, number, number];
  const [y2, m2, d2] = after.split('-').map(Number) as [number, number, number];
  const borrow = d2 < d1;
  const months = (y2 - y1) * 12 + (m2 - m1) - (borrow ? 1 : 0);
  const days = borrow ? d2 + Math.max(0, daysIn(y2, m2 - 1) - d1) : d2 - d1;
  return { years: Math.floor(months / 12), months: months % 12, days };
}

/** Days of a month; 0 is the December before. */
function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
