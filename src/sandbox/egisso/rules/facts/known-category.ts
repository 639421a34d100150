import type { Rule } from '../rule.js';
import type { FactUnderRules } from './fact-under-rules.js';

/** Under the code of the measure, which is the nearest published one. Silent about a measure nobody knows. */
export const knownCategory: Rule<FactUnderRules> = {
  id: 'known-category',
  code: '014',
  type: 1,
  title: { ru: 'категории нет у указанной ЛМСЗ', en: 'a category that is not the measure’s' },
  *check({ fact, measure }) {
    if (measure && !measure.categories.has(fact.categoryId.toLowerCase()))
      yield `Значение идентификатора категории ${fact.categoryId} не найдено у ЛМСЗ ${fact.lmszId}`;
  },
};
