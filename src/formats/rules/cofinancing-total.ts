import { select } from '../element-view.js';
import type { Rule } from './rule.js';

/** Shares of a measure's sources of funding make a hundred percent: published rule 016. Counted in hundred-millionths, so 33.33 × 3 is less. */
export const cofinancingTotal: Rule = {
  id: 'cofinancing-total',
  code: '016',
  type: 1,
  title: { ru: 'сумма долей софинансирования не равна 100%', en: 'shares of funding that do not make 100%' },
  needs: ['quotas'],
  *check({ records }) {
    for (const record of records) {
      const { quotas } = record.shape;
      const shares = quotas === undefined ? [] : select(record.body, quotas);
      const total = shares.reduce((sum, share) => sum + Math.round(Number(share.text) * 1e8), 0);
      if (shares.length > 0 && total !== 100e8)
        yield { record, at: shares[0]!, text: 'Сумма долей софинансирования не равна 100%' };
    }
  },
};
