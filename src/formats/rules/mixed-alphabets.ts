import { mixedWord } from '../alphabets.js';
import { descendants } from '../element-view.js';
import { isFacts, isStatementRequest, type Rule } from './rule.js';

/** Names of people: a wrong letter there breaks the search for the person, so it is an error. Elsewhere a warning. */
const NAMES = new Set(['FamilyName', 'FirstName', 'Patronymic', 'MaidenFamilyName']);
/** Free text shown to people. Series and numbers mix alphabets rightly. */
const TITLES = new Set([
  'title',
  'authority',
  'Issuer',
  'BirthPlace',
  'content',
  'comment',
  'ResidencePermitInfo',
  'Region',
  'District',
  'City',
  'Street',
  'serviceTitle',
  'npaInfo',
  'personInfo',
]);

export const mixedAlphabets: Rule = {
  id: 'mixed-alphabets',
  type: 2,
  applies: (format) => isFacts(format) || isStatementRequest(format),
  *check({ records }) {
    for (const record of records)
      for (const element of descendants(record.element)) {
        const isName = NAMES.has(element.local);
        if (!isName && !TITLES.has(element.local)) continue;
        const word = mixedWord(element.text);
        if (word === undefined) continue;
        const letters = [...new Set(word.match(/[A-Za-z]/g))].join(', ');
        yield {
          record,
          type: isName ? 1 : 2,
          text: `В значении элемента ${element.local} слово "${word}" содержит латинские буквы среди русских: ${letters}`,
        };
      }
  },
};
