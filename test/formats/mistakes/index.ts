/**
 * Typical mistakes, each with the texts its sender must get. To add one: a row in the file of its format.
 * May import: the fixtures of this folder's parent. Start at mistake.ts.
 */
import type { ValidName } from './documents.js';
import { FACTS_STRUCTURE } from './facts-structure.js';
import { FACTS_VALUES } from './facts-values.js';
import { CONSENT, EXTRACT, PORTAL, SNILS_BY_MORE, SNILS_BY_NAME } from './inquiries.js';
import type { Mistake } from './mistake.js';
import { STATEMENT, STATEMENT_BEFORE } from './statements.js';
import { MEASURE, NOTICE } from './suppliers.js';

export { VALID, type ValidName } from './documents.js';
export type { Mistake } from './mistake.js';

/** By the format whose valid document is changed. */
export const MISTAKES: Readonly<Record<ValidName, readonly Mistake[]>> = {
  '10.06.S 1.1.0': [...FACTS_VALUES, ...FACTS_STRUCTURE],
  '10.13.I 2.0.0': STATEMENT,
  '10.13.I 1.0.7': STATEMENT_BEFORE,
  '10.10.I 1.0.4': NOTICE,
  '10.05.I 2.1.0': MEASURE,
  '10.18.I 1.0.1': PORTAL,
  'snils-by-additionalData 1.0.1': SNILS_BY_MORE,
  'snils-by-data 1.1.2': SNILS_BY_NAME,
  'extraction-invalid-data 1.0.3': EXTRACT,
  'permissions_notify_gov_dep 1.0.2': CONSENT,
};
