/** Whether every text that fits one pattern fits another: exact for plain patterns (classes, literals, counts, alternatives), «don't know» for the rest. */

type Range = readonly [number, number];

interface Item {
  readonly set: readonly Range[];
  readonly min: number;
  readonly max: number;
}

/** A pattern as alternatives of sequences; undefined for anything subtler. */
type Plain = readonly (readonly Item[])[];

const EVERYTHING: readonly Range[] = [[0, 0x10ffff]];
const MOST_ALTERNATIVES = 64;

/** True when surely included; false when not, or when that cannot be told. `\d` counts as 0-9: nobody sends other digits. */
export function includes(wider: string, narrower: string): boolean {
  if (wider === narrower) return true;
  const [big, small] = [plain(wider), plain(narrower)];
  if (big === undefined || small === undefined) return false;
  return small.every((s) => big.some((b) => sequenceIncludes(b, s)));
}

/** Least and greatest length of a text that fits; undefined when that cannot be told. */
export function lengthRange(pattern: string): { readonly min: number; readonly max: number } | undefined {
  const alternatives = plain(pattern);
  if (alternatives === undefined) return undefined;
  const totals = alternatives.map(total);
  return { min: Math.min(...totals.map((t) => t.min)), max: Math.max(...totals.map((t) => t.max)) };
}

function total(items: readonly Item[]): { min: number; max: number } {
  return { min: items.reduce((n, i) => n + i.min, 0), max: items.reduce((n, i) => n + i.max, 0) };
}

function sequenceIncludes(big: readonly Item[], small: readonly Item[]): boolean {
  if (big.length === 1) {
    const [only] = big as [Item];
    const { min, max } = total(small);
    if (min >= only.min && max <= only.max && small.every((i) => covers(only.set, i.set))) return true;
  }
  return (
    big.length === small.length &&
    big.every((b, i) => covers(b.set, small[i]!.set) && b.min <= small[i]!.min && b.max >= small[i]!.max)
  );
}

function covers(big: readonly Range[], small: readonly Range[]): boolean {
  return small.every(([from, to]) => big.some(([low, high]) => low <= from && to <= high));
}

function plain(pattern: string): Plain | undefined {
  const reader = { text: pattern, at: 0 };
  const found = alternatives(reader);
  return found !== undefined && reader.at === pattern.length ? found.map(merged) : undefined;
}

interface Reader {
  readonly text: string;
  at: number;
}

function alternatives(r: Reader): Item[][] | undefined {
  const found: Item[][] = [];
  do {
    const branch = sequence(r);
    if (branch === undefined || found.length + branch.length > MOST_ALTERNATIVES) return undefined;
    found.push(...branch);
  } while (r.text[r.at] === '|' && r.at++ >= 0);
  return found;
}

/** One branch; a group inside multiplies it by its alternatives. */
function sequence(r: Reader): Item[][] | undefined {
  let made: Item[][] = [[]];
  while (r.at < r.text.length && r.text[r.at] !== '|' && r.text[r.at] !== ')') {
    const grouped = r.text[r.at] === '(';
    const parts = grouped ? group(r) : atom(r);
    if (parts === undefined || made.length * parts.length > MOST_ALTERNATIVES) return undefined;
    made = made.flatMap((before) => parts.map((part) => [...before, ...part]));
  }
  return made;
}

function group(r: Reader): Item[][] | undefined {
  r.at++;
  const inside = alternatives(r);
  if (inside === undefined || r.text[r.at++] !== ')') return undefined;
  const { min, max } = count(r);
  if (min === 1 && max === 1) return inside;
  // A repeated group is plain only when it may be absent or there once, or holds one item.
  if (min === 0 && max === 1) return [[], ...inside];
  const [only] = inside[0] ?? [];
  if (inside.length !== 1 || inside[0]?.length !== 1 || only === undefined) return undefined;
  return [[{ set: only.set, min: only.min * min, max: only.max * max }]];
}

function atom(r: Reader): Item[][] | undefined {
  const set = characters(r);
  return set && [[{ set, ...count(r) }]];
}

function characters(r: Reader): readonly Range[] | undefined {
  const c = nextCharacter(r);
  if (c === '[') return characterClass(r);
  if (c === '.') return EVERYTHING;
  if (c === '\\') return escaped(nextCharacter(r));
  return /[*+?{})]/.test(c) ? undefined : [pointRange(c)];
}

function characterClass(r: Reader): readonly Range[] | undefined {
  if (r.text[r.at] === '^') return undefined;
  const ranges: Range[] = [];
  while (r.at < r.text.length && r.text[r.at] !== ']') {
    const c = nextCharacter(r);
    // Subtraction: `[a-z-[aeiou]]`.
    if (c === '[') return undefined;
    const set = c === '\\' ? escaped(nextCharacter(r)) : [pointRange(c)];
    if (set === undefined) return undefined;
    const next = r.text[r.at + 1];
    if (r.text[r.at] === '-' && next !== undefined && next !== ']' && next !== '[' && set.length === 1) {
      r.at++;
      const end = nextCharacter(r);
      const high = (end === '\\' ? nextCharacter(r) : end).codePointAt(0) ?? 0;
      ranges.push([set[0]![0], high]);
    } else ranges.push(...set);
  }
  r.at++;
  return joined(ranges);
}

/** Sorted, neighbours and overlaps joined, so that one range covers what it can. */
function joined(ranges: readonly Range[]): readonly Range[] {
  const found: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = found.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}

function escaped(c: string): readonly Range[] | undefined {
  if (c === 'd') return [[48, 57]];
  if (c === 's') return joined([pointRange('\t'), pointRange('\n'), pointRange('\r'), pointRange(' ')]);
  return /[A-Za-z0-9]/.test(c) || c === '' ? undefined : [pointRange(c)];
}

function count(r: Reader): { min: number; max: number } {
  const written = r.text.slice(r.at).match(/^(?:\{(\d+)(,(\d*))?\}|[*+?])/);
  if (!written) return { min: 1, max: 1 };
  r.at += written[0].length;
  if (written[0] === '?') return { min: 0, max: 1 };
  if (written[0] === '*') return { min: 0, max: Number.POSITIVE_INFINITY };
  if (written[0] === '+') return { min: 1, max: Number.POSITIVE_INFINITY };
  const min = Number(written[1]);
  if (written[2] === undefined) return { min, max: min };
  return { min, max: written[3] === '' ? Number.POSITIVE_INFINITY : Number(written[3]) };
}

/** Neighbours of the same set counted together: `\d\d` is `\d{2}`. */
function merged(items: readonly Item[]): Item[] {
  const found: Item[] = [];
  for (const item of items) {
    const last = found.at(-1);
    if (last && JSON.stringify(last.set) === JSON.stringify(item.set))
      found[found.length - 1] = { set: item.set, min: last.min + item.min, max: last.max + item.max };
    else found.push(item);
  }
  return found;
}

function nextCharacter(r: Reader): string {
  const point = r.text.codePointAt(r.at);
  if (point === undefined) return '';
  const c = String.fromCodePoint(point);
  r.at += c.length;
  return c;
}

function pointRange(c: string): Range {
  const point = c.codePointAt(0) ?? 0;
  return [point, point];
}
