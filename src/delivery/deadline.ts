import { isWorkingDay } from './production-calendar.js';

/** How long a provider may take to answer: hours from acceptance, or whole working days after the day of acceptance. */
export type AnswerTerm = { readonly hours: number } | { readonly workingDays: number };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The instant (ms since 1970) by which the answer is due; working days end at midnight in GATEWAY_TZ. `offset`: minutes east of UTC at an instant. */
export function deadlineOf(acceptedAt: number, term: AnswerTerm, offset: (at: number) => number): number {
  if ('hours' in term) return acceptedAt + term.hours * HOUR;
  const local = acceptedAt + offset(acceptedAt) * 60_000;
  let day = local - (((local % DAY) + DAY) % DAY);
  for (let left = term.workingDays; left > 0; ) {
    day += DAY;
    if (isWorkingDay(day)) left--;
  }
  const end = day + DAY;
  return end - offset(end - offset(end) * 60_000) * 60_000;
}
