import { controlNumber, snilsFits } from '../snils.js';
import { placeOf, type Rule } from './rule.js';

/**
 * Control number of a SNILS (checked above 001-001-998 only). Not for questions by SNILS (10.13.I, 10.18.I): there the registry answers
 * a wrong number with an empty statement, as its published sample shows, and an error in its place would tell more than it does.
 */
export const snilsChecksum: Rule = {
  id: 'snils-checksum',
  type: 1,
  title: {
    ru: 'контрольное число СНИЛС (номера больше 001-001-998)',
    en: 'the control number of a SNILS, above 001-001-998 only',
  },
  needs: ['persons'],
  *check({ records }) {
    for (const record of records)
      for (const person of record.persons) {
        const at = placeOf(person, 'snils');
        const snils = at?.text.trim();
        if (at === undefined || snils === undefined || snilsFits(snils)) continue;
        const text = `Значение СНИЛС ${person.role} ${snils} не корректно: контрольное число должно быть ${controlNumber(snils)}`;
        yield { record, at, text };
      }
  },
};
