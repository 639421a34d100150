import { twoDigits } from '../../texts.js';
import { unitOf } from '../../units.js';
import type { Rule } from '../rule.js';
import type { FactUnderRules } from './fact-under-rules.js';

/** Dictionary 023: measury codes 01 to 07 and the OKEI codes they stand for. */
export const knownUnit: Rule<FactUnderRules> = {
  id: 'known-unit',
  type: 1,
  title: {
    ru: 'размер не число; единицы измерения нет в справочнике',
    en: 'a size that is no number; a unit outside the dictionary of units',
  },
  *check({ fact: { assignment } }) {
    if (twoDigits(assignment.amount) === undefined) yield `Размер назначения ${assignment.amount} не является числом`;
    else if (unitOf(assignment) === undefined)
      yield `Значение кода ${assignment.measuryCode ?? assignment.okeiCode ?? ''} не найдено в справочнике "Единицы измерения"`;
  },
};
