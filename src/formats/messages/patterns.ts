import { counted, type Phrase } from './phrase.js';

/** A pattern in words. */
export interface PatternInWords extends Phrase {
  readonly example?: string;
}

interface Row extends PatternInWords {
  /** Tested against the pattern's normal form (`[0-9]` and `[\d` written `\d`, `{1}` dropped). */
  readonly pattern: RegExp;
  /** Further condition: the element's or attribute's local name. */
  readonly name?: RegExp;
}

const UUID_EXAMPLE = '35905ecc-c283-4675-96d7-5a1c10cc0001';

const ROWS: readonly Row[] = [
  {
    name: /snils/i,
    pattern: /^\\d\{11\}$/,
    ru: 'СНИЛС — 11 цифр подряд, без дефисов и пробелов',
    en: 'a SNILS is 11 digits without hyphens and spaces',
    example: '11223344595',
  },
  {
    name: /snils|СНИЛС/i,
    pattern: /^\\d\{3\}\\?-\\d\{3\}\\?-\\d\{3\}[ -]/,
    ru: 'СНИЛС с дефисами и контрольным числом через пробел',
    en: 'a SNILS with hyphens and its control number after a space',
    example: '112-233-445 95',
  },
  {
    name: /phone/i,
    pattern: /^\\d\{10\}$/,
    ru: 'номер телефона — 10 цифр без +7, 8, скобок и пробелов',
    en: 'a phone number is 10 digits without +7, 8, brackets and spaces',
    example: '9161234567',
  },
  {
    name: /^(Citizenship|OKSMCode)$/i,
    pattern: /^\\d\{3\}$/,
    ru: 'код страны по ОКСМ — 3 цифры',
    en: 'a country code (OKSM) is 3 digits',
    example: '643',
  },
  {
    name: /PostIndex/i,
    pattern: /^\\d\{6\}$/,
    ru: 'почтовый индекс — 6 цифр',
    en: 'a postal code is 6 digits',
    example: '420014',
  },
  {
    name: /kinship/i,
    pattern: /^\\d\{7\}$/,
    ru: 'код родственной связи — 7 цифр',
    en: 'a kinship code is 7 digits',
    example: '0411011',
  },
  {
    pattern: /a-fA-F.*\{8\}-.*\{4\}-.*\{4\}-.*\{4\}-.*\{12\}/,
    ru: 'UUID: 32 шестнадцатеричные цифры группами 8-4-4-4-12 через дефис',
    en: 'a UUID: 32 hexadecimal digits in groups of 8-4-4-4-12 with hyphens',
    example: UUID_EXAMPLE,
  },
  {
    pattern: /^\[A-HJ-NP-Z\\d\]\{4\}\\\.\\d\{6\}$/,
    ru: 'код участника: 4 цифры или заглавные латинские буквы (кроме I и O), точка, 6 цифр',
    en: 'a participant code: 4 digits or capital Latin letters (not I, O), a dot, 6 digits',
    example: '0001.000001',
  },
  {
    pattern: /^\\d\{4\}\\\.\\d\{6\}$/,
    ru: 'код участника: 4 цифры, точка, 6 цифр',
    en: 'a participant code: 4 digits, a dot, 6 digits',
    example: '0001.000001',
  },
  {
    pattern: /^\\d\{4\}\\\.\\d\{8\}\\\.\\d\{2\}\\\.\\d\{4\}\\\.\\d\{2\}\\\.\\d\{6\}$/,
    ru: 'код по КМСЗ: группы 4.8.2.4.2.6 цифр через точку',
    en: 'a KMSZ code: groups of 4.8.2.4.2.6 digits with points',
    example: '0433.07030000.01.0001.01.000001',
  },
  {
    pattern: /^\\d\+\[\.,\]\\d\{2\}$/,
    ru: 'сумма: рубли, точка или запятая и ровно две цифры копеек, без знака и пробелов',
    en: 'an amount: roubles, a point or comma and exactly two digits of kopecks, no sign or spaces',
    example: '14506,00',
  },
  {
    pattern: /^\\d\+\[,\]\\d\{2\}$/,
    ru: 'сумма: рубли, запятая и ровно две цифры копеек',
    en: 'an amount: roubles, a comma and exactly two digits of kopecks',
    example: '14506,00',
  },
  {
    pattern: /^\[IVXLCDM\]\{1,\d+\}\[?\\?-\]?\[А-ЯЁ?\]\{2\}$/,
    ru: 'серия свидетельства: римское число латинскими буквами, дефис, две русские заглавные буквы',
    en: 'a certificate series: a Roman numeral in Latin letters, a hyphen, two Russian capitals',
    example: 'II-МЮ',
  },
  {
    pattern: /^\[.*а-яА-Я.*№.*\]\[.*а-яА-Я.*№.*\]\*$/,
    ru: 'только русские буквы, цифры, пробел и знаки - \' , . ( ) № " \\ /',
    en: 'Russian letters, digits, space and - \' , . ( ) № " \\ / only',
    example: 'Отделом УФМС по г. Казани',
  },
  {
    pattern: /^\[[^\]]*а-яА-ЯёЁ[^\]]*\]\[[^\]]*\\s[^\]]*\]\*$/,
    ru: 'только русские буквы, дефис, пробел, апостроф, запятая и точка; начинается с буквы, цифры или дефиса',
    en: 'Russian letters, hyphen, space, apostrophe, comma and point only, beginning with a letter, digit or hyphen',
    example: 'Иванова-Петрова',
  },
  {
    pattern: /^\[\\dа-яА-ЯA-Za-z\]\{1,25\}$/,
    ru: 'буквы и цифры без пробелов и знаков, не более 25',
    en: 'letters and digits without spaces and signs, at most 25',
    example: 'АА1234567',
  },
  {
    pattern: /T\[0-2\]\\d:\[0-5\]\\d/,
    ru: 'дата и время с часовым поясом, без долей секунды',
    en: 'date and time with a zone, without fractions of a second',
    example: '2024-05-31T10:15:00+03:00',
  },
  {
    pattern: /\\d\\d\\d-\(0\[1-9\]\|1\[012\]\)-\(0\[1-9\]/,
    ru: 'дата в виде ГГГГ-ММ-ДД, без часового пояса',
    en: 'a date YYYY-MM-DD, without a time zone',
    example: '2024-05-31',
  },
  {
    pattern: /^\(0\[1-9\]\|1\[012\]\)$/,
    ru: 'месяц двумя цифрами, от 01 до 12',
    en: 'a month in two digits, 01 to 12',
    example: '09',
  },
  {
    pattern: /^\(?\\d\{3\}\)?\|\(?\\d\{4\}\)?$|^\(?\\d\{4\}\)?\|\(?\\d\{3\}\)?$/,
    ru: 'код ОКЕИ: 3 или 4 цифры',
    en: 'a unit code (OKEI): 3 or 4 digits',
    example: '383',
  },
  { pattern: /^\[А-Я\]\{2\}$/, ru: 'две заглавные русские буквы', en: 'two Russian capital letters', example: 'АБ' },
];

/** A pattern facet in words; undefined when neither the table nor a count of digits fits. */
export function patternInWords(pattern: string, name: string): PatternInWords | undefined {
  const normal = pattern
    .replace(/\[0-9\]/g, '\\d')
    .replace(/0-9/g, '\\d')
    .replace(/\{1\}/g, '');
  const row = ROWS.find((r) => r.pattern.test(normal) && (!r.name || r.name.test(name)));
  if (row) return { ru: row.ru, en: row.en, ...(row.example !== undefined && { example: row.example }) };
  const signs = normal.match(/^\\S\{(\d+)\}$/)?.[1];
  if (signs !== undefined)
    return {
      ru: `ровно ${counted(Number(signs), 'знак', 'знака', 'знаков')} без пробелов`,
      en: `exactly ${signs} signs without spaces`,
    };
  const digits = normal.match(/^\\d(?:\{(\d+)(?:,(\d*))?\}|([*+]))?$/);
  if (!digits) return undefined;
  return digitCount(digits[1], digits[2], digits[3]);
}

function digitCount(least: string | undefined, most: string | undefined, mark: string | undefined): Phrase {
  if (mark) return { ru: 'только цифры', en: 'digits only' };
  if (most === undefined)
    return {
      ru: `ровно ${counted(Number(least ?? 1), 'цифра', 'цифры', 'цифр')}`,
      en: Number(least ?? 1) === 1 ? 'exactly 1 digit' : `exactly ${least} digits`,
    };
  if (most === '') return { ru: `только цифры, не меньше ${least}`, en: `digits only, at least ${least}` };
  return { ru: `только цифры, от ${least} до ${most}`, en: `digits only, ${least} to ${most}` };
}
