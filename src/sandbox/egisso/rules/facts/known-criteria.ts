import type { Rule } from '../rule.js';
import type { FactUnderRules } from './fact-under-rules.js';

/** A code outside the dictionary is reported twice, as the reference protocol does: it is not the measure's either. */
export const knownCriteria: Rule<FactUnderRules> = {
  id: 'known-criteria',
  code: '059',
  type: 1,
  title: {
    ru: 'критерия нуждаемости нет в справочнике или у указанной ЛМСЗ',
    en: 'a need criterion outside the dictionary, or not the measure’s',
  },
  *check({ fact, measure, dictionaries }) {
    for (const code of new Set(fact.criteria.codes)) {
      const inDictionary = dictionaries.criterionTitle(code) !== undefined;
      if (!inDictionary) yield `Значение кода ${code} не найдено в справочнике "Критерии нуждаемости"`;
      if (!inDictionary || (measure && !measure.criteria.has(code)))
        yield `Значение кода ${code} критерия нуждаемости не найдено у указанной ЛМСЗ`;
    }
  },
};
