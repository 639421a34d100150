/** A span of time for a person: `3 ч 12 мин`, `45 с`. */
export function inWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 120) return `${seconds} с`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} мин` : `${Math.floor(minutes / 60)} ч ${minutes % 60} мин`;
}
