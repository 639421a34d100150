import { compareAttributes, compareNames } from './attribute-order.js';
import { ByteWriter } from './byte-writer.js';
import { writeAttributeRange, writeTextRange } from './canonical-escaping.js';
import { inclusiveOf, scopeAt } from './inclusive-prefixes.js';
import { MOST_NAMES } from './limits.js';
import {
  A_END,
  A_FLAGS,
  A_NAME,
  A_NAMESPACE,
  A_PLAIN,
  A_START,
  A_VALUE,
  A_VERBATIM,
  ATTRIBUTE_SIZE,
  ATTRIBUTES,
  ATTRIBUTES_END,
  CDATA,
  CLOSE_AT,
  CLOSE_SIZE,
  CLOSES,
  DECLARATIONS,
  DECLARATIONS_END,
  ELEMENT,
  ELEMENT_SIZE,
  END,
  KIND_MASK,
  LEAF_SIZE,
  N_END,
  N_PREFIX,
  N_START,
  NAME,
  NAME_SIZE,
  NAMESPACE,
  NO_PREFIX,
  START,
  TEXT,
  type TreeData,
  VERBATIM,
  XML_PREFIX,
} from './records.js';
import { prefixText } from './strings.js';
import type { XmlElement, XmlTree } from './tree.js';

export interface CanonicalOptions {
  /** PrefixList of ec:InclusiveNamespaces; `#default` is the default namespace. */
  readonly inclusivePrefixes?: readonly string[];
  /** A descendant left out with all it holds: the enveloped-signature transform. */
  readonly exclude?: XmlElement;
}

/** Octets `start`…`end` of the canonical form are this element's. */
export interface CanonicalSpan {
  readonly element: XmlElement;
  readonly start: number;
  readonly end: number;
}

const XMLNS = Buffer.from(' xmlns');
const XMLNS_PREFIX = Buffer.from(' xmlns:');
const END_TAG = Buffer.from('</');
const NONE = -1;
const BLANK = 32;
const GREATER = 62;
const EQUALS_QUOTE = Buffer.from('="');
const QUOTE = 34;

/** Exclusive XML Canonicalization 1.0 without comments of one element. */
export function canonicalize(tree: XmlTree, element: XmlElement, options: CanonicalOptions = {}): Buffer {
  return canonicalizer.run(tree.data, element, options, []);
}

/** The same, with the places of some descendants (or the element itself) in the octets, in document order. */
export function canonicalizeWithSpans(
  tree: XmlTree,
  element: XmlElement,
  elements: readonly XmlElement[],
  options: CanonicalOptions = {},
): { octets: Buffer; spans: CanonicalSpan[] } {
  const wanted = [...new Set(elements)].sort((a, b) => a - b);
  const octets = canonicalizer.run(tree.data, element, options, wanted);
  return { octets, spans: canonicalizer.takeSpans() };
}

/** Scratch of one canonicalisation; used by one call at a time, wiped at its start. */
class Canonicalizer {
  readonly #writer = new ByteWriter();
  /** Namespace rendered last for each prefix by an output ancestor. */
  readonly #rendered = new Int32Array(MOST_NAMES + 2);
  #undo = new Int32Array(1 << 10);
  #undoEnd = 0;
  /** Length of `undo` at each open element. */
  #marks: number[] = [];
  #due: number[] = [];
  #inclusive: Uint8Array | undefined;
  #wanted: readonly number[] = [];
  #spans: { element: number; start: number; end: number }[] = [];

  run(data: TreeData, apex: number, options: CanonicalOptions, wanted: readonly number[]): Buffer {
    this.#writer.begin(data.source);
    this.#rendered.fill(NONE, 0, data.prefixes.length / 2);
    this.#rendered[NO_PREFIX] = 0;
    this.#rendered[XML_PREFIX] = 1;
    this.#undoEnd = 0;
    this.#marks = [];
    this.#inclusive = inclusiveOf(data, options.inclusivePrefixes);
    this.#wanted = wanted;
    this.#spans = [];
    this.#walk(data, apex, options.exclude ?? NONE);
    return this.#writer.end();
  }

  takeSpans(): CanonicalSpan[] {
    const spans = this.#spans;
    this.#spans = [];
    return spans;
  }

  #walk(data: TreeData, apex: number, exclude: number): void {
    const { records } = data;
    const writer = this.#writer;
    const last = records[apex + CLOSE_AT] as number;
    let next = 0;
    for (let i = apex; i <= last; ) {
      const flags = records[i] as number;
      const kind = flags & KIND_MASK;
      if (kind === ELEMENT) {
        if (i === exclude) {
          i = (records[i + CLOSE_AT] as number) + CLOSE_SIZE;
          continue;
        }
        while (next < this.#wanted.length && (this.#wanted[next] as number) < i) next++;
        if (this.#wanted[next] === i) this.#spans.push({ element: i, start: writer.position, end: 0 });
        this.#openTag(data, i, flags, i === apex);
        i += ELEMENT_SIZE;
      } else if (kind === TEXT) {
        const from = records[i + START] as number;
        const to = records[i + END] as number;
        if ((flags & VERBATIM) !== 0) writer.range(from, to);
        else writeTextRange(writer, data.source, from, to, false);
        i += LEAF_SIZE;
      } else if (kind < TEXT) {
        this.#closeTag(data, i, flags);
        i += CLOSE_SIZE;
      } else {
        if (kind === CDATA) {
          writeTextRange(writer, data.source, records[i + START] as number, records[i + END] as number, true);
        }
        i += LEAF_SIZE;
      }
    }
  }

  #openTag(data: TreeData, element: number, flags: number, isApex: boolean): void {
    const { records, names } = data;
    this.#marks.push(this.#undoEnd);
    const start = records[element + START] as number;
    if ((flags & VERBATIM) !== 0 && this.#isOwnCanonicalForm(data, element, isApex)) {
      this.#writer.range(start, records[element + END] as number);
      return;
    }
    const name = (records[element + NAME] as number) * NAME_SIZE;
    const length = (names[name + N_END] as number) - (names[name + N_START] as number);
    this.#writer.range(start, start + 1 + length);
    this.#writeDeclarations(data, element, isApex);
    this.#writeAttributes(data, element);
    this.#writer.byte(GREATER);
  }

  /** Whether no declaration is due and the attributes stand in canonical order. */
  #isOwnCanonicalForm(data: TreeData, element: number, isApex: boolean): boolean {
    const { records, names, attributes } = data;
    const rendered = this.#rendered;
    const prefix = names[(records[element + NAME] as number) * NAME_SIZE + N_PREFIX] as number;
    if (rendered[prefix] !== records[element + NAMESPACE] || (isApex && this.#inclusive !== undefined)) return false;
    const first = records[element + ATTRIBUTES] as number;
    const end = records[element + ATTRIBUTES_END] as number;
    for (let a = first; a < end; a += ATTRIBUTE_SIZE) {
      const p = names[(attributes[a + A_NAME] as number) * NAME_SIZE + N_PREFIX] as number;
      if (p !== NO_PREFIX && rendered[p] !== attributes[a + A_NAMESPACE]) return false;
      if (a > first && compareAttributes(data, a - ATTRIBUTE_SIZE, a) > 0) return false;
    }
    return true;
  }

  #closeTag(data: TreeData, i: number, flags: number): void {
    const { records, names } = data;
    const element = records[i + CLOSES] as number;
    if ((flags & VERBATIM) !== 0) this.#writer.range(records[i + START] as number, records[i + END] as number);
    else {
      const name = (records[element + NAME] as number) * NAME_SIZE;
      this.#writer.bytes(END_TAG);
      this.#writer.range(names[name + N_START] as number, names[name + N_END] as number);
      this.#writer.byte(GREATER);
    }
    if (this.#spans.length > 0) this.#closeSpan(element);
    const mark = this.#marks.pop() as number;
    while (this.#undoEnd > mark) {
      this.#undoEnd -= 2;
      this.#rendered[this.#undo[this.#undoEnd] as number] = this.#undo[this.#undoEnd + 1] as number;
    }
  }

  #closeSpan(element: number): void {
    const span = this.#spans.findLast((s) => s.element === element);
    if (span !== undefined) span.end = this.#writer.position;
  }

  /** Namespace nodes visibly utilised and not yet rendered so (exc-c14n §3), sorted by prefix. */
  #writeDeclarations(data: TreeData, element: number, isApex: boolean): void {
    const { records, names, attributes } = data;
    this.#due.length = 0;
    const prefix = names[(records[element + NAME] as number) * NAME_SIZE + N_PREFIX] as number;
    this.#use(prefix, records[element + NAMESPACE] as number);
    const end = records[element + ATTRIBUTES_END] as number;
    for (let a = records[element + ATTRIBUTES] as number; a < end; a += ATTRIBUTE_SIZE) {
      const p = names[(attributes[a + A_NAME] as number) * NAME_SIZE + N_PREFIX] as number;
      if (p > XML_PREFIX) this.#use(p, attributes[a + A_NAMESPACE] as number);
    }
    if (this.#inclusive !== undefined) this.#useInclusive(data, element, this.#inclusive, isApex);
    const due = this.#due;
    if (due.length > 1) due.sort((a, b) => compareNames(prefixText(data, a), prefixText(data, b)));
    for (let k = 0; k < due.length; k++) {
      const p = due[k] as number;
      if (p === NO_PREFIX) this.#writer.bytes(XMLNS);
      else {
        this.#writer.bytes(XMLNS_PREFIX);
        this.#writer.range(data.prefixes[2 * p] as number, data.prefixes[2 * p + 1] as number);
      }
      this.#writer.bytes(data.quotedNamespaces[this.#rendered[p] as number] as Uint8Array);
    }
  }

  #use(prefix: number, namespace: number): void {
    const former = this.#rendered[prefix] as number;
    if (former === namespace || prefix === XML_PREFIX) return;
    if (this.#undoEnd + 2 > this.#undo.length) {
      const larger = new Int32Array(this.#undo.length * 2);
      larger.set(this.#undo);
      this.#undo = larger;
    }
    this.#undo[this.#undoEnd] = prefix;
    this.#undo[this.#undoEnd + 1] = former;
    this.#undoEnd += 2;
    this.#rendered[prefix] = namespace;
    this.#due.push(prefix);
  }

  /** Prefixes of the PrefixList are rendered as inclusive c14n would (exc-c14n §3, rule 4). */
  #useInclusive(data: TreeData, element: number, inclusive: Uint8Array, isApex: boolean): void {
    if (isApex) {
      const scope = scopeAt(data, element);
      for (const [prefix, namespace] of scope) if (inclusive[prefix] === 1) this.#use(prefix, namespace);
      return;
    }
    const { records, declarations } = data;
    const end = records[element + DECLARATIONS_END] as number;
    for (let d = records[element + DECLARATIONS] as number; d < end; d += 2) {
      const prefix = declarations[d] as number;
      if (inclusive[prefix] === 1) this.#use(prefix, declarations[d + 1] as number);
    }
  }

  #writeAttributes(data: TreeData, element: number): void {
    const first = data.records[element + ATTRIBUTES] as number;
    const end = data.records[element + ATTRIBUTES_END] as number;
    if (end - first <= ATTRIBUTE_SIZE) {
      if (first < end) this.#writeAttribute(data, first);
      return;
    }
    const order: number[] = [];
    for (let a = first; a < end; a += ATTRIBUTE_SIZE) order.push(a);
    order.sort((a, b) => compareAttributes(data, a, b));
    for (const a of order) this.#writeAttribute(data, a);
  }

  #writeAttribute(data: TreeData, a: number): void {
    const { attributes, names, source } = data;
    const writer = this.#writer;
    const start = attributes[a + A_START] as number;
    const valueStart = attributes[a + A_VALUE] as number;
    const valueEnd = attributes[a + A_END] as number;
    const flags = attributes[a + A_FLAGS] as number;
    if (flags === A_VERBATIM) {
      writer.range(start - 1, valueEnd + 1);
      return;
    }
    const name = (attributes[a + A_NAME] as number) * NAME_SIZE;
    writer.byte(BLANK);
    writer.range(start, start + (names[name + N_END] as number) - (names[name + N_START] as number));
    writer.bytes(EQUALS_QUOTE);
    if ((flags & A_PLAIN) !== 0) writer.range(valueStart, valueEnd);
    else writeAttributeRange(writer, source, valueStart, valueEnd);
    writer.byte(QUOTE);
  }
}

const canonicalizer = new Canonicalizer();
