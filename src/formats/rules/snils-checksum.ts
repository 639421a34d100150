import { childOf } from '../element-view.js';
import { controlNumber, snilsFits } from '../snils.js';
import { isFacts, type Rule } from './rule.js';

/**
 * Control number of a SNILS (checked above 001-001-998 only). Not for 10.13.I: there the registry answers a wrong number
 * with an empty statement, as its published sample shows, and an error in its place would tell more than it does.
 */
export const snilsChecksum: Rule = {
  id: 'snils-checksum',
  type: 1,
  applies: isFacts,
  *check({ records }) {
    for (const record of records)
      for (const { role, element } of record.persons) {
        const snils = childOf(element, 'SNILS')?.text.trim();
        if (snils === undefined || snilsFits(snils)) continue;
        const right = controlNumber(snils);
        yield { record, text: `Значение СНИЛС ${role} ${snils} не корректно: контрольное число должно быть ${right}` };
      }
  },
};
