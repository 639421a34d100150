/** Seeded documents for comparing canonicalisers: the same seed gives the same document on every machine. */

export interface GeneratedOptions {
  /** Only namespaces that are URIs: libxml2's exclusive c14n gives up on others. */
  readonly asciiNamespaces?: boolean;
  /** Every element is in a namespace and no attribute has the prefix xml, as the SMEV transform wants. */
  readonly forSmev?: boolean;
}

type Random = (below: number) => number;

function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const LOCALS = ['a', 'b', 'Элемент', 'данные', 'x-1', '_y', 'c.d', 'Zed', 'Ёлка'];
const PREFIXES = ['p', 'q', 'ns1', 'пр', 'xsi'];
const ASCII = ['urn:a', 'urn:b', 'http://example.org/ns?x=1', 'urn:c'];
const CYRILLIC = [...ASCII, 'http://пф.рф/АФ/2017-08-21', 'urn:zz>y', "urn:d'e"];
const TEXTS = [
  'текст',
  ' ',
  '\n  ',
  '\t',
  '&#13;',
  '&#xD;\n',
  '&amp;',
  '&lt;x&gt;',
  '>',
  ']] ',
  ']&gt;',
  '"\'',
  '&#9;',
  '\u00a0',
  '\u0085',
  '\u2028',
  '\r\n',
  '\r',
  '&quot;&apos;',
  'x'.repeat(520),
  'a>b>>c',
  '\u007f',
];
const VALUES = [
  '',
  'v',
  'два слова',
  '&#10;',
  '&#x9;x',
  '\t',
  '\r\n',
  '&lt;&amp;',
  '>',
  '&gt;',
  '&#13;',
  '\u0085',
  '&#x416;',
];

class Generator {
  readonly #random: Random;
  readonly #options: GeneratedOptions;

  constructor(seed: number, options: GeneratedOptions) {
    this.#random = randomFrom(seed);
    this.#options = options;
  }

  document(): string {
    const r = this.#random;
    const declaration = r(3) === 0 ? '<?xml version="1.0" encoding="UTF-8"?>\n' : '';
    const before = r(4) === 0 ? '<!-- до -->\n' : '';
    const after = r(4) === 0 ? '\n<!-- после -->\n' : '';
    return `${declaration}${before}${this.#element(0, new Map([['', '']]))}${after}`;
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#random(from.length)] as T;
  }

  #element(depth: number, outer: ReadonlyMap<string, string>): string {
    const r = this.#random;
    const scope = new Map(outer);
    const parts: string[] = [];
    for (let i = r(4); i > 0; i--) this.#declare(scope, parts, this.#pick(['', ...PREFIXES]));
    if (this.#options.forSmev === true && scope.get('') === '') this.#declare(scope, parts, '');
    const bound = [...scope.keys()];
    const name = this.#name(this.#pick(bound));
    this.#attributes(scope, parts);
    const order = parts.map((part) => [r(1000), part] as const).sort((a, b) => a[0] - b[0]);
    const tag = name + order.map(([, part]) => this.#pick([' ', ' ', '  ', '\n']) + part).join('');
    if (r(6) === 0) return `<${tag}/>`;
    let content = '';
    for (let i = depth > 5 ? r(2) : r(5); i > 0; i--) content += this.#content(depth, scope);
    return `<${tag}${this.#pick(['', '', ' '])}>${content}</${name}${this.#pick(['', '', '\n'])}>`;
  }

  #declare(scope: Map<string, string>, parts: string[], prefix: string): void {
    const attribute = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
    if (parts.some((part) => part.startsWith(`${attribute}=`))) return;
    const mayBeEmpty = prefix === '' && this.#options.forSmev !== true && this.#random(3) === 0;
    const uri = mayBeEmpty ? '' : this.#pick(this.#options.asciiNamespaces === true ? ASCII : CYRILLIC);
    scope.set(prefix, uri);
    parts.push(`${attribute}="${uri}"`);
  }

  #attributes(scope: ReadonlyMap<string, string>, parts: string[]): void {
    const seen = new Set<string>();
    for (let i = this.#random(5); i > 0; i--) {
      const prefix = this.#pick(['', '', ...scope.keys()]);
      const local = this.#pick(LOCALS);
      const expanded = `${prefix === '' ? '' : scope.get(prefix)} ${local}`;
      if (seen.has(expanded)) continue;
      seen.add(expanded);
      const quote = this.#pick(['"', '"', "'"]);
      const value = this.#pick(VALUES) + this.#pick(['', quote === '"' ? "'" : '"']);
      parts.push(`${this.#name(prefix, local)}${this.#pick(['=', '=', ' = '])}${quote}${value}${quote}`);
    }
    if (this.#options.forSmev !== true && this.#random(8) === 0) parts.push('xml:lang="ru"');
  }

  #name(prefix: string, local = this.#pick(LOCALS)): string {
    return prefix === '' ? local : `${prefix}:${local}`;
  }

  #content(depth: number, scope: ReadonlyMap<string, string>): string {
    const r = this.#random;
    switch (r(6)) {
      case 0:
        return `<![CDATA[${this.#pick(['', ' ', 'x<y>&z', ']]', 'де"факто', '\r\n'])}]]>`;
      case 1:
        return `<!--${this.#pick(['', ' примечание ', ' - ', '<a>'])}-->`;
      case 2:
      case 3:
        return this.#pick(TEXTS) + (r(2) === 0 ? '' : this.#pick(['x', 'я', '1']));
      default:
        return this.#element(depth + 1, scope);
    }
  }
}

export function generatedDocument(seed: number, options: GeneratedOptions = {}): string {
  return new Generator(seed, options).document();
}
