import type { Assignment } from './api.js';

/** Dictionary 023 «единицы измерения» as suppliers use it: OKEI code → the registry's own two digits. */
const BY_OKEI: Readonly<Record<string, string>> = {
  '383': '01',
  '384': '02',
  '796': '03',
  '778': '04',
  '744': '05',
  '9910': '06',
  '166': '07',
};
const OWN = new Set(Object.values(BY_OKEI));

/** The registry's code of the unit an assignment is measured in; money is in roubles; undefined when not in the dictionary. */
export function unitOf(assignment: Assignment): string | undefined {
  if (assignment.form === '01') return '01';
  if (assignment.measuryCode !== undefined) return OWN.has(assignment.measuryCode) ? assignment.measuryCode : undefined;
  return assignment.okeiCode === undefined ? undefined : BY_OKEI[assignment.okeiCode];
}
