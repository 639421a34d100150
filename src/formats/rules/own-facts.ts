import { textAt } from '../element-view.js';
import { isFacts, type Rule } from './rule.js';

/** A sender reports its own facts: oszCode is one of its codes or of a delegation on record. */
export const ownFacts: Rule = {
  id: 'own-facts',
  type: 1,
  applies: isFacts,
  *check({ records, context }) {
    for (const record of records) {
      const code = record.fact && textAt(record.fact, 'oszCode');
      if (code === undefined || context.senderCodes.includes(code)) continue;
      yield {
        record,
        text: `Код ОСЗ ${code} не принадлежит отправителю: сведения о назначении передаёт осуществивший его орган или получивший от него полномочия`,
      };
    }
  },
};
