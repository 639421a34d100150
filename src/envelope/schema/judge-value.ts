import type { SimpleType } from './grammar.js';
import { collapse, isAnyUri, isNcName, lengthOf, readBase64, readDateTime } from './lexical.js';

interface Wrong {
  readonly ru: string;
  readonly en: string;
}

/** What is wrong with a value, as the end of a sentence about it; undefined when the type admits it. */
export function judgeValue(type: SimpleType, text: string): Wrong | undefined {
  const wrong = judgeBase(type.base, text);
  if (wrong !== undefined) return wrong;
  if (type.maxLength !== undefined && lengthOf(text) > type.maxLength) {
    const length = lengthOf(text);
    return {
      ru: `длиннее допустимого: ${length} символов, разрешено не больше ${type.maxLength}`,
      en: `is too long: ${length} characters where at most ${type.maxLength} are allowed`,
    };
  }
  if (type.pattern !== undefined && !type.pattern.test(text)) {
    return {
      ru: `«${clip(text)}» не подходит: ожидается ${type.patternRu}, без пробелов вокруг`,
      en: `"${clip(text)}" does not fit: expected ${type.patternEn}, without blanks around it`,
    };
  }
  if (type.values !== undefined && !type.values.includes(text)) {
    const values = type.values.join(', ');
    return { ru: `«${clip(text)}» не из списка: ${values}`, en: `"${clip(text)}" is not one of: ${values}` };
  }
  return undefined;
}

/** What each base type is called when a value is none. */
const EXPECTED: Readonly<Record<SimpleType['base'], Wrong>> = {
  string: { ru: 'строка', en: 'a string' },
  dateTime: { ru: 'дата и время вида 2024-05-17T10:00:00+03:00', en: 'a date and time like 2024-05-17T10:00:00+03:00' },
  boolean: { ru: 'true, false, 1 или 0', en: 'true, false, 1 or 0' },
  int: { ru: 'целое число от -2147483648 до 2147483647', en: 'an integer from -2147483648 to 2147483647' },
  long: { ru: 'целое число до 19 знаков', en: 'an integer of up to 19 digits' },
  NCName: { ru: 'имя XML без двоеточия', en: 'an XML name without a colon' },
  ID: {
    ru: 'идентификатор: имя XML без двоеточия, первой стоит буква или _',
    en: 'an identifier: an XML name without a colon that begins with a letter or _',
  },
  anyURI: { ru: 'URI', en: 'a URI' },
  base64Binary: { ru: 'данные в base64', en: 'base64 data' },
};

const FITS: Readonly<Record<SimpleType['base'], (text: string) => boolean>> = {
  string: () => true,
  dateTime: (text) => readDateTime(text) !== undefined,
  boolean: (text) => /^(true|false|0|1)$/.test(collapse(text)),
  int: (text) => isInteger(text, -(2n ** 31n), 2n ** 31n),
  long: (text) => isInteger(text, -(2n ** 63n), 2n ** 63n),
  NCName: (text) => isNcName(collapse(text)),
  ID: (text) => isNcName(collapse(text)),
  anyURI: (text) => isAnyUri(collapse(text)),
  base64Binary: (text) => readBase64(text) !== undefined,
};

function judgeBase(base: SimpleType['base'], text: string): Wrong | undefined {
  if (FITS[base](text)) return undefined;
  const { ru, en } = EXPECTED[base];
  return { ru: `«${clip(text)}» не подходит: ожидается ${ru}`, en: `"${clip(text)}" does not fit: expected ${en}` };
}

/** Digits are counted before they are read: a number of a million digits costs nothing. */
function isInteger(text: string, from: bigint, below: bigint): boolean {
  const match = /^[+-]?0*(\d{1,19})$/.exec(collapse(text));
  if (match === null) return false;
  const value = BigInt(match[1] ?? '0') * (collapse(text).startsWith('-') ? -1n : 1n);
  return value >= from && value < below;
}

/** A value as far as a text may carry it. */
function clip(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 80)}…`;
}
