import type { Rule } from '../rule.js';
import type { FactUnderRules } from './fact-under-rules.js';

export const knownMeasure: Rule<FactUnderRules> = {
  id: 'known-measure',
  code: '014',
  type: 1,
  title: { ru: 'ЛМСЗ в реестре не найдена', en: 'a measure the registry does not hold' },
  *check({ fact, measure }) {
    if (!measure) yield `Значение идентификатора ЛМСЗ ${fact.lmszId} в реестре не найдено`;
  },
};
