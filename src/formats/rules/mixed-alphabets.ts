import { descendants, type ElementView } from '../element-view.js';
import { isFacts, isStatementRequest, type Rule } from './rule.js';

/** Latin letters that look like Cyrillic ones: only these are slips of the keyboard; `IP-телефон` or `II степени` are not. */
const LOOK_ALIKE: Readonly<Record<string, string>> = {
  A: 'А',
  B: 'В',
  C: 'С',
  E: 'Е',
  H: 'Н',
  K: 'К',
  M: 'М',
  O: 'О',
  P: 'Р',
  T: 'Т',
  X: 'Х',
  Y: 'У',
  a: 'а',
  c: 'с',
  e: 'е',
  o: 'о',
  p: 'р',
  x: 'х',
  y: 'у',
  k: 'к',
  u: 'и',
  n: 'п',
  m: 'м',
  r: 'г',
};

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
        const word = mixedWord(element);
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

function mixedWord(element: ElementView): string | undefined {
  return element.text
    .match(/\p{L}+/gu)
    ?.find(
      (w) => /[А-Яа-яЁё]/.test(w) && /[A-Za-z]/.test(w) && [...w.matchAll(/[A-Za-z]/g)].every(([c]) => c in LOOK_ALIKE),
    );
}
