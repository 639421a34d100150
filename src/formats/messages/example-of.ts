/**
 * A string that fits an XSD pattern of the plain kind (literals, classes, groups, alternatives, counts), to show to a person.
 * Undefined for anything subtler, and for an example that JavaScript's reading of the pattern does not confirm.
 */
export function exampleOf(pattern: string): string | undefined {
  const reader = { text: pattern, at: 0 };
  const made = alternatives(reader);
  if (made === undefined || reader.at !== pattern.length || made.length > 60) return undefined;
  try {
    return new RegExp(`^(?:${pattern})$`).test(made) ? made : undefined;
  } catch {
    return undefined;
  }
}

interface Reader {
  readonly text: string;
  at: number;
}

/** The first alternative's example; the others are read only to get past them. */
function alternatives(r: Reader): string | undefined {
  const first = sequence(r);
  while (first !== undefined && r.text[r.at] === '|') {
    r.at++;
    if (sequence(r) === undefined) return undefined;
  }
  return first;
}

function sequence(r: Reader): string | undefined {
  let made = '';
  while (r.at < r.text.length && r.text[r.at] !== '|' && r.text[r.at] !== ')') {
    const piece = atom(r);
    if (piece === undefined) return undefined;
    made += piece.repeat(times(r));
  }
  return made;
}

function atom(r: Reader): string | undefined {
  const c = r.text[r.at++]!;
  if (c === '(') {
    const inner = alternatives(r);
    return r.text[r.at++] === ')' ? inner : undefined;
  }
  if (c === '[') return firstOfClass(r);
  if (c === '\\') return escaped(r.text[r.at++]);
  return c === '.' ? 'А' : c;
}

/** The first member of a class that is a letter or digit, else its first member. Negated and subtracted classes are not read. */
function firstOfClass(r: Reader): string | undefined {
  const end = r.text.indexOf(']', r.at);
  const inside = r.text.slice(r.at, end);
  if (end < 0 || inside.startsWith('^') || inside.includes('[') || inside.endsWith('\\')) return undefined;
  r.at = end + 1;
  const members = inside.match(/\\.|[\s\S]/g) ?? [];
  const first = members.find((m) => /[0-9A-Za-zА-я]|\\d/.test(m)) ?? members[0];
  return first === undefined ? undefined : first.startsWith('\\') ? escaped(first[1]) : first;
}

function escaped(c: string | undefined): string | undefined {
  if (c === 'd') return '1';
  if (c === 's') return ' ';
  if (c === 'S') return '1';
  if (c === 'w') return 'а';
  return c !== undefined && /[^A-Za-z0-9]/.test(c) ? c : undefined;
}

function times(r: Reader): number {
  const count = r.text.slice(r.at).match(/^(?:\{(\d+)(?:,\d*)?\}|[*+?])/);
  if (!count) return 1;
  r.at += count[0].length;
  return count[1] === undefined ? 1 : Number(count[1]);
}
