import type { Rule } from '../rule.js';
import type { FactUnderRules } from './fact-under-rules.js';

/** A supplier reports what its own body, or one that delegated to it, has assigned. */
export const ownFacts: Rule<FactUnderRules> = {
  id: 'own-facts',
  type: 1,
  title: {
    ru: 'код ОСЗ не принадлежит отправителю и не делегирован ему',
    en: 'a body code that is neither the sender’s nor delegated to it',
  },
  *check({ fact, senderCodes }) {
    if (senderCodes.includes(fact.oszCode)) return;
    const whose = 'сведения о назначении передаёт осуществивший его орган или получивший от него полномочия';
    yield `Код ОСЗ ${fact.oszCode} не принадлежит отправителю: ${whose}`;
  },
};
