import fc from 'fast-check';
import { pick, type Random } from './random.js';
import type { Facets } from './schema-set.js';

/** Lexical values to try for each primitive; the generator keeps those the facets allow, mutations use them all. */
const literals: Readonly<Record<string, readonly string[]>> = {
  boolean: ['true', 'false', '1', '0'],
  date: ['2024-02-29', '1987-11-05', '2020-01-31', '2024-02-29Z', '2020-01-31+03:00'],
  dateTime: [
    '2024-02-29T10:20:30+03:00',
    '2021-12-31T23:59:59Z',
    '2024-02-29T10:20:30',
    '2024-02-29T10:20:30.125+03:00',
  ],
  decimal: ['0', '1', '12.5', '1500.00', '99999999.99', '0.125'],
  double: ['55.75', '-37.5', '0', '1e2'],
  integer: ['1', '07', '12', '123'],
  int: ['0', '-1', '7', '2147483647'],
  long: ['0', '5242880', '9223372036854775807'],
  positiveInteger: ['1', '2', '17'],
  nonNegativeInteger: ['0', '1', '40'],
  gYear: ['1999', '2024'],
  gMonth: ['--02', '--12'],
  time: ['10:20:30', '23:59:59+03:00'],
  NCName: ['requestPackage', 'данные', '_a'],
  anyURI: ['urn://egisso-ru/msg/10.06.S/1.1.0', 'http://пф.рф/формат'],
  base64Binary: ['', 'QUJD', 'QQ=='],
  string: ['а', 'Слово', 'text', '12'],
};

const pools = new Map<string, readonly string[]>();
let identifiers = 0;

/** A value the facets allow. */
export function sampleValue(random: Random, facets: Facets): string {
  if (facets.enumeration !== undefined) return pick(random, facets.enumeration);
  if (facets.primitive === 'ID') return `ID_${++identifiers}`;
  const key = JSON.stringify(facets);
  const pool = pools.get(key) ?? allowedValues(facets);
  pools.set(key, pool);
  return pick(random, pool);
}

function allowedValues(facets: Facets): readonly string[] {
  const tried =
    facets.primitive === 'string' && facets.patterns[0] !== undefined ? matching(facets) : literals[facets.primitive];
  const { length, minLength = 0 } = facets.bounds;
  const filled = facets.primitive === 'string' ? ['а', '1'].map((c) => c.repeat(length ?? minLength)) : [];
  const pool = [...(tried ?? []), ...filled].filter((value) => allows(facets, value));
  if (pool.length === 0) throw new Error(`no value for ${JSON.stringify(facets)}`);
  return pool;
}

function allows({ patterns, bounds }: Facets, value: string): boolean {
  const length = [...value].length;
  const digits = value.replace(/[^0-9]/g, '').replace(/^0+/, '').length;
  const fraction = (value.split('.')[1] ?? '').length;
  return (
    patterns.every((pattern) => javascript(pattern).test(value)) &&
    length >= (bounds.minLength ?? 0) &&
    length <= (bounds.maxLength ?? Number.POSITIVE_INFINITY) &&
    length === (bounds.length ?? length) &&
    digits <= (bounds.totalDigits ?? Number.POSITIVE_INFINITY) &&
    fraction <= (bounds.fractionDigits ?? Number.POSITIVE_INFINITY) &&
    !(Number(value) <= (bounds.minExclusive ?? Number.NaN)) &&
    !(Number(value) > (bounds.maxInclusive ?? Number.NaN))
  );
}

function matching(facets: Facets): string[] {
  const source = facets.patterns[0] as string;
  const maxLength = Math.min(facets.bounds.maxLength ?? 60, 60);
  return fc.sample(fc.stringMatching(javascript(source), { maxLength }), { seed: 7, numRuns: 40 });
}

/** The dialects agree on what our patterns use; a blank stands for `\s`, visible signs for `\S`, so that nothing foreign to XML is produced. */
function javascript(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern.replaceAll('\\s', ' ').replaceAll('\\S', '[!-~а-яА-Я]')})$`, 'u');
}

const strange = [
  '', ' ', '  ', 'x', 'я', '-', '№', '(', '"', "'", '\\', '/', '.', ',', '٣', '１', '\u00a0', '😀', '\n', '\t', 'a\nb',
  '0', '-0', '+1', '-1', '1', '2', '3', '4', '5', '7', '8', '00', '01', '05', '06', '007', '10', '12', '13', '99', '100', '1.', '.5', '1,5',
  '1.23', '1.234', '1.230', '1,23', '1.5', '12345.67', '1e3', 'INF', 'NaN', '2147483648', '9223372036854775808', '99999999999999999999999',
  'true', 'TRUE', 'false', 'True', '2023-02-29', '2024-02-30', '2024-13-01', '2024-1-1', '20240101', '0999-12-31', '0001-01-01',
  '1000-01-01', '2999-12-31', '3000-01-01', '-2024-01-01', '12024-01-01', '2024-01-01T00:00:00', '2024-01-01T24:00:00Z', '2024-01-01T10:00:00+01:00',
  '2024-01-01T10:00:00+02:00', '2024-01-01T10:00:00+12:00', '2024-01-01T10:00:00+13:00', '2024-01-01T10:00:00+03:30', '2024-01-01T10:00:00-03:00',
  '2024-01-01T10:00:00.5Z', '1999-01-01T10:00:00Z', '2024-01-01T25:00:00Z', '2024-01-01T10:60:00Z', '2024', '02024', '2024Z', '2024+03:00', '0000',
  'QUJD', 'QUJ', 'QQ=', '@@@@', 'http://a b', '%', ':', 'a:b', '1a', 'Male', 'male', 'REQUEST', 'text/plain', 'font/woff', 'application/',
]; // biome-ignore format: a table of values reads best unbroken

/** Values on both sides of what the facets allow: `near` their borders, and `far` from them. */
export function borderValues(random: Random, facets: Facets, value: string): { near: string[]; far: string[] } {
  const lengths = [facets.bounds.length, facets.bounds.maxLength, facets.bounds.minLength].filter(
    (n) => n !== undefined,
  );
  const sizes = lengths.flatMap((n) => [n - 1, n, n + 1]).filter((size) => size >= 0);
  const first = value[0] ?? '1';
  const sized = sizes.flatMap((size) => [first.repeat(size), '1'.repeat(size), 'а'.repeat(size), '😀'.repeat(size)]);
  const listed = (facets.enumeration ?? []).flatMap((item) => [item, `${item} `, `0${item}`, `${item}5`]);
  const place = Math.floor(random() * value.length);
  const replaced = ['0', 'a', 'Z', 'я', 'Ё', ' ', '-', '٣', '.'].map(
    (c) => value.slice(0, place) + c + value.slice(place + 1),
  );
  const stretched = [`${value} `, ` ${value}`, `${value}1`, value.slice(1), value.slice(0, -1)];
  const varied = [`${value}\n`, `${value}${value}`, value.toUpperCase(), value.toLowerCase()];
  const near = new Set([...sized, ...listed, ...stretched, ...replaced, ...(byPrimitive[facets.primitive] ?? [])]);
  return { near: [...near], far: [...new Set([...varied, ...strange])].filter((v) => !near.has(v)) };
}

/** Where a primitive type itself, or the facets our schemas put on it, draws its line. */
const byPrimitive: Readonly<Record<string, readonly string[]>> = {
  boolean: ['true', '1', 'TRUE', '2', ''],
  date: [
    '2024-02-29',
    '2023-02-29',
    '2024-02-29Z',
    '2024-02-29+03:00',
    '0999-12-31',
    '3000-01-01',
    '2024-02-29T00:00:00',
  ],
  dateTime: [
    '2024-02-29T10:20:30',
    '2024-02-29T10:20:30.5Z',
    '2024-02-29T10:20:30+01:00',
    '2024-02-29T10:20:30+13:00',
    '2024-02-29',
  ],
  decimal: ['1', '1.23', '1.234', '1,23', '-1', '1e3', '0', '0.001', '100', '100.0', '100.01'],
  double: ['1', '-0', '1e3', '1E400', 'INF', '+INF', 'NaN', '0x1', '1,5', ''],
  integer: ['0', '12', '123', '13', '00', '-1'],
  int: ['2147483647', '2147483648', '1.0'],
  long: ['9223372036854775807', '9223372036854775808'],
  positiveInteger: ['0', '1', '-1'],
  nonNegativeInteger: ['-1', '0', '1'],
  gYear: ['2024', '24', '2024Z', '20240', '1826', '1825'],
  gMonth: ['--01', '--13', '--1', '01', '--01Z'],
  time: ['10:20:30', '24:00:00', '25:00:00', '10:20', '10:20:30.5Z'],
  string: ['', 'x', 'Слово', '№', '('],
};
