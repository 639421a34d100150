import { select } from '../element-view.js';
import type { Rule } from './rule.js';

/** A sender reports its own facts: oszCode is one of its codes or of a delegation on record. */
export const ownFacts: Rule = {
  id: 'own-facts',
  type: 1,
  title: {
    ru: 'код ОСЗ не принадлежит отправителю и не делегирован ему',
    en: 'a body code that is neither the sender’s nor delegated to it',
  },
  needs: ['body'],
  *check({ records, context }) {
    for (const record of records)
      for (const at of record.shape.body === undefined ? [] : select(record.body, record.shape.body)) {
        const code = at.text.trim();
        if (context.senderCodes.includes(code)) continue;
        const whose = 'сведения о назначении передаёт осуществивший его орган или получивший от него полномочия';
        yield { record, at, text: `Код ОСЗ ${code} не принадлежит отправителю: ${whose}` };
      }
  },
};
