import { select, textAt } from '../element-view.js';
import type { Rule } from './rule.js';

/** Thousands of roubles, in the registry's dictionary 023 and in OKEI. */
const THOUSANDS = new Set(['02', '384']);

/**
 * Suppliers' own checks let a measure in kind, exemption or service be counted in roubles, pieces, packages, percents, units of
 * activity and kilograms, never in thousands of roubles: there the amount is most often roubles. Whether a code exists, the registry knows.
 */
export const unitOfMeasure: Rule = {
  id: 'unit-of-measure',
  type: 2,
  title: { ru: 'размер в тысячах рублей', en: 'a size counted in thousands of roubles' },
  needs: ['units'],
  *check({ records }) {
    for (const record of records)
      for (const { path, measury, okei } of record.shape.units ?? [])
        for (const form of select(record.body, path)) {
          const code = [textAt(form, okei), textAt(form, measury)].find((c) => THOUSANDS.has(c ?? ''));
          const text = `Единица измерения ${code} – тысяча рублей: проверьте, что размер указан не в рублях`;
          if (code !== undefined) yield { record, at: form, text };
        }
  },
};
