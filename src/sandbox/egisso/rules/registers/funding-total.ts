import type { Rule } from '../rule.js';
import { fundingTotal, type MeasureUnderRules } from './local-measure.js';

export const fundingTotalKnown: Rule<MeasureUnderRules> = {
  id: 'funding-total',
  code: '018',
  type: 1,
  title: {
    ru: 'суммарного кода источников нет среди уровней финансирования',
    en: 'the sum of the sources’ codes is outside the levels of funding',
  },
  *check({ measure, lookups }) {
    if (!lookups.has('015', fundingTotal(measure)))
      yield 'Значение суммарного кода не найдено в справочнике "Уровень финансирования"';
  },
};
