import type { Rule } from '../rule.js';
import type { FactUnderRules } from './fact-under-rules.js';

export const knownBody: Rule<FactUnderRules> = {
  id: 'known-body',
  type: 1,
  title: { ru: 'кода ОСЗ нет в справочнике участников', en: 'a body code outside the register of participants' },
  *check({ fact, dictionaries }) {
    if (dictionaries.bodyTitle(fact.oszCode) === undefined)
      yield `Значение кода ОСЗ ${fact.oszCode} не найдено в справочнике "Участники"`;
  },
};
