/** `YYYY-MM-DD` of an xs:date or xs:dateTime as written: the zone is dropped, never the day. Undefined for anything else. */
export function dayOf(text: string | undefined): string | undefined {
  return text?.trim().match(/^(\d{4}-\d{2}-\d{2})(?:T|Z|[+-]\d{2}:\d{2}|$)/)?.[1];
}

/** `dd-MM-yyyy`, the spelling of the operator's protocols. */
export function printedDay(day: string): string {
  return `${day.slice(8)}-${day.slice(5, 7)}-${day.slice(0, 4)}`;
}

/** The same day `years` later; 29 February becomes 1 March. */
export function yearsAfter(day: string, years: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(year + years, month - 1, date)).toISOString().slice(0, 10);
}

/** The day `days` later, or earlier when negative. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
