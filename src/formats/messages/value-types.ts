import type { Phrase } from './phrase.js';

/** What a built-in type wants, and a hint made from the wrong value. */
interface TypeInWords {
  readonly name: RegExp;
  readonly says: Phrase;
  readonly hint: (value: string) => string | undefined;
}

const TYPES: readonly TypeInWords[] = [
  {
    name: /dateTime$|timestamp$/i,
    says: {
      ru: 'нужны дата и время вида 2024-05-31T10:15:00+03:00',
      en: 'a dateTime like 2024-05-31T10:15:00+03:00 is wanted',
    },
    hint: betterDateTime,
  },
  {
    name: /date$/i,
    says: { ru: 'нужна дата вида ГГГГ-ММ-ДД', en: 'a date YYYY-MM-DD is wanted' },
    hint: betterDate,
  },
  {
    name: /boolean$/i,
    says: { ru: 'нужно true или false (или 1, 0)', en: 'true or false (or 1, 0) is wanted' },
    hint: (v) =>
      /^(да|true|yes|истина|\+)$/i.test(v) ? 'true' : /^(нет|false|no|ложь|-)$/i.test(v) ? 'false' : undefined,
  },
  {
    name: /decimal$|money\w*$|double$|float$/i,
    says: { ru: 'нужно число с точкой, без пробелов', en: 'a number with a decimal point, without spaces, is wanted' },
    hint: (v) => plainNumber(v.replace(/[\s\u00a0]/g, '').replace(',', '.')),
  },
  {
    name: /^(?:xs:)?time$/,
    says: { ru: 'нужно время вида 10:15:00', en: 'a time like 10:15:00 is wanted' },
    hint: (v) => (/^\d\d:\d\d$/.test(v) ? `${v}:00` : undefined),
  },
  {
    name: /gYearMonth$/,
    says: { ru: 'нужны год и месяц вида 2024-05', en: 'a year and month like 2024-05 is wanted' },
    hint: () => undefined,
  },
  {
    name: /positiveInteger$/,
    says: { ru: 'нужно целое число, от 1', en: 'a whole number, 1 or more, is wanted' },
    hint: () => undefined,
  },
  {
    name: /nonNegativeInteger$|unsigned\w+$/,
    says: { ru: 'нужно целое число, от 0', en: 'a whole number, 0 or more, is wanted' },
    hint: (v) => plainNumber(v.replace(/[\s\u00a0]/g, '')),
  },
  {
    name: /int(eger)?$|long$|short$|byte$/i,
    says: { ru: 'нужно целое число', en: 'a whole number is wanted' },
    hint: (v) => plainNumber(v.replace(/[\s\u00a0]/g, '')),
  },
  {
    name: /QName$/,
    says: { ru: 'нужно имя, возможно с префиксом', en: 'a name, perhaps with a prefix, is wanted' },
    hint: () => undefined,
  },
  {
    name: /gYear$/,
    says: { ru: 'нужен год четырьмя цифрами', en: 'a year in four digits is wanted' },
    hint: () => undefined,
  },
  {
    name: /hexBinary$/,
    says: { ru: 'нужны шестнадцатеричные цифры, чётное число', en: 'an even number of hexadecimal digits is wanted' },
    hint: () => undefined,
  },
  { name: /base64Binary$/, says: { ru: 'нужны данные в base64', en: 'base64 is wanted' }, hint: () => undefined },
  { name: /anyURI$/, says: { ru: 'нужен адрес (URI)', en: 'a URI is wanted' }, hint: () => undefined },
  {
    name: /NCName$|ID$|IDREF$|NMTOKEN$/,
    says: {
      ru: 'нужен идентификатор: начинается с буквы, без пробелов и двоеточий',
      en: 'a name is wanted: begins with a letter, no spaces or colons',
    },
    hint: () => undefined,
  },
];

/** Why a value is no value of any of these types (of several: a union), with a proposed spelling where one can be told; undefined for types without words. */
export function typeInWords(
  types: readonly string[],
  value: string,
): (Phrase & { readonly proposal?: string }) | undefined {
  const rows = TYPES.filter((row) => types.some((type) => TYPES.find((t) => t.name.test(type)) === row));
  if (rows.length === 0) return undefined;
  const impossible = types.some((type) => /date/i.test(type)) ? impossibleDay(value.trim()) : undefined;
  if (impossible) return impossible;
  const proposal = rows.map((row) => row.hint(value.trim())).find((made) => made !== undefined && made !== value);
  return {
    ru: rows.map(({ says }) => says.ru).join('; или '),
    en: rows.map(({ says }) => says.en).join('; or '),
    ...(proposal !== undefined && { proposal }),
  };
}

/** A date written another way, as XML writes it; undefined when it is none. */
export function betterDate(value: string): string | undefined {
  const russian = value.match(/^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/);
  if (russian) return realDay(russian[3]!, russian[2]!.padStart(2, '0'), russian[1]!.padStart(2, '0'));
  const other = value.match(/^(\d{4})[-./]?(\d{2})[-./]?(\d{2})(?:[T ].*)?$/);
  return other ? realDay(other[1]!, other[2]!, other[3]!) : undefined;
}

function betterDateTime(value: string): string | undefined {
  const [, day = '', time, seconds = ':00'] = value.match(/^(\S+?)[ T](\d\d:\d\d)(:\d\d\S*)?$/) ?? [];
  if (time !== undefined) return appended(betterDate(day), `T${time}${seconds}`);
  return appended(betterDate(value), 'T00:00:00+03:00');
}

function realDay(year: string, month: string, day: string): string | undefined {
  const text = `${year}-${month}-${day}`;
  return impossibleDay(text) ? undefined : text;
}

/** A day the calendar does not have, written in the right form. */
function impossibleDay(value: string): Phrase | undefined {
  const match = value.match(/^(\d{4})-(\d{2})-(\d{2})/);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12) return { ru: `месяца ${match[2]} не бывает`, en: `there is no month ${match[2]}` };
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day >= 1 && day <= last) return undefined;
  return {
    ru: `дня ${match[3]} в месяце ${match[2]}.${match[1]} нет: последний — ${last}`,
    en: `${match[1]}-${match[2]} has no day ${match[3]}: the last is ${last}`,
  };
}

function appended(text: string | undefined, more: string): string | undefined {
  return text === undefined ? undefined : text + more;
}

function plainNumber(value: string): string | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(value) ? value : undefined;
}
