import type { Rule } from '../rule.js';
import type { FactUnderRules } from './fact-under-rules.js';

/** Refuses what a 10.13.I 2.0.0 answer could not print: its dates have four-digit years from 1000 to 2999. */
export const printableDates: Rule<FactUnderRules> = {
  id: 'printable-dates',
  type: 1,
  title: {
    ru: 'год вне 1000–2999: в выписке его не напечатать',
    en: 'a year outside 1000 to 2999: no statement can print it',
  },
  *check({ fact }) {
    const people = [fact.receiver, ...fact.reasonPersons.map((reason) => reason.person)];
    const days = [fact.decisionDate, fact.dateStart, fact.dateFinish, ...people.map((person) => person.birthDate)];
    const first = days.find((day) => day !== undefined && !isPrintable(day));
    if (first !== undefined) yield `Дата ${first} вне допустимого диапазона`;
  },
};

export function isPrintable(day: string): boolean {
  return /^[12]\d{3}-\d\d-\d\d$/.test(day);
}
