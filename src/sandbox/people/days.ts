const DAY = 86_400_000;

function at(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** The day so many days later, or earlier. */
export function dayAfter(day: string, days: number): string {
  return new Date(at(day).getTime() + days * DAY).toISOString().slice(0, 10);
}

/** The same day of another year; 29 February becomes 1 March where there is none. */
export function yearsAfter(day: string, years: number): string {
  const moved = at(day);
  moved.setUTCFullYear(moved.getUTCFullYear() + years);
  return moved.toISOString().slice(0, 10);
}

/** Days from one to the other; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((at(to).getTime() - at(from).getTime()) / DAY);
}

/** Full years between the days. */
export function yearsBetween(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return yearsAfter(from, years) > to ? years - 1 : years;
}
