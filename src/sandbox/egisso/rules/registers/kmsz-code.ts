import type { Rule } from '../rule.js';
import { fundingTotal, type MeasureUnderRules } from './local-measure.js';

/** Warnings of 018, about codes that are known one by one: what is not known is told as an error of its own. */
export const kmszCode: Rule<MeasureUnderRules> = {
  id: 'kmsz-code',
  code: '018',
  type: 2,
  title: {
    ru: 'мера и категория не сочетаются по правилам КМСЗ; полного кода нет в КМСЗ',
    en: 'a measure and a category the rules of the КМСЗ do not combine; a whole code outside the КМСЗ',
  },
  *check({ measure, lookups }) {
    const { sectionCode, measureCode, levelCode, formCode } = measure;
    const level = fundingTotal(measure);
    const known =
      lookups.has('012', sectionCode) &&
      lookups.has('011', measureCode) &&
      lookups.has('014', levelCode) &&
      lookups.has('016', formCode) &&
      lookups.has('015', level);
    if (!known) return;
    for (const category of new Set(measure.categoryCodes)) {
      if (!lookups.has('013', category)) continue;
      if (!lookups.combines(measureCode, category))
        yield 'Комбинация меры и категории не найдена в перечне правил КМСЗ';
      const whole = [measureCode, category, levelCode, level, formCode, sectionCode].join('.');
      if (!lookups.holds(whole)) yield `Код ${whole} отсутствует в КМСЗ`;
    }
  },
};
