import { exampleOf } from './messages/example-of.js';
import type { Bound, SimpleType } from './schema-model/index.js';
import { controlNumber, withHyphens } from './snils.js';

/** Numbers made so far in one document: identifiers differ, and the same document comes out every time. */
export interface SampleCounter {
  next: number;
}

interface Candidates {
  readonly name: RegExp;
  readonly values: readonly string[];
}

const DAY = '2024-05-20';
const SNILS_NINE = '112233445';
const SNILS = SNILS_NINE + controlNumber(SNILS_NINE);

/** Synthetic values by what the element is called; the first that the type allows is taken. Days are in the order in which such things happen. */
const BY_NAME: readonly Candidates[] = [
  { name: /snils|СНИЛС|insuranceNumber/i, values: [SNILS, withHyphens(SNILS), withHyphens(SNILS).replace(' ', '-')] },
  { name: /^(family|last|sur)_?name$|surname|FamilyName|Фамилия/i, values: ['Примеров', 'Primerov'] },
  { name: /^(first|fore|given)_?name$|FirstName|^Имя/i, values: ['Образец', 'Sample'] },
  { name: /patronymic|middleName|Отчество/i, values: ['Вымышленович', 'Vymyshlenovich'] },
  { name: /(osz|provider|participant|organization).*code/i, values: ['0001.000001'] },
  { name: /birth.*place|place.*birth|city|settlement|^locality/i, values: ['г. Примерный', 'Примерный'] },
  { name: /region/i, values: ['Примерная область'] },
  { name: /district/i, values: ['Примерный район'] },
  { name: /street/i, values: ['ул. Примерная', 'Примерная'] },
  { name: /house|housing|apartment|flat|building/i, values: ['1'] },
  { name: /issuer$|authority/i, values: ['Примерным отделом', 'Примерный отдел'] },
  { name: /inn$|ИНН/i, values: ['7707083893', '500100732259'] },
  { name: /ogrnip/i, values: ['304500116000157'] },
  { name: /ogrn/i, values: ['1027700132195'] },
  { name: /kpp$/i, values: ['770701001'] },
  { name: /e?-?mail/i, values: ['sample@example.org'] },
  { name: /phone|tel/i, values: ['9000000000', '+79000000000'] },
  { name: /citizenship|oksm|country/i, values: ['643', 'RUS', 'RU'] },
  { name: /oktmo/i, values: ['45000000', '45000000000'] },
  { name: /okato/i, values: ['45000000000', '45000000'] },
  { name: /index|zip/i, values: ['101000'] },
  { name: /currency/i, values: ['RUB', '643'] },
  { name: /birth.*date|date.*birth|bdate|ДатаРождения/i, values: ['1985-06-15', '15.06.1985'] },
  { name: /death.*date/i, values: ['2023-02-01', '01.02.2023'] },
  { name: /issue|docDate|documentDate/i, values: ['2010-03-12', '12.03.2010'] },
  { name: /finish|end|until|expir|dateTo|toDate|validTo|periodTo/i, values: ['2025-05-31', '31.05.2025', '2025-05-31T00:00:00+03:00'] },
  { name: /start|begin|from|effective/i, values: ['2024-06-01', '01.06.2024', '2024-06-01T00:00:00+03:00'] },
  { name: /year/i, values: ['2024'] },
  { name: /month/i, values: ['05', '5'] },
  { name: /amount|sum|money|price|size|equivalent/i, values: ['1500.00', '1500,00', '1500', '150000'] },
  { name: /^quota$/i, values: ['100'] },
  { name: /kbk/i, values: ['00000000000000000000'] },
  { name: /fileName/i, values: ['sample.xml', 'sample.pdf'] },
  { name: /mime|contentType/i, values: ['application/xml', 'application/pdf'] },
]; // biome-ignore format: a table

/** By built-in type, for names that tell nothing. */
const BY_PRIMITIVE: Readonly<Record<string, readonly string[]>> = {
  string: ['Образец', 'Sample', '1', 'Пример значения'],
  normalizedString: ['Образец', 'Sample', '1'],
  token: ['Образец', 'Sample', '1'],
  boolean: ['true'],
  date: [DAY],
  dateTime: [`${DAY}T10:15:00+03:00`, `${DAY}T10:15:00`],
  time: ['10:15:00'],
  gYear: ['2024'],
  gYearMonth: ['2024-05'],
  gMonth: ['--05'],
  gDay: ['---20'],
  duration: ['P1D'],
  decimal: ['1', '10', '0.5', '100.00'],
  float: ['1'],
  double: ['1'],
  anyURI: ['urn:sample'],
  base64Binary: ['0J7QsdGA0LDQt9C10YY='],
  hexBinary: ['00'],
  NCName: ['sample'],
  Name: ['sample'],
  NMTOKEN: ['sample'],
  QName: ['sample'],
  language: ['ru'],
};
const WHOLE = ['1', '10', '100', '2', '5', '0', '-1', '20', '1000'];

/** A value the type allows, the same for the same arguments and counter; undefined when none was found. */
export function sampleValue(type: SimpleType, name: string, counter: SampleCounter): string | undefined {
  if (type.union !== undefined) {
    const found = type.union.map((member) => sampleValue(member, name, counter));
    return found.find((v) => v !== undefined);
  }
  if (type.list !== undefined) return sampleValue(type.list, name, counter);
  if (type.enumeration !== undefined) return type.enumeration.find((e) => allows(type, e.value))?.value;
  if (/^(ID|IDREF|ENTITY)$/.test(type.primitive)) return `ID_${type.primitive === 'ID' ? counter.next++ : 1}`;
  return candidates(type, name, counter).find((value) => allows(type, value));
}

/** Everything worth trying, best first; made one by one, so that a counter moves only when its value is tried. */
function candidates(type: SimpleType, name: string, counter: SampleCounter): readonly string[] {
  const uuid = '00000000-0000-4000-8000-000000000000';
  if (allows(type, uuid) && !allows(type, 'Образец') && !allows(type, 'Sample')) return [uuidOf(counter.next++)];
  const named = BY_NAME.filter((row) => row.name.test(name)).flatMap((row) => row.values);
  const usual = BY_PRIMITIVE[type.primitive] ?? WHOLE;
  const byPattern = type.patterns.flat().flatMap((p) => alternativesOf(p).flatMap((a) => exampleOf(a) ?? []));
  const tried = [...named, ...usual, ...byPattern, ...limits(type)];
  return [...tried, ...tried.flatMap((value) => stretched(type, value))];
}

function uuidOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** A pattern and its alternatives at the top: the first one need not fit the other facets. */
function alternativesOf(pattern: string): readonly string[] {
  return [pattern, ...pattern.split('|').filter((p) => p !== pattern)];
}

function limits({ bounds }: SimpleType): readonly string[] {
  const inside = [bounds.minInclusive, bounds.maxInclusive].flatMap((b) => b ?? []);
  const outside = [bounds.minExclusive, bounds.maxExclusive].flatMap((b) => [Number(b) + 1, Number(b) - 1]);
  return [...inside, ...outside.filter(Number.isFinite).map(String), '1'.repeat(Number(bounds.totalDigits ?? 1))];
}

/** The value cut or repeated to the lengths the type names. */
function stretched({ bounds }: SimpleType, value: string): readonly string[] {
  const wanted = [bounds.length, bounds.minLength, bounds.maxLength].flatMap((b) => (b === undefined ? [] : Number(b)));
  const letters = [...(value === '' ? '1' : value)];
  return wanted
    .filter((n) => n > 0 && n <= 10_000)
    .map((n) => Array.from({ length: n }, (_, i) => letters[i % letters.length]).join(''));
}

/** Whether the value keeps the type's facets, as far as they can be judged without the schema engine. */
export function allows(type: SimpleType, value: string): boolean {
  return (
    type.patterns.every((step) => step.some((p) => fits(p, value))) &&
    Object.entries(type.bounds).every(([bound, limit]) => keeps(bound as Bound, limit, value, type.primitive)) &&
    lexical(type.primitive, value)
  );
}

const compiled = new Map<string, RegExp | undefined>();

function fits(pattern: string, value: string): boolean {
  if (!compiled.has(pattern)) compiled.set(pattern, asRegExp(pattern));
  return compiled.get(pattern)?.test(value) ?? false;
}

/** The dialects agree on what our schemas use; a pattern JavaScript cannot read fits nothing. */
function asRegExp(pattern: string): RegExp | undefined {
  for (const flags of ['u', ''])
    try {
      return new RegExp(`^(?:${pattern})$`, flags);
    } catch {
      // Escapes XSD allows and the Unicode mode does not: tried without it.
    }
  return undefined;
}

function keeps(bound: Bound, limit: string, value: string, primitive: string): boolean {
  const length = primitive === 'base64Binary' ? atob(value).length : [...value].length;
  const digits = value.replace(/\D/g, '').replace(/^0+(?=\d)/, '').length;
  const order = comparison(value, limit);
  switch (bound) {
    case 'length':
      return length === Number(limit);
    case 'minLength':
      return length >= Number(limit);
    case 'maxLength':
      return length <= Number(limit);
    case 'totalDigits':
      return digits <= Number(limit);
    case 'fractionDigits':
      return (value.split('.')[1] ?? '').length <= Number(limit);
    case 'minInclusive':
      return order >= 0;
    case 'maxInclusive':
      return order <= 0;
    case 'minExclusive':
      return order > 0;
    case 'maxExclusive':
      return order < 0;
  }
}

/** Numbers by size, days and instants by their text. */
function comparison(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}

function lexical(primitive: string, value: string): boolean {
  if (/^(string|normalizedString|token|anyURI|any.*)$/.test(primitive)) return true;
  if (primitive === 'boolean') return /^(true|false|1|0)$/.test(value);
  if (primitive === 'date') return /^\d{4}-\d{2}-\d{2}(Z|[+-]\d{2}:\d{2})?$/.test(value);
  if (primitive === 'dateTime') return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.test(value);
  if (primitive === 'time') return /^\d{2}:\d{2}:\d{2}/.test(value);
  if (primitive === 'gYear') return /^\d{4}$/.test(value);
  if (/^(decimal|float|double)$/.test(primitive)) return /^[+-]?\d+(\.\d+)?$/.test(value);
  if (/^(NCName|Name|QName|NMTOKEN|language)$/.test(primitive)) return /^[\p{L}_][\p{L}\d_.-]*$/u.test(value);
  if (primitive === 'base64Binary') return /^[A-Za-z\d+/]+={0,2}$/.test(value) && value.length % 4 === 0;
  if (primitive === 'hexBinary') return /^([\da-fA-F]{2})+$/.test(value);
  if (primitive in BY_PRIMITIVE) return BY_PRIMITIVE[primitive]?.includes(value) ?? false;
  return WHOLE_RANGES[primitive]?.(value) ?? /^[+-]?\d+$/.test(value);
}

const WHOLE_RANGES: Readonly<Record<string, (value: string) => boolean>> = {
  positiveInteger: (v) => /^0*[1-9]\d*$/.test(v),
  nonNegativeInteger: (v) => /^\d+$/.test(v),
  negativeInteger: (v) => /^-0*[1-9]\d*$/.test(v),
  byte: (v) => /^-?\d+$/.test(v) && Math.abs(Number(v)) < 128,
  short: (v) => /^-?\d+$/.test(v) && Math.abs(Number(v)) < 32_768,
  int: (v) => /^-?\d+$/.test(v) && Math.abs(Number(v)) < 2 ** 31,
};
