import { select, textAt } from '../element-view.js';
import type { Rule } from './rule.js';

/** Need criteria inside one record: published rule 059 for a repeated code. Whether a code exists only the registry knows. */
export const needsCriteria: Rule = {
  id: 'needs-criteria',
  code: '059',
  type: 1,
  title: {
    ru: 'критерий нуждаемости указан дважды; критерии при признаке false (предупреждение)',
    en: 'a need criterion named twice; criteria beside the sign that none are used (warning)',
  },
  needs: ['criteria'],
  *check({ records }) {
    for (const record of records) {
      const { criteria } = record.shape;
      if (criteria === undefined) continue;
      const seen = new Set<string>();
      for (const at of select(record.body, criteria.codes)) {
        const value = at.text.trim();
        const text = `Значение кода ${value} дублирует значение кода нуждаемости, описываемого в блоке "Критерии нуждаемости"`;
        if (seen.has(value)) yield { record, at, text };
        seen.add(value);
      }
      const used = textAt(record.body, criteria.used);
      if (seen.size > 0 && (used === 'false' || used === '0'))
        yield { record, type: 2, text: 'Критерии нуждаемости перечислены, хотя признак их использования равен false' };
    }
  },
};
