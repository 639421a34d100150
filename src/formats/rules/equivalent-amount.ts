import { select } from '../element-view.js';
import { notNegative, numberOf, twoDecimals } from './amounts.js';
import { isFacts, type Rule } from './rule.js';

const FORMS = ['naturalForm', 'exemptionForm', 'serviceForm'];
/** More for one person's measure is most often kopecks taken for roubles. */
const LARGEST = 10_000_000;

/** Roubles that a measure in kind, exemption or service is worth. */
export const equivalentAmount: Rule = {
  id: 'equivalent-amount',
  type: 1,
  applies: isFacts,
  *check({ records }) {
    for (const record of records)
      for (const form of record.fact ? FORMS : [])
        for (const element of select(record.fact!, `assignmentInfo/${form}/equivalentAmount`)) {
          yield* notNegative(record, [element], 'Сумма-эквивалент');
          yield* twoDecimals(record, [element], 'Размер суммы-эквивалента', 1);
          const value = numberOf(element.text);
          if (value === 0) yield { record, type: 2, text: 'Сумма-эквивалент равна нулю' };
          if (value > LARGEST)
            yield {
              record,
              type: 2,
              text: `Сумма-эквивалент ${element.text.trim()} больше 10000000: проверьте, что указаны рубли`,
            };
        }
  },
};
