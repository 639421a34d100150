/**
 * The Russian production calendar: holidays of Labour Code article 112, and the days off the government moves each year.
 * Years without a decree in MOVED have the holidays and weekends alone: add the decree's days when it is published.
 */
const HOLIDAYS: ReadonlySet<string> = new Set([
  ...['01-01', '01-02', '01-03', '01-04', '01-05', '01-06', '01-07', '01-08'],
  ...['02-23', '03-08', '05-01', '05-09', '06-12', '11-04'],
]);

/** All days off besides weekends and holidays, and weekend days that are worked, in years whose decree is out. */
const MOVED: Readonly<Record<string, { readonly off: readonly string[]; readonly worked: readonly string[] }>> = {
  // Decree of 04.10.2024 No. 1335.
  2025: { off: ['05-02', '05-08', '06-13', '11-03', '12-31'], worked: ['11-01'] },
  // Decree of 24.09.2025 No. 1466.
  2026: { off: ['01-09', '03-09', '05-11', '12-31'], worked: [] },
};

const DAY = 24 * 3_600_000;

/** Whether a day (ms since 1970 of its 00:00 UTC) is worked. Without a decree, a holiday on a weekend frees the Monday after it; January's do not. */
export function isWorkingDay(day: number): boolean {
  const date = new Date(day);
  const [year = '', name = ''] = [date.toISOString().slice(0, 4), date.toISOString().slice(5, 10)];
  const moved = MOVED[year];
  if (moved?.worked.includes(name)) return true;
  if (isFree(date) || moved?.off.includes(name)) return false;
  return moved !== undefined || !isInsteadOf(day);
}

function isFree(date: Date): boolean {
  return date.getUTCDay() === 0 || date.getUTCDay() === 6 || HOLIDAYS.has(date.toISOString().slice(5, 10));
}

/** Whether the day is free because the holiday before it fell on a weekend: Monday after such a Saturday or Sunday. */
function isInsteadOf(day: number): boolean {
  if (new Date(day).getUTCDay() !== 1) return false;
  return [1, 2].some((back) => {
    const name = new Date(day - back * DAY).toISOString().slice(5, 10);
    return HOLIDAYS.has(name) && !name.startsWith('01-');
  });
}
