import { type Words, words } from './in-words.js';

/** Reads a value of unknown shape: the value, or undefined with what is wrong said in `problems`, naming the place. */
export type Reader<T> = (value: unknown, place: string, problems: Words[]) => T | undefined;

/** What no XML document may hold (names go into signed answers), what moves a terminal's cursor, what turns a line around. */
const UNPRINTABLE = /[^\P{Cc}\t\n\r]|\p{Cs}|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u;

export function text(longest: number): Reader<string> {
  return (value, place, problems) => {
    if (typeof value === 'string' && value.length <= longest) {
      if (!UNPRINTABLE.test(value)) return value;
      return wrong(problems, place, 'в тексте есть управляющие символы', 'the text holds control characters');
    }
    return wrong(
      problems,
      place,
      `нужен текст до ${longest} знаков`,
      `a text of up to ${longest} characters is needed`,
    );
  };
}

export const whole: Reader<number> = (value, place, problems) =>
  typeof value === 'number' && Number.isSafeInteger(value)
    ? value
    : wrong(problems, place, 'нужно целое число', 'a whole number is needed');

export function oneOf<T extends string>(...values: readonly T[]): Reader<T> {
  return (value, place, problems) =>
    values.find((v) => v === value) ??
    wrong(problems, place, `нужно одно из: ${values.join(', ')}`, `one of: ${values.join(', ')}`);
}

export function list<T>(read: Reader<T>): Reader<readonly T[]> {
  return (value, place, problems) => {
    if (!Array.isArray(value)) return wrong(problems, place, 'нужен список', 'a list is needed');
    const items = value.map((item, i) => read(item, `${place}[${i}]`, problems));
    // Where one is missing, a problem says so, and nobody reads the rest.
    return items as T[];
  };
}

/** An object with these fields and no others: a misspelt field is not silently nothing. */
export function record<T extends object>(
  needed: { readonly [K in keyof T]?: Reader<unknown> },
  optional: { readonly [K in keyof T]?: Reader<unknown> } = {},
): Reader<T> {
  return (value, place, problems) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return wrong(problems, place, 'нужен объект', 'an object is needed');
    const given = value as Readonly<Record<string, unknown>>;
    const readers = { ...needed, ...optional } as Readonly<Record<string, Reader<unknown>>>;
    for (const name of Object.keys(given))
      if (!Object.hasOwn(readers, name))
        wrong(problems, below(place, name), 'такого поля нет', 'there is no such field');
    for (const name of Object.keys(needed))
      if (given[name] === undefined) wrong(problems, below(place, name), 'поле обязательно', 'the field is needed');
    const present = Object.entries(readers).filter(([name]) => given[name] !== undefined);
    // Complete wherever no problem was said: callers look at the problems first.
    return Object.fromEntries(
      present.map(([name, read]) => [name, read(given[name], below(place, name), problems)]),
    ) as T;
  };
}

/** Reads a whole document: the value, or everything wrong with it. */
export function readWhole<T>(
  read: Reader<T>,
  value: unknown,
): { readonly value: T } | { readonly why: readonly Words[] } {
  const problems: Words[] = [];
  const made = read(value, '', problems);
  return made === undefined || problems.length > 0 ? { why: problems } : { value: made };
}

function below(place: string, name: string): string {
  return place === '' ? name : `${place}.${name}`;
}

function wrong(problems: Words[], place: string, ru: string, en: string): undefined {
  const where = place === '' ? '' : `${place}: `;
  problems.push(words(`${where}${ru}`, `${where}${en}`));
  return undefined;
}
