/**
 * The SMEV transform over canonical octets, with the mistakes integrators' own ports of it make as switches. Diagnostic
 * only: without a switch it equals smevTransform, which alone decides.
 */
export interface TransformMistakes {
  /** How `>` in text is written; Woodstox escapes it only at the beginning of a part and after `]` or an escape. */
  readonly greater?: 'always' | 'never';
  readonly carriageReturn?: 'raw' | 'dropped';
  /** Texts are divided at references, so blank parts of a text are lost: the JDK's own reader and writer. */
  readonly dividesText?: true;
  readonly keepsBlanks?: true;
  readonly trimsTexts?: true;
  /** Canonical order of attributes: those without namespace first. */
  readonly canonicalOrder?: true;
  readonly closesEmpty?: true;
  /** Number of the first prefix; 1 by the rules. */
  readonly firstPrefix?: number;
  /** Attribute of the root that was not there yet. */
  readonly withoutRootAttribute?: string;
}

interface Scope {
  /** Prefix → namespace of the canonical form. */
  readonly bound: ReadonlyMap<string, string>;
  /** Namespace → prefix of the transformed form. */
  readonly named: ReadonlyMap<string, string>;
  readonly tag: string;
}

interface Attribute {
  readonly namespace: string;
  readonly local: string;
  readonly value: string;
}

/** In canonical form a start tag holds one blank before each attribute and every value stands in double quotes. */
const TOKENS = /<\/[^>]+>|<([^\s>]+)((?: [^\s=]+="[^"]*")*)>|([^<]+)/g;
const ATTRIBUTES = / ([^\s=]+)="([^"]*)"/g;
const BLANK = /^[\u0000-\u0020]*$/;

export function variantTransform(canonical: string, mistakes: TransformMistakes = {}): string {
  return new VariantTransform(mistakes).run(canonical);
}

class VariantTransform {
  readonly #mistakes: TransformMistakes;
  readonly #scopes: Scope[] = [];
  #counter: number;
  #out: string[] = [];

  constructor(mistakes: TransformMistakes) {
    this.#mistakes = mistakes;
    this.#counter = (mistakes.firstPrefix ?? 1) - 1;
  }

  run(canonical: string): string {
    for (const [, name, attributes, text] of canonical.matchAll(TOKENS)) {
      if (text !== undefined) this.#text(text);
      else if (name !== undefined) this.#open(name, attributes ?? '');
      else this.#out.push(`</${this.#scopes.pop()?.tag}>`);
    }
    const whole = this.#out.join('');
    return this.#mistakes.closesEmpty === true ? closeEmpty(whole) : whole;
  }

  #open(name: string, written: string): void {
    const above = this.#scopes.at(-1);
    const bound = new Map(above?.bound);
    const attributes: [string, string][] = [];
    for (const [, key = '', value = ''] of written.matchAll(ATTRIBUTES)) {
      if (key === 'xmlns') bound.set('', value);
      else if (key.startsWith('xmlns:')) bound.set(key.slice(6), value);
      else attributes.push([key, value]);
    }
    const named = new Map(above?.named);
    const declared: string[] = [];
    const prefixOf = (namespace: string): string => {
      const known = named.get(namespace);
      if (known !== undefined) return known;
      this.#counter++;
      const prefix = `ns${this.#counter}`;
      named.set(namespace, prefix);
      declared.push(` xmlns:${prefix}="${namespace}"`);
      return prefix;
    };
    const [prefix, local] = parts(name);
    const tag = `${prefixOf(bound.get(prefix) ?? '')}:${local}`;
    const own = attributes.map(([key, value]): Attribute => {
      const [p, l] = parts(key);
      return { namespace: p === '' ? '' : (bound.get(p) ?? ''), local: l, value };
    });
    const texts = this.#ordered(own)
      .filter((a) => above !== undefined || a.namespace !== '' || a.local !== this.#mistakes.withoutRootAttribute)
      .map((a) => ` ${a.namespace === '' ? '' : `${prefixOf(a.namespace)}:`}${a.local}="${attributeText(a.value)}"`);
    this.#out.push(`<${tag}${declared.join('')}${texts.join('')}>`);
    this.#scopes.push({ bound, named, tag });
  }

  #ordered(attributes: readonly Attribute[]): readonly Attribute[] {
    if (this.#mistakes.canonicalOrder === true) return attributes;
    const rank = (a: Attribute) => (a.namespace === '' ? 1 : 0);
    const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
    return [...attributes].sort(
      (a, b) => rank(a) - rank(b) || compare(a.namespace, b.namespace) || compare(a.local, b.local),
    );
  }

  #text(written: string): void {
    const { dividesText, keepsBlanks, trimsTexts, carriageReturn } = this.#mistakes;
    const pieces = dividesText === true ? written.split(/(&[^;]+;)/) : [written];
    const texts = pieces.map(unescaped).filter((text) => keepsBlanks === true || !BLANK.test(text));
    let text = texts.join('');
    if (trimsTexts === true) text = text.replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, '');
    if (carriageReturn === 'dropped') text = text.replaceAll('\r', '');
    if (text !== '') this.#out.push(this.#escaped(text));
  }

  /** Parts of 512 UTF-16 units, a simpler rule under 12: as the Woodstox writer has it. */
  #escaped(text: string): string {
    const { greater, carriageReturn } = this.#mistakes;
    let out = '';
    let escapedBefore = false;
    for (let i = 0; i < text.length; i++) {
      const c = text[i] as string;
      const code = text.charCodeAt(i);
      let escaped =
        c === '&' || c === '<' || (code >= 0x7f && code <= 0x9f) || (c === '\r' && carriageReturn === undefined);
      if (c === '>') {
        const byWoodstox: boolean =
          text[i - 1] === ']' || (text.length < 12 ? i === 0 : escapedBefore || i % 512 === 0);
        escaped = greater === undefined ? byWoodstox : greater === 'always';
      }
      out += escaped ? reference(c) : c;
      escapedBefore = escaped;
    }
    return out;
  }
}

function parts(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function reference(c: string): string {
  return NAMED[c] ?? `&#x${c.charCodeAt(0).toString(16)};`;
}

function attributeText(written: string): string {
  return unescaped(written).replace(/[&<"\t\n\r\u007f-\u009f]/g, reference);
}

/** Canonical octets hold these references and no other. */
function unescaped(written: string): string {
  return written.replace(/&(?:amp|lt|gt|quot|#x([0-9A-F]+));/g, (whole, hex: string | undefined) =>
    hex === undefined
      ? ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }[whole] as string)
      : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** `<a></a>` as `<a/>`. */
export function closeEmpty(octets: string): string {
  return octets.replace(/<([^\s>/]+)((?: [^\s=]+="[^"]*")*)><\/[^>]+>/g, '<$1$2/>');
}

/** Canonical octets without the blanks between tags. */
export function withoutBlanks(canonical: string): string {
  return canonical.replace(TOKENS, (token, _name, _attributes, text: string | undefined) =>
    text !== undefined && BLANK.test(text) ? '' : token,
  );
}
