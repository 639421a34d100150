import { type ElementView, select, textAt } from '../element-view.js';
import { dayOf, yearsAfter } from './days.js';
import { fieldOf, type PackageRecord, type RecordPerson, type Report, type Rule } from './rule.js';

/** I to C in the order of printing houses: what a birth certificate's series begins with. */
const ROMAN = /^(?=[IVXLC])(C)?(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$/;
const PASSPORT_SERIES = /^(?!00)\d{4}$/;
const SIX_DIGITS = /^(?!0{6})\d{6}$/;

/** Plausible series and numbers of passports and birth certificates. Warnings: old and foreign blanks differ. */
export const documentNumber: Rule = {
  id: 'document-number',
  type: 2,
  title: {
    ru: 'неправдоподобные серия и номер паспорта РФ и свидетельства о рождении; паспорт до 14 лет',
    en: 'an implausible series or number of a passport or a birth certificate; a passport before fourteen',
  },
  needs: ['persons', 'documents'],
  *check({ records }) {
    for (const record of records) {
      for (const person of record.persons) yield* identityDocument(record, person);
      const { documents } = record.shape;
      for (const document of documents === undefined ? [] : select(record.body, documents))
        yield* rightDocument(record, document);
    }
  },
};

function* identityDocument(record: PackageRecord, person: RecordPerson): Generator<Report> {
  const { element, fields } = person;
  for (const passport of fields.passport === undefined ? [] : select(element, fields.passport)) {
    yield* passportNumbers(record, textAt(passport, 'Series'), textAt(passport, 'Number'));
    const birth = dayOf(fieldOf(person, 'birth'));
    const issued = dayOf(textAt(passport, 'IssueDate'));
    if (birth !== undefined && issued !== undefined && issued < yearsAfter(birth, 14))
      yield { record, text: `Паспорт гражданина РФ серии ${textAt(passport, 'Series')} выдан раньше 14 лет` };
  }
  for (const held of fields.birthCertificate === undefined ? [] : select(element, fields.birthCertificate))
    yield* certificateNumbers(record, textAt(held, 'Series'), textAt(held, 'Number'));
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
