/** xs:decimal or the format's money («14506,00») as tMoneyDot: a point, two digits, half away from zero; undefined when it is no number. */
export function twoDigits(amount: string): string | undefined {
  const match = /^([+-]?)(\d*)(?:[.,](\d*))?$/.exec(amount.trim());
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  if (!match || whole + fraction === '') return undefined;
  const padded = fraction.padEnd(3, '0');
  const hundredths = BigInt(whole + padded.slice(0, 2)) + (padded.charAt(2) >= '5' ? 1n : 0n);
  const digits = hundredths.toString().padStart(3, '0');
  return `${sign === '-' && hundredths > 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A day as the published protocols print it: dd-MM-yyyy. */
export function printedDay(day: string): string {
  return day.split('-').reverse().join('-');
}

/** xs:dateTime in Moscow time, the zone the registry's protocols carry. */
export function moscowTime(ms: number): string {
  return new Date(ms + 3 * 3_600_000).toISOString().replace('Z', '+03:00');
}

/** The 2.x timestamp: the same without fractions of a second, which its pattern forbids. */
export function moscowSecond(ms: number): string {
  return moscowTime(ms).replace(/\.\d+/, '');
}
