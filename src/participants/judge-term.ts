import { type Words, words } from './in-words.js';
import type { Term } from './snapshot.js';

/** RFC 3339 with a zone: a date alone would mean another instant in every zone. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** What is wrong with a term. `where` begins each sentence. */
export function judgeTerm(where: Words, { from, until }: Term): Words[] {
  const unreadable = [from, until].filter((t) => t !== undefined && (!INSTANT.test(t) || Number.isNaN(Date.parse(t))));
  if (unreadable.length > 0)
    return unreadable.map((t) =>
      words(
        `${where.ru}: «${t}» — не момент времени с поясом (RFC 3339, например 2027-01-01T00:00:00+03:00)`,
        `${where.en}: “${t}” is no instant with a zone (RFC 3339, for example 2027-01-01T00:00:00+03:00)`,
      ),
    );
  if (from === undefined || until === undefined || Date.parse(from) < Date.parse(until)) return [];
  return [
    words(
      `${where.ru}: конец (${until}) не позже начала (${from})`,
      `${where.en}: it ends (${until}) before it begins (${from})`,
    ),
  ];
}
