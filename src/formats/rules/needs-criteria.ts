import { select, textAt } from '../element-view.js';
import { isFacts, type Rule } from './rule.js';

/** Need criteria inside one record: published rule 059 for a repeated code. Whether a code exists only the registry knows. */
export const needsCriteria: Rule = {
  id: 'needs-criteria',
  code: '059',
  type: 1,
  applies: isFacts,
  *check({ records }) {
    for (const record of records) {
      if (!record.fact) continue;
      const seen = new Set<string>();
      for (const code of select(record.fact, 'needsCriteria/needsCriteria/needsCriteriaCode')) {
        const value = code.text.trim();
        if (seen.has(value))
          yield {
            record,
            text: `Значение кода ${value} дублирует значение кода нуждаемости, описываемого в блоке "Критерии нуждаемости"`,
          };
        seen.add(value);
      }
      const used = textAt(record.fact, 'needsCriteria/usingSign');
      if (seen.size > 0 && (used === 'false' || used === '0'))
        yield { record, type: 2, text: 'Критерии нуждаемости перечислены, хотя признак их использования равен false' };
    }
  },
};
