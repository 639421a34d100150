import { textAt } from '../element-view.js';
import type { Rule } from './rule.js';

/** The same assignment under two ids. A warning: two payments of one day may be meant, but a file joined twice is likelier. */
export const repeatedFacts: Rule = {
  id: 'repeated-facts',
  type: 2,
  title: {
    ru: 'назначение повторяется в пакете: те же получатель, мера, категория и начало',
    en: 'an assignment that stands twice in a package: same recipient, measure, category and beginning',
  },
  needs: ['sameness'],
  *check({ records }) {
    const seen = new Map<string, string>();
    for (const record of records) {
      const { sameness } = record.shape;
      if (sameness === undefined) continue;
      const key = sameness.map((path) => textAt(record.body, path)?.toLowerCase()).join(' ');
      const first = seen.get(key);
      const text = `Назначение повторяет запись ${first}: те же получатель, ЛМСЗ, категория и дата начала`;
      if (first !== undefined) yield { record, text };
      else seen.set(key, record.id);
    }
  },
};
