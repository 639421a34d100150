import { withoutLookAlikes } from '../alphabets.js';
import { betterDate } from './value-types.js';

/** Slips of spelling with their repair: the first repair that fits is proposed. */
const REPAIRS: readonly ((value: string) => string | undefined)[] = [
  (v) => v.trim(),
  withoutLookAlikes,
  (v) => v.toUpperCase(),
  (v) => v.toLowerCase(),
  (v) => v.replace(/[\s\u00a0]/g, ''),
  (v) => v.replace(/[\s\u00a0]/g, '').replace('.', ','),
  (v) => (/^\d+$/.test(v) ? `${v},00` : undefined),
  (v) => (/^\d+[.,]\d$/.test(v) ? `${v}0` : undefined),
  betterDate,
  // A time without fractions of a second; a date without its zone.
  (v) => v.replace(/(T\d\d:\d\d:\d\d)\.\d+/, '$1'),
  (v) => v.replace(/^(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)$/, '$1'),
  // Identifiers and codes written with other signs between their groups.
  (v) =>
    /^[0-9a-f{}()\s-]+$/i.test(v)
      ? v.replace(/[^0-9a-f]/gi, '').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
      : undefined,
  (v) => digitsOnly(v)?.replace(/^(\d{4})(\d{6})$/, '$1.$2'),
  digitsOnly,
  (v) => digitsOnly(v)?.replace(/^[78](\d{10})$/, '$1'),
];

/** What the sender seems to mean, in the form an XSD pattern wants; undefined when no small repair makes it fit. */
export function proposalFor(value: string, pattern: string): string | undefined {
  let fits: RegExp;
  try {
    fits = new RegExp(`^(?:${pattern})$`);
  } catch {
    // A pattern JavaScript does not read: nothing can be proved, so nothing is proposed.
    return undefined;
  }
  for (const repair of REPAIRS) {
    const made = repair(value);
    if (made !== undefined && made !== value && fits.test(made)) return made;
  }
  return undefined;
}

/** A number written with signs between or around its digits; letters mean something else. */
function digitsOnly(value: string): string | undefined {
  return /^[\d\s()+№.\-\u00a0]+$/.test(value) ? value.replace(/\D/g, '') : undefined;
}
