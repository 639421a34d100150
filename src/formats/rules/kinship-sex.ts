import { fieldOf, placeOf, type Rule } from './rule.js';

/** Third digit of a kinship code: 1 a man, 2 a woman, 0 either (0411011 father, 0421011 mother). Seen in every code suppliers use. */
const SEX: Readonly<Record<string, string>> = { '1': 'мужской', '2': 'женский' };
/** Male and Female in the 1.x types, M and F in the 2.x ones. */
const WORDS: Readonly<Record<string, string>> = { M: 'мужской', F: 'женский' };

/** A warning: the coding is read from the codes in use, the operator's dictionary is not published. */
export const kinshipSex: Rule = {
  id: 'kinship-sex',
  type: 2,
  title: {
    ru: 'код родственной связи не соответствует полу лица-основания',
    en: 'a kinship code against the sex of the reason person',
  },
  needs: ['persons'],
  *check({ records }) {
    for (const record of records)
      for (const person of record.persons) {
        const kinship = fieldOf(person, 'kinship');
        const expected = SEX[kinship?.[2] ?? ''];
        const sex = WORDS[fieldOf(person, 'sex')?.[0] ?? ''];
        if (expected === undefined || sex === undefined || sex === expected) continue;
        yield {
          record,
          at: placeOf(person, 'kinship') ?? person.element,
          text: `Код родственной связи ${kinship} не соответствует полу лица-основания: ожидается ${expected}, указан ${sex}`,
        };
      }
  },
};
