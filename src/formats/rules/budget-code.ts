import { select } from '../element-view.js';
import type { Rule } from './rule.js';

/**
 * Published rule 022. A code of budget classification is twenty characters: digits, but for the ten of the target article (8 to 17),
 * which may have letters. Whether the budget has such a code nobody here knows.
 */
const BUDGET_CODE = /^\d{7}[\dA-ZА-ЯЁ]{10}\d{3}$/;

export const budgetCode: Rule = {
  id: 'budget-code',
  code: '022',
  type: 1,
  title: { ru: 'некорректный код КБК', en: 'a budget code (КБК) of the wrong form' },
  needs: ['budgetCode'],
  *check({ records }) {
    for (const record of records)
      for (const at of record.shape.budgetCode === undefined ? [] : select(record.body, record.shape.budgetCode))
        if (!BUDGET_CODE.test(at.text.trim()))
          yield { record, at, text: `Указан некорректный код КБК ${at.text.trim()}` };
  },
};
