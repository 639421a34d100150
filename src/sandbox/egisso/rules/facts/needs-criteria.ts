import type { Rule } from '../rule.js';
import type { FactUnderRules } from './fact-under-rules.js';

export const needsCriteria: Rule<FactUnderRules> = {
  id: 'needs-criteria',
  code: '059',
  type: 1,
  title: { ru: 'критерий нуждаемости указан дважды', en: 'a need criterion named twice' },
  *check({ fact }) {
    const { codes } = fact.criteria;
    for (const [index, code] of codes.entries())
      if (codes.indexOf(code) < index)
        yield `Значение кода ${code} дублирует значение кода нуждаемости, описываемого в блоке "Критерии нуждаемости"`;
  },
};
