import type { Rule } from '../rule.js';
import type { MeasureUnderRules } from './local-measure.js';

export const cofinancingTotal: Rule<MeasureUnderRules> = {
  id: 'cofinancing-total',
  code: '016',
  type: 1,
  title: { ru: 'сумма долей софинансирования не равна 100%', en: 'shares of funding that do not make 100%' },
  *check({ measure }) {
    const total = measure.funding.reduce((sum, { quota }) => sum + Math.round(Number(quota) * 1e8), 0);
    if (total !== 100e8) yield 'Сумма долей софинансирования не равна 100%';
  },
};
