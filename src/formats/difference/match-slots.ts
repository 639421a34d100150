import type { Slot } from '../schema-model/index.js';

/** A place of the older version and the same place of the newer one: the same local name, counted among equals. */
export interface Pair {
  readonly key: string;
  readonly a: Slot;
  readonly b: Slot;
}

export interface Matched {
  readonly pairs: readonly Pair[];
  readonly removed: readonly Slot[];
  readonly added: readonly Slot[];
}

export function nameOf({ part }: Slot): string {
  return part.kind === 'any' ? '*' : part.local;
}

/** `SNILS` and `snils`: an element whose name changed in its letters' case only is the same element. */
export function sameLetters(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Matches the places of two types by name; in the order of the older one. Renamed pairs are among the pairs too. */
export function matchSlots(before: readonly Slot[], after: readonly Slot[]): Matched & { renamed: readonly Pair[] } {
  const exact = matchNames(before, after);
  const renamed = exact.removed.flatMap((a) => {
    const like = exact.added.filter((b) => sameLetters(nameOf(a), nameOf(b)));
    return like.length === 1 ? [{ key: nameOf(like[0]!), a, b: like[0]! }] : [];
  });
  const all = [...exact.pairs, ...renamed].sort((x, y) => before.indexOf(x.a) - before.indexOf(y.a));
  return {
    pairs: all,
    renamed,
    removed: exact.removed.filter((slot) => !renamed.some((p) => p.a === slot)),
    added: exact.added.filter((slot) => !renamed.some((p) => p.b === slot)),
  };
}

function matchNames(before: readonly Slot[], after: readonly Slot[]): Matched {
  const [was, now] = [keyed(before), keyed(after)];
  const pairs = [...was].flatMap(([key, a]) => {
    const b = now.get(key);
    return b === undefined ? [] : [{ key, a, b }];
  });
  return {
    pairs,
    removed: [...was].flatMap(([key, slot]) => (now.has(key) ? [] : [slot])),
    added: [...now].flatMap(([key, slot]) => (was.has(key) ? [] : [slot])),
  };
}

function keyed(slots: readonly Slot[]): Map<string, Slot> {
  const found = new Map<string, Slot>();
  for (const slot of slots) {
    let [key, n] = [nameOf(slot), 1];
    while (found.has(key)) key = `${nameOf(slot)} ${++n}`;
    found.set(key, slot);
  }
  return found;
}

/** Whether only one of two places can be filled: they are options of a choice that stands once. */
export function areExclusive(one: Slot, other: Slot): boolean {
  return one.choices.some((c) =>
    other.choices.some((d) => c.choice === d.choice && c.option !== d.option && c.max <= 1),
  );
}

/** Pairs that left their order: those outside the longest run that kept it, unless nothing can stand beside them. */
export function movedPairs(pairs: readonly Pair[], after: readonly Slot[]): readonly Pair[] {
  const ordered = pairs.filter(({ a, b }) => !isUnordered(a) || !isUnordered(b));
  const places = ordered.map(({ b }) => after.indexOf(b));
  const kept = new Set(longestRise(places));
  return ordered.filter((pair, i) => {
    if (kept.has(i)) return false;
    return ordered.some((other, j) => {
      const inverted = i < j !== places[i]! < places[j]!;
      return inverted && !areExclusive(pair.a, other.a) && !areExclusive(pair.b, other.b);
    });
  });
}

function isUnordered({ groups }: Slot): boolean {
  return groups.some((g) => g.kind === 'all' || (g.kind === 'choice' && g.max > 1));
}

/** Indexes of a longest rising subsequence. */
function longestRise(numbers: readonly number[]): readonly number[] {
  const best: { length: number; before: number }[] = [];
  for (const [i, n] of numbers.entries()) {
    let chosen = { length: 1, before: -1 };
    for (let j = 0; j < i; j++)
      if (numbers[j]! < n && best[j]!.length + 1 > chosen.length) chosen = { length: best[j]!.length + 1, before: j };
    best.push(chosen);
  }
  let at = best.reduce((top, b, i) => (top < 0 || b.length > best[top]!.length ? i : top), -1);
  const found: number[] = [];
  for (; at >= 0; at = best[at]!.before) found.unshift(at);
  return found;
}
