import { dayAfter, yearsAfter, yearsBetween } from './days.js';
import type { Draws } from './draws.js';
import type { IdentityDocument } from './person.js';
import type { Region } from './places.js';

/** Passports of the former state were exchanged between these days. */
const EXCHANGED_FROM = '1998-01-01';
const EXCHANGED_DAYS = 6 * 365;

/** The passport in use on a day first, the birth certificate after it; a child under 14 has the certificate alone. */
export function documentsOf(
  draws: Draws,
  born: string,
  region: Region,
  asOf: string,
): readonly [IdentityDocument, ...IdentityDocument[]] {
  const certificate = birthCertificate(draws, born, region);
  const age = yearsBetween(born, asOf);
  if (age < 14) return [certificate];
  return [passport(draws, issuedOn(draws, born, age, asOf), region), certificate];
}

/** A passport is given at 14 and replaced at 20 and 45. */
function issuedOn(draws: Draws, born: string, age: number, asOf: string): string {
  const due = yearsAfter(born, age >= 45 ? 45 : age >= 20 ? 20 : 14);
  if (due < EXCHANGED_FROM) return dayAfter(EXCHANGED_FROM, draws.below(EXCHANGED_DAYS));
  const issued = dayAfter(due, draws.between(3, 40));
  return issued > asOf ? asOf : issued;
}

function passport(draws: Draws, issueDate: string, region: Region): IdentityDocument {
  const year = Number(issueDate.slice(0, 4));
  const body = year < 2007 ? 'ОВД' : year < 2016 ? 'ТП УФМС' : 'ГУ МВД';
  return {
    kind: 'PassportRF',
    series: region.okato + issueDate.slice(2, 4),
    number: String(draws.between(100_000, 999_999)),
    issueDate,
    issuer: `${body} ВЫМЫШЛЕННОГО РАЙОНА, ${region.name}`,
  };
}

function birthCertificate(draws: Draws, born: string, region: Region): IdentityDocument {
  const year = Number(born.slice(0, 4));
  const blank = year < 1970 ? 'I' : year < 1985 ? 'II' : year < 1998 ? 'III' : year < 2010 ? 'IV' : 'V';
  return {
    kind: 'BirthCertificate',
    series: `${blank}-${region.letters}`,
    number: String(draws.between(100_000, 999_999)),
    issueDate: dayAfter(born, draws.between(3, 30)),
    issuer: `ОТДЕЛ ЗАГС ВЫМЫШЛЕННОГО РАЙОНА, ${region.name}`,
  };
}
