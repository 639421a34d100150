import type { Rule } from '../rule.js';
import type { MeasureUnderRules } from './local-measure.js';

/**
 * A single source of funding is a code with one digit 1 (0100, 0010): only then do several add up to a level. Read from the published
 * pairs, where 0100 and 0010 pass and 0900 does not.
 */
const SINGLE = /^0*10*$/;

export const fundingSource: Rule<MeasureUnderRules> = {
  id: 'funding-source',
  code: '015',
  type: 1,
  title: { ru: 'код не одного источника финансирования', en: 'a code that is not of a single source of funding' },
  *check({ measure }) {
    for (const { source } of measure.funding)
      if (!SINGLE.test(source)) yield `Код источника финансирования ${source} не корректен`;
  },
};
