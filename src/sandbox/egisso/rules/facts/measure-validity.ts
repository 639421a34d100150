import { printedDay } from '../../texts.js';
import type { Rule } from '../rule.js';
import type { FactUnderRules } from './fact-under-rules.js';

/** Warns only: the fact is stored all the same. */
export const measureValidity: Rule<FactUnderRules> = {
  id: 'measure-validity',
  code: '019',
  type: 2,
  title: {
    ru: 'решение или начало вне периода действия ЛМСЗ',
    en: 'a decision or a beginning outside the measure’s validity',
  },
  *check({ fact, measure }) {
    if (!measure) return;
    const { validFrom, validTo } = measure;
    for (const [what, day] of [
      ['Дата решения о назначении', fact.decisionDate],
      ['Дата начала действия назначения', fact.dateStart],
    ] as const)
      if (day < validFrom || (validTo !== undefined && day > validTo))
        yield `${what} ${printedDay(day)} не входит в период действия локальной МСЗ`;
  },
};
