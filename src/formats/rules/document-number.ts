import { childOf, descendants, type ElementView, textAt } from '../element-view.js';
import { dayOf, yearsAfter } from './days.js';
import { isFacts, type PackageRecord, type Report, type Rule } from './rule.js';

/** I to C in the order of printing houses: what a birth certificate's series begins with. */
const ROMAN = /^(?=[IVXLC])(C)?(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$/;
const PASSPORT_SERIES = /^(?!00)\d{4}$/;
const SIX_DIGITS = /^(?!0{6})\d{6}$/;

/** Plausible series and numbers of passports and birth certificates. Warnings: old and foreign blanks differ. */
export const documentNumber: Rule = {
  id: 'document-number',
  type: 2,
  applies: isFacts,
  *check({ records }) {
    for (const record of records) {
      for (const { element } of record.persons) yield* identityDocument(record, element);
      for (const document of record.fact ? descendants(record.fact) : [])
        if (document.local === 'document') yield* rightDocument(record, document);
    }
  },
};

function* identityDocument(record: PackageRecord, person: ElementView): Generator<Report> {
  const held = childOf(person, 'IdentityDoc');
  const passport = held && childOf(held, 'PassportRF');
  const certificate = held && childOf(held, 'BirthCertificate');
  if (passport) {
    yield* passportNumbers(record, textAt(passport, 'Series'), textAt(passport, 'Number'));
    const birth = dayOf(textAt(person, 'BirthDate'));
    const issued = dayOf(textAt(passport, 'IssueDate'));
    if (birth !== undefined && issued !== undefined && issued < yearsAfter(birth, 14))
      yield { record, text: `Паспорт гражданина РФ серии ${textAt(passport, 'Series')} выдан раньше 14 лет` };
  }
  if (certificate) yield* certificateNumbers(record, textAt(certificate, 'Series'), textAt(certificate, 'Number'));
}

/** Documents giving the right name their kind in words. */
function* rightDocument(record: PackageRecord, document: ElementView): Generator<Report> {
  const title = textAt(document, 'title') ?? '';
  const [series, number] = [textAt(document, 'series'), textAt(document, 'number')];
  if (/^паспорт( гражданина (РФ|Российской Федерации))?$/i.test(title)) yield* passportNumbers(record, series, number);
  if (/^свидетельство о рождении$/i.test(title)) yield* certificateNumbers(record, series, number);
}

function* passportNumbers(record: PackageRecord, series?: string, number?: string): Generator<Report> {
  if (series !== undefined && !PASSPORT_SERIES.test(series.replace(/\s/g, '')))
    yield { record, text: `Серия паспорта гражданина РФ ${series} не корректна: 4 цифры, первые две не 00` };
  if (number !== undefined && !SIX_DIGITS.test(number))
    yield { record, text: `Номер паспорта гражданина РФ ${number} не корректен: 6 цифр` };
}

function* certificateNumbers(record: PackageRecord, series?: string, number?: string): Generator<Report> {
  const [roman = '', letters = ''] = series?.split('-') ?? [];
  if (series !== undefined && (!ROMAN.test(roman) || !/^[А-Я]{2}$/.test(letters)))
    yield {
      record,
      text: `Серия свидетельства о рождении ${series} не корректна: римское число латинскими буквами, дефис, две русские буквы`,
    };
  if (number !== undefined && !SIX_DIGITS.test(number))
    yield { record, text: `Номер свидетельства о рождении ${number} не корректен: 6 цифр` };
}
