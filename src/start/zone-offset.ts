/**
 * Minutes east of UTC of a time zone at an instant, asked of the IANA database once an hour of time: zones change their
 * offset on whole quarters of an hour at the finest.
 */
export function zoneOffset(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const known = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at / 900_000);
    let offset = known.get(quarter);
    if (offset === undefined) {
      if (known.size > 1_000) known.clear();
      offset = read(format.formatToParts(at).find((p) => p.type === 'timeZoneName')?.value ?? 'GMT');
      known.set(quarter, offset);
    }
    return offset;
  };
}

/** `GMT+03:00` → 180. */
function read(name: string): number {
  const match = /^GMT([+-])(\d{2}):(\d{2})/.exec(name);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}
