/** Hours in which a partner is not called, in GATEWAY_TZ; an end before its beginning lies on the next day. */
export interface MaintenanceWindow {
  /** ISO days of the week (1 Monday … 7 Sunday) on which it begins; every day where absent. */
  readonly days?: readonly number[];
  /** `HH:MM`. */
  readonly from: string;
  readonly until: string;
}

const DAY = 24 * 60;
const WEEK = 7 * DAY;

/** Minutes until the window ends, where `now` (minutes since Monday 00:00) is in it; undefined where it is not. */
export function isWithin(
  { days = [1, 2, 3, 4, 5, 6, 7], from, until }: MaintenanceWindow,
  now: number,
): number | undefined {
  const length = (minutesOf(until) - minutesOf(from) + DAY) % DAY || DAY;
  for (const day of days) {
    const since = (now - ((day - 1) * DAY + minutesOf(from)) + 2 * WEEK) % WEEK;
    if (since < length) return length - since;
  }
  return undefined;
}

/** Minutes since Monday 00:00 of an instant, where local time is `offset` minutes east of UTC. 1 January 1970 was a Thursday. */
export function minutesOfWeek(at: number, offset: number): number {
  const minutes = Math.floor(at / 60_000) + offset + 3 * DAY;
  return ((minutes % WEEK) + WEEK) % WEEK;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
