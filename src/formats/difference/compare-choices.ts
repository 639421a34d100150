import type { Phrase } from '../messages/phrase.js';
import type { GroupModel, Slot } from '../schema-model/index.js';
import { type Finding, found } from './change.js';
import { areExclusive, type Matched, nameOf, type Pair } from './match-slots.js';

/** What changed in who may stand beside whom, and in whether one of several must stand. */
export function compareChoices(matched: Matched, before: readonly Slot[], after: readonly Slot[]): readonly Finding[] {
  return [...exclusions(matched.pairs), ...demands(matched, before, after)];
}

function exclusions(pairs: readonly Pair[]): readonly Finding[] {
  const parted = new Set<Pair>();
  const united = new Set<Pair>();
  for (const [i, one] of pairs.entries())
    for (const other of pairs.slice(i + 1)) {
      const [was, now] = [areExclusive(one.a, other.a), areExclusive(one.b, other.b)];
      if (now && !was) [one, other].forEach((p) => void parted.add(p));
      if (was && !now) [one, other].forEach((p) => void united.add(p));
    }
  return [
    ...(parted.size > 0 ? [found('choice', 'breaking', words(parted, PARTED))] : []),
    ...(united.size > 0 ? [found('choice', 'compatible', words(united, UNITED))] : []),
  ];
}

const PARTED: Phrase = { ru: 'теперь стоит только один из:', en: 'now only one may stand of:' };
const UNITED: Phrase = { ru: 'могут стоять вместе:', en: 'may stand together:' };

function words(pairs: ReadonlySet<Pair>, begin: Phrase): Phrase {
  const names = [...pairs].map((p) => nameOf(p.a)).join(', ');
  return { ru: `${begin.ru} ${names}`, en: `${begin.en} ${names}` };
}

/** A choice that must be made now and did not have to be before. */
function demands({ pairs }: Matched, before: readonly Slot[], after: readonly Slot[]): readonly Finding[] {
  const demandedBefore = new Set(demandedChoices(before));
  return demandedChoices(after).flatMap((choice) => {
    const members = after.filter((s) => s.choices.some((c) => c.choice === choice));
    const known = pairs.filter((p) => members.includes(p.b));
    const met = known.some(
      ({ a }) => (a.choices.length === 0 && a.min > 0) || a.choices.some((c) => demandedBefore.has(c.choice)),
    );
    if (met) return [];
    const names = [...new Set(members.map(nameOf))].join(', ');
    return [
      known.length === 0
        ? found('added', 'breaking', { ru: `добавлен обязательный выбор из: ${names}`, en: `a required choice was added: ${names}` }) // biome-ignore format: one thought
        : found('choice', 'breaking', { ru: `теперь обязателен один из: ${names}`, en: `one is required now of: ${names}` }), // biome-ignore format: one thought
    ];
  });
}

/** Choices not inside another, of which every option demands an element. */
function demandedChoices(slots: readonly Slot[]): readonly GroupModel[] {
  const outermost = slots.flatMap((s) => (s.choices[0] !== undefined && s.choices[0].min > 0 ? [s.choices[0]] : []));
  const choices = [...new Set(outermost.map((c) => c.choice))];
  return choices.filter((choice) => {
    const of = outermost.find((c) => c.choice === choice)?.of ?? 0;
    const demanding = slots
      .filter((s) => s.min > 0 && s.choices[0]?.choice === choice)
      .map((s) => s.choices[0]!.option);
    return new Set(demanding).size === of;
  });
}
