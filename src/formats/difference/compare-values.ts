import type { Phrase } from '../messages/phrase.js';
import { allows } from '../sample-values.js';
import { type Bound, boundInWords, facetsInWords, type SimpleType, typeInWords } from '../schema-model/index.js';
import { type Finding, found, judged, wasNow } from './change.js';
import { includes, lengthRange } from './pattern-inclusion.js';

/** Built-in types and the ones they are a part of; a string takes any text. */
const PART_OF: Readonly<Record<string, string>> = {
  byte: 'short',
  short: 'int',
  int: 'long',
  long: 'integer',
  positiveInteger: 'nonNegativeInteger',
  unsignedByte: 'unsignedShort',
  unsignedShort: 'unsignedInt',
  unsignedInt: 'unsignedLong',
  unsignedLong: 'nonNegativeInteger',
  nonNegativeInteger: 'integer',
  integer: 'decimal',
  token: 'normalizedString',
  normalizedString: 'string',
};
const TYPE: Phrase = { ru: 'тип', en: 'type' };

/** How the values of a text changed, judged for those who write it. `name`: the element's or attribute's local name. */
export function compareValues(a: SimpleType, b: SimpleType, name: string): readonly Finding[] {
  if (a === b) return [];
  if (a.union || b.union || a.list || b.list) return compareCompound(a, b, name);
  if (a.primitive !== b.primitive) {
    const widened = isPartOf(a.primitive, b.primitive);
    const change = found('type', judged(!widened), wasNow(TYPE, typeName(a, b), typeName(b, a)));
    return widened ? [change, ...compareFacets(a, b, name)] : [change];
  }
  return compareFacets(a, b, name);
}

function isPartOf(narrow: string, wide: string): boolean {
  if (wide === 'string' || wide.startsWith('any')) return true;
  for (let type: string | undefined = narrow; type !== undefined; type = PART_OF[type]) if (type === wide) return true;
  return false;
}

/** In words; where both types have the same words, with the schema's name. */
function typeName(type: SimpleType, other: SimpleType): Phrase {
  const words = typeInWords(type);
  if (words.ru !== typeInWords(other).ru) return words;
  return { ru: `${words.ru} (${type.primitive})`, en: `${words.en} (${type.primitive})` };
}

function compareCompound(a: SimpleType, b: SimpleType, name: string): readonly Finding[] {
  const accepts = (wide: SimpleType, narrow: SimpleType): boolean =>
    (narrow.union ?? [narrow]).every((n) => (wide.union ?? [wide]).some((w) => takes(w, n, name)));
  const [forth, back] = [accepts(b, a), accepts(a, b)];
  return forth && back ? [] : [found('type', judged(!forth), wasNow(TYPE, described(a, name), described(b, name)))];
}

function takes(wide: SimpleType, narrow: SimpleType, name: string): boolean {
  if (wide.list || narrow.list)
    return wide.list !== undefined && narrow.list !== undefined && takes(wide.list, narrow.list, name);
  return compareValues(narrow, wide, name).every((f) => f.what.judgement === 'compatible');
}

function described(type: SimpleType, name: string): Phrase {
  const [words, facets] = [typeInWords(type), facetsInWords(type, name)];
  return {
    ru: [words.ru, ...facets.map((f) => f.ru)].join('; '),
    en: [words.en, ...facets.map((f) => f.en)].join('; '),
  };
}

function compareFacets(a: SimpleType, b: SimpleType, name: string): readonly Finding[] {
  const values = compareEnumerations(a, b);
  // A list of values says all: patterns and bounds matter only through it.
  if (a.enumeration !== undefined) return values;
  return [...values, ...comparePatterns(a, b, name), ...compareBounds(a, b)];
}

function compareEnumerations(a: SimpleType, b: SimpleType): readonly Finding[] {
  const was = a.enumeration?.map((e) => e.value);
  const now = b.enumeration?.map((e) => e.value);
  if (was === undefined && now === undefined) return [];
  if (was === undefined)
    return [found('facet', 'breaking', { ru: `теперь только из списка: ${listed(now!)}`, en: `now only one of: ${listed(now!)}` })]; // biome-ignore format: one thought
  const allowed = (value: string): boolean => (now === undefined ? allows(b, value) : now.includes(value));
  const lost = was.filter((value) => !allowed(value));
  const gained = (now ?? []).filter((value) => !was.includes(value));
  return [
    ...(lost.length > 0
      ? [found('facet', 'breaking', { ru: `больше не допускается: ${listed(lost)}`, en: `no longer allowed: ${listed(lost)}` })] // biome-ignore format: one thought
      : []),
    ...(gained.length > 0
      ? [found('facet', 'compatible', { ru: `допускается также: ${listed(gained)}`, en: `also allowed: ${listed(gained)}` })] // biome-ignore format: one thought
      : []),
    ...(now === undefined
      ? [found('facet', 'compatible', { ru: 'списка значений больше нет', en: 'no list of values any more' })]
      : []),
  ];
}

function listed(values: readonly string[]): string {
  return values.length > 12 ? `${values.slice(0, 12).join(', ')}… (${values.length})` : values.join(', ');
}

const PATTERN: Phrase = { ru: 'образец', en: 'pattern' };
const NONE: Phrase = { ru: 'без ограничения', en: 'no limit' };

function comparePatterns(a: SimpleType, b: SimpleType, name: string): readonly Finding[] {
  const implied = (step: readonly string[], by: SimpleType): boolean =>
    by.patterns.some((given) => given.every((narrow) => step.some((wide) => includes(wide, narrow))));
  const stricter = b.patterns.filter((step) => !implied(step, a));
  const looser = a.patterns.filter((step) => !implied(step, b));
  if (stricter.length === 0 && looser.length === 0) return [];
  const only = (type: SimpleType, patterns: readonly (readonly string[])[]): Phrase => {
    const words = facetsInWords({ primitive: type.primitive, patterns, bounds: {} }, name);
    return words.length === 0 ? NONE : { ru: words.map((w) => w.ru).join('; '), en: words.map((w) => w.en).join('; ') };
  };
  const [was, now] = [
    only(a, looser.length > 0 ? looser : a.patterns),
    only(b, stricter.length > 0 ? stricter : b.patterns),
  ];
  const shown = was.ru === now.ru ? ([raw(looser), raw(stricter)] as const) : ([was, now] as const);
  return [found('facet', judged(stricter.length > 0), wasNow(PATTERN, ...shown))];
}

/** Patterns themselves, where their words are the same. */
function raw(patterns: readonly (readonly string[])[]): Phrase {
  const text = patterns.map((step) => step.join(' | ')).join('; ');
  return text === '' ? NONE : { ru: text, en: text };
}

interface Side {
  readonly about: Phrase;
  readonly bounds: readonly Bound[];
  /** Whether the second limit leaves everything the first one did. */
  wider(was: Limit, now: Limit): boolean;
}

interface Limit {
  readonly value: number | string;
  readonly exclusive: boolean;
}

const LENGTH: Phrase = { ru: 'длина', en: 'length' };
const RANGE: Phrase = { ru: 'предел', en: 'limit' };
const SIDES: readonly Side[] = [
  { about: LENGTH, bounds: ['length', 'minLength'], wider: (was, now) => now.value <= was.value },
  { about: LENGTH, bounds: ['length', 'maxLength'], wider: (was, now) => now.value >= was.value },
  { about: RANGE, bounds: ['totalDigits'], wider: (was, now) => now.value >= was.value },
  { about: RANGE, bounds: ['fractionDigits'], wider: (was, now) => now.value >= was.value },
  {
    about: RANGE,
    bounds: ['minInclusive', 'minExclusive'],
    wider: (was, now) => now.value < was.value || (now.value === was.value && (!now.exclusive || was.exclusive)),
  },
  {
    about: RANGE,
    bounds: ['maxInclusive', 'maxExclusive'],
    wider: (was, now) => now.value > was.value || (now.value === was.value && (!now.exclusive || was.exclusive)),
  },
];

function compareBounds(a: SimpleType, b: SimpleType): readonly Finding[] {
  const findings = SIDES.flatMap((side) => {
    const [was, now] = [limitOf(a, side), limitOf(b, side)];
    if (was?.value === now?.value && was?.exclusive === now?.exclusive) return [];
    const known = was ?? impliedLimit(a, side);
    const breaks = now !== undefined && (known === undefined || !side.wider(known, now));
    return [found('facet', judged(breaks), wasNow(side.about, limitWords(a, side), limitWords(b, side)))];
  });
  // `length` is a least and a greatest length at once, and one text says both.
  const texts = new Set<string>();
  return findings
    .sort((x, y) => Number(y.what.judgement === 'breaking') - Number(x.what.judgement === 'breaking'))
    .filter(({ what }) => !texts.has(what.ru) && texts.add(what.ru));
}

function boundIn(type: SimpleType, side: Side): Bound | undefined {
  return side.bounds.find((bound) => type.bounds[bound] !== undefined);
}

function limitOf(type: SimpleType, side: Side): Limit | undefined {
  const bound = boundIn(type, side);
  const text = bound && type.bounds[bound];
  if (bound === undefined || text === undefined) return undefined;
  const number = Number(text);
  return { value: Number.isNaN(number) ? text : number, exclusive: bound.endsWith('Exclusive') };
}

/** A pattern bounds the length as well. */
function impliedLimit(type: SimpleType, { about, bounds }: Side): Limit | undefined {
  if (about !== LENGTH) return undefined;
  const ranges = type.patterns.map((step) => step.map(lengthRange));
  const least = bounds.includes('minLength');
  const limits = ranges.flatMap((step) => {
    const known = step.flatMap((range) => (range === undefined ? [] : [least ? range.min : range.max]));
    if (known.length < step.length) return [];
    return least ? Math.min(...known) : Math.max(...known);
  });
  if (limits.length === 0) return least ? { value: 0, exclusive: false } : undefined;
  return { value: least ? Math.max(...limits) : Math.min(...limits), exclusive: false };
}

function limitWords(type: SimpleType, side: Side): Phrase {
  const bound = boundIn(type, side);
  return bound === undefined ? NONE : boundInWords(bound, type.bounds[bound] ?? '');
}
