import { select } from '../element-view.js';
import { notNegative, numberOf, twoDecimals } from './amounts.js';
import type { Rule } from './rule.js';

/** More for one person's measure is most often kopecks taken for roubles. */
const LARGEST = 10_000_000;

/** Roubles that a measure in kind, exemption or service is worth. */
export const equivalentAmount: Rule = {
  id: 'equivalent-amount',
  type: 1,
  title: {
    ru: 'сумма-эквивалент меньше нуля или с долями копейки; нулевая или неправдоподобно большая (предупреждение)',
    en: 'an equivalent sum below zero or with fractions of a kopeck; of nothing or improbably large (warning)',
  },
  needs: ['equivalents'],
  *check({ records }) {
    for (const record of records)
      for (const at of (record.shape.equivalents ?? []).flatMap((path) => select(record.body, path))) {
        yield* notNegative(record, at, 'Сумма-эквивалент');
        yield* twoDecimals(record, at, 'Размер суммы-эквивалента', 1);
        const value = numberOf(at.text);
        if (value === 0) yield { record, at, type: 2, text: 'Сумма-эквивалент равна нулю' };
        const large = `Сумма-эквивалент ${at.text.trim()} больше 10000000: проверьте, что указаны рубли`;
        if (value > LARGEST) yield { record, at, type: 2, text: large };
      }
  },
};
