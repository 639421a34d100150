import type { Rule } from '../rule.js';
import type { MeasureUnderRules } from './local-measure.js';

/** Twenty characters, digits but for the target article (8 to 17), which may have letters. */
const BUDGET_CODE = /^\d{7}[\dA-ZА-ЯЁ]{10}\d{3}$/;

export const budgetCode: Rule<MeasureUnderRules> = {
  id: 'budget-code',
  code: '022',
  type: 1,
  title: { ru: 'некорректный код КБК', en: 'a budget code (КБК) of the wrong form' },
  *check({ measure }) {
    if (!BUDGET_CODE.test(measure.budgetCode)) yield `Указан некорректный код КБК ${measure.budgetCode}`;
  },
};
