import { textAt } from '../element-view.js';
import { isFacts, type Rule } from './rule.js';

/** Third digit of a kinship code: 1 a man, 2 a woman, 0 either (0411011 father, 0421011 mother). Seen in every code suppliers use. */
const SEX: Readonly<Record<string, string>> = { '1': 'Male', '2': 'Female' };
const WORDS: Readonly<Record<string, string>> = { Male: 'мужской', Female: 'женский' };

/** A warning: the coding is read from the codes in use, the operator's dictionary is not published. */
export const kinshipSex: Rule = {
  id: 'kinship-sex',
  type: 2,
  applies: isFacts,
  *check({ records }) {
    for (const record of records)
      for (const { element, kinship } of record.persons) {
        const expected = kinship === undefined ? undefined : SEX[kinship[2] ?? ''];
        const sex = textAt(element, 'Gender');
        if (expected === undefined || sex === undefined || sex === expected) continue;
        yield {
          record,
          text: `Код родственной связи ${kinship} не соответствует полу лица-основания: ожидается ${WORDS[expected]}, указан ${WORDS[sex] ?? sex}`,
        };
      }
  },
};
