import { patternInWords } from '../messages/patterns.js';
import { counted, type Phrase, symbols } from '../messages/phrase.js';
import type { Bound, Occurrence, SimpleType } from './model.js';

const PRIMITIVES: Readonly<Record<string, Phrase>> = {
  string: { ru: 'строка', en: 'string' },
  normalizedString: { ru: 'строка без переводов строки', en: 'string without line breaks' },
  token: { ru: 'строка без лишних пробелов', en: 'string without surplus blanks' },
  boolean: { ru: 'да или нет (true, false)', en: 'true or false' },
  date: { ru: 'дата', en: 'date' },
  dateTime: { ru: 'дата и время', en: 'date and time' },
  time: { ru: 'время', en: 'time' },
  gYear: { ru: 'год', en: 'year' },
  gYearMonth: { ru: 'год и месяц', en: 'year and month' },
  decimal: { ru: 'число', en: 'decimal number' },
  float: { ru: 'число с плавающей точкой', en: 'floating-point number' },
  double: { ru: 'число с плавающей точкой', en: 'floating-point number' },
  integer: { ru: 'целое число', en: 'whole number' },
  int: { ru: 'целое число', en: 'whole number' },
  long: { ru: 'целое число', en: 'whole number' },
  short: { ru: 'целое число', en: 'whole number' },
  byte: { ru: 'целое число', en: 'whole number' },
  unsignedInt: { ru: 'целое число, не меньше 0', en: 'whole number, 0 or more' },
  unsignedShort: { ru: 'целое число, не меньше 0', en: 'whole number, 0 or more' },
  unsignedByte: { ru: 'целое число от 0 до 255', en: 'whole number, 0 to 255' },
  unsignedLong: { ru: 'целое число, не меньше 0', en: 'whole number, 0 or more' },
  nonNegativeInteger: { ru: 'целое число, не меньше 0', en: 'whole number, 0 or more' },
  positiveInteger: { ru: 'целое число, не меньше 1', en: 'whole number, 1 or more' },
  gMonth: { ru: 'месяц (--ММ)', en: 'month (--MM)' },
  gDay: { ru: 'день месяца (---ДД)', en: 'day of the month (---DD)' },
  gMonthDay: { ru: 'месяц и день', en: 'month and day' },
  duration: { ru: 'длительность', en: 'duration' },
  anyURI: { ru: 'адрес (URI)', en: 'URI' },
  base64Binary: { ru: 'двоичные данные (base64)', en: 'binary data (base64)' },
  hexBinary: { ru: 'двоичные данные (шестнадцатерично)', en: 'binary data (hexadecimal)' },
  ID: { ru: 'идентификатор в документе', en: 'identifier within the document' },
  NCName: { ru: 'имя XML', en: 'XML name' },
  QName: { ru: 'имя XML с префиксом', en: 'XML name with a prefix' },
  anyType: { ru: 'любое содержимое', en: 'any content' },
  anySimpleType: { ru: 'любое значение', en: 'any value' },
};

/** The type of a value: `строка`, `дата`, `список: …`. */
export function typeInWords(type: SimpleType): Phrase {
  if (type.list !== undefined) {
    const item = typeInWords(type.list);
    return { ru: `список через пробел: ${item.ru}`, en: `list separated by blanks: ${item.en}` };
  }
  if (type.union !== undefined) {
    const members = type.union.map(typeInWords);
    const join = (texts: readonly string[], or: string): string => [...new Set(texts)].join(or);
    return { ru: join(members.map((m) => m.ru), ' или '), en: join(members.map((m) => m.en), ' or ') }; // biome-ignore format: one thought
  }
  return PRIMITIVES[type.primitive] ?? { ru: type.primitive, en: type.primitive };
}

const BOUND_WORDS: Readonly<Record<Bound, (limit: string) => Phrase>> = {
  length: (n) => ({ ru: `ровно ${symbols(Number(n))}`, en: `exactly ${n} characters` }),
  minLength: (n) => ({ ru: `не короче ${n}`, en: `at least ${n} characters` }),
  maxLength: (n) => ({ ru: `до ${n} символов`, en: `at most ${n} characters` }),
  totalDigits: (n) => ({ ru: `до ${n} цифр`, en: `at most ${n} digits` }),
  fractionDigits: (n) =>
    n === '0'
      ? { ru: 'без дробной части', en: 'no fraction' }
      : { ru: `до ${counted(Number(n), 'знака', 'знаков', 'знаков')} после точки`, en: `at most ${n} fraction digits` },
  minInclusive: (n) => ({ ru: `не меньше ${n}`, en: `${n} or more` }),
  maxInclusive: (n) => ({ ru: `не больше ${n}`, en: `${n} or less` }),
  minExclusive: (n) => ({ ru: `больше ${n}`, en: `more than ${n}` }),
  maxExclusive: (n) => ({ ru: `меньше ${n}`, en: `less than ${n}` }),
};

export function boundInWords(bound: Bound, limit: string): Phrase {
  return BOUND_WORDS[bound](limit);
}

/** What narrows a value, a phrase a facet; enumerations are not among them. `name`: the element's, which tells what a pattern means. */
export function facetsInWords(type: SimpleType, name: string): readonly Phrase[] {
  const patterns = type.patterns.map((step) => {
    const words = step.map((p) => patternWords(p, name));
    return { ru: words.map((w) => w.ru).join(' или '), en: words.map((w) => w.en).join(' or ') };
  });
  const bounds = Object.entries(type.bounds)
    .filter(([bound, limit]) => !(LENGTHS.test(bound) && patterns.some((p) => saysLength(p, limit))))
    .map(([bound, limit]) => boundInWords(bound as Bound, limit));
  const members = (type.union ?? []).flatMap((m) => facetsInWords(m, name));
  return [...patterns, ...bounds, ...members];
}

const LENGTHS = /^(length|minLength|maxLength)$/;

/** «ровно 6 цифр» needs no «ровно 6 символов» after it. */
function saysLength({ en }: Phrase, limit: string): boolean {
  return new RegExp(`\\b${limit} digit`).test(en) || new RegExp(`at most ${limit}\\b`).test(en);
}

function patternWords(pattern: string, name: string): Phrase {
  const known = patternInWords(pattern, name);
  return known ? { ru: known.ru, en: known.en } : { ru: `по образцу ${pattern}`, en: `pattern ${pattern}` };
}

/** `обязательно`, `необязательно`, `от 1 до 50`, `любое число раз`. */
export function occurrenceInWords({ min, max }: Occurrence): Phrase {
  if (max === 0) return { ru: 'запрещён', en: 'prohibited' };
  if (min === 1 && max === 1) return { ru: 'обязательно', en: 'required' };
  if (min === 0 && max === 1) return { ru: 'необязательно', en: 'optional' };
  if (max === Number.POSITIVE_INFINITY)
    return min === 0 ? { ru: 'любое число раз', en: 'any number' } : { ru: `${min} и больше`, en: `${min} or more` };
  if (min === 0) return { ru: `до ${max}`, en: `up to ${max}` };
  return min === max
    ? { ru: `ровно ${min}`, en: `exactly ${min}` }
    : { ru: `от ${min} до ${max}`, en: `${min} to ${max}` };
}
