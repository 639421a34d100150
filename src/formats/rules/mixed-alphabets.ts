import { mixedWord } from '../alphabets.js';
import { descendants } from '../element-view.js';
import type { Rule } from './rule.js';

/** Names of people: a wrong letter there breaks the search for the person, so it is an error. Elsewhere a warning. */
const NAMES = new Set(
  'FamilyName FirstName Patronymic MaidenFamilyName surname forename patronymic maidenFamilyName'.split(' '),
);
/** Free text shown to people, by local names of every layout. Series, numbers, codes and links mix alphabets rightly. */
const TEXTS = new Set(
  [
    'title shortitle authority Issuer issuer content comment note estimation cases conditions contacts schedule rules npa',
    'BirthPlace birthPlace ResidencePermitInfo Region District City Street region district city cityArea locality street',
    'fullAddress address juraddress serviceTitle npaInfo personInfo docname documentTypeName documentComment stepH stepDescr',
  ].flatMap((line) => line.split(' ')),
);

export const mixedAlphabets: Rule = {
  id: 'mixed-alphabets',
  type: 2,
  title: {
    ru: 'латинские буквы внутри русских слов: ошибка в имени, предупреждение в остальном',
    en: 'Latin look-alikes inside Russian words: an error in a name, a warning elsewhere',
  },
  *check({ records }) {
    for (const record of records)
      for (const element of descendants(record.element)) {
        const isName = NAMES.has(element.local);
        if ((!isName && !TEXTS.has(element.local)) || element.text === '') continue;
        const word = mixedWord(element.text);
        if (word === undefined) continue;
        const letters = [...new Set(word.match(/[A-Za-z]/g))].join(', ');
        yield {
          record,
          at: element,
          type: isName ? 1 : 2,
          text: `В значении элемента ${element.local} слово "${word}" содержит латинские буквы среди русских: ${letters}`,
        };
      }
  },
};
