import { ByteWriter } from './byte-writer.js';
import { type XmlProblem, type XmlProblemCode, xmlProblem } from './problem.js';
import {
  A_END,
  A_FLAGS,
  A_NAME,
  A_NAMESPACE,
  A_PLAIN,
  A_VALUE,
  ATTRIBUTE_SIZE,
  ATTRIBUTES,
  ATTRIBUTES_END,
  BLANK,
  CDATA,
  CLOSE,
  CLOSE_AT,
  CLOSE_SIZE,
  CLOSES,
  COMMENT,
  ELEMENT,
  ELEMENT_SIZE,
  END,
  KIND_MASK,
  LEAF_SIZE,
  N_END,
  N_LOCAL_START,
  NAME,
  NAME_SIZE,
  NAMESPACE,
  NO_NAMESPACE,
  PLAIN,
  START,
  TEXT,
  type TreeData,
  XML_NAMESPACE,
} from './records.js';
import { writeSmevAttribute, writeSmevText } from './smev-escaping.js';
import { localText, nameText } from './strings.js';
import { findSupplementary, type Refused } from './supplementary.js';
import type { XmlElement, XmlTree } from './tree.js';

export interface SmevTransformOptions {
  /** A descendant left out with all it holds: the enveloped-signature transform. */
  readonly exclude?: XmlElement;
  /** For the published vectors only: CDATA sections stay, as when the transform reads a document and not canonical octets. */
  readonly keepCdata?: boolean;
  /** For the published vectors only: characters above U+FFFF pass. */
  readonly allowSupplementary?: boolean;
}

const NONE = -1;
const LESS = 60;
const SLASH = 47;
const BLANK_BYTE = 32;
const COLON = 58;
const GREATER = 62;
const QUOTE = 34;
const EQUALS_QUOTE = Buffer.from('="');
const XMLNS_PREFIX = Buffer.from(' xmlns:');
/** Java's `String.trim().isEmpty()`: up to U+0020, so NBSP is text. */
const NOT_BLANK = /[^\u0000-\u0020]/;

/**
 * The transform `urn://smev-gov-ru/xmldsig/transform` of one element, run on the tree: equal to running it on the
 * element's canonical octets. Prefixes ns1, ns2 … in order of need, blank texts dropped, attributes qualified first.
 */
export function smevTransform(
  tree: XmlTree,
  element: XmlElement,
  options: SmevTransformOptions = {},
): Buffer | XmlProblem {
  const { data } = tree;
  const exclude = options.exclude ?? NONE;
  const found: Refused = { problem: undefined, at: 0, detail: '' };
  if (data.hasSupplementary && options.allowSupplementary !== true) findSupplementary(data, element, exclude, found);
  const octets = found.problem === undefined ? transformer.run(data, element, options, found) : undefined;
  if (octets !== undefined) return octets;
  return xmlProblem(found.problem ?? 'smevNamespace', tree.positions.at(found.at), { detail: found.detail });
}

/** Scratch of one transform; used by one call at a time, wiped at its start. */
class Transformer {
  readonly #writer = new ByteWriter();
  /** Number of the prefix in force for each namespace, 0 for none. */
  #numbers = new Int32Array(1024);
  /** Last number given; never reset inside a fragment. */
  #counter = 0;
  /** Namespaces declared by the open elements, innermost last. */
  #declared: number[] = [];
  /** Length of `declared` before each open element. */
  #marks: number[] = [];

  run(data: TreeData, apex: number, options: SmevTransformOptions, refused: Refused): Buffer | undefined {
    this.#writer.begin(data.source);
    if (this.#numbers.length < data.namespaces.length) this.#numbers = new Int32Array(data.namespaces.length * 2);
    this.#numbers.fill(0, 0, data.namespaces.length);
    this.#counter = 0;
    this.#declared = [];
    this.#marks = [];
    const last = data.records[apex + CLOSE_AT] as number;
    const exclude = options.exclude ?? NONE;
    for (let i = apex; i <= last; ) {
      const kind = (data.records[i] as number) & KIND_MASK;
      if (kind === ELEMENT) {
        if (i !== exclude && !this.#openTag(data, i, refused)) {
          this.#writer.end();
          return undefined;
        }
        i = i === exclude ? (data.records[i + CLOSE_AT] as number) + CLOSE_SIZE : i + ELEMENT_SIZE;
      } else if (kind === TEXT || kind === CDATA) {
        i = options.keepCdata === true ? this.#separateText(data, i, kind) : this.#text(data, i, exclude);
      } else if (kind === COMMENT) i += LEAF_SIZE;
      else {
        this.#closeTag(data, data.records[i + CLOSES] as number);
        i += CLOSE_SIZE;
      }
    }
    return this.#writer.end();
  }

  #openTag(data: TreeData, element: number, refused: Refused): boolean {
    const { records } = data;
    const namespace = records[element + NAMESPACE] as number;
    if (namespace === NO_NAMESPACE) {
      return refuse(refused, 'smevNamespace', element, data, records[element + NAME] as number);
    }
    this.#marks.push(this.#declared.length);
    const first = this.#counter + 1;
    const writer = this.#writer;
    const number = this.#numberOf(namespace);
    writer.byte(LESS);
    this.#name(data, number, records[element + NAME] as number);
    const order = attributesInOrder(data, element);
    for (const a of order) {
      const n = data.attributes[a + A_NAMESPACE] as number;
      if (n === XML_NAMESPACE) {
        return refuse(refused, 'smevXmlAttribute', element, data, data.attributes[a + A_NAME] as number);
      }
      if (n !== NO_NAMESPACE) this.#numberOf(n);
    }
    for (let n = first; n <= this.#counter; n++) {
      writer.bytes(XMLNS_PREFIX);
      writer.numbered(n);
      const declared = this.#declared[this.#declared.length - 1 - this.#counter + n] as number;
      writer.bytes(data.quotedNamespaces[declared] as Uint8Array);
    }
    for (const a of order) this.#attribute(data, a);
    writer.byte(GREATER);
    return true;
  }

  #closeTag(data: TreeData, element: number): void {
    const { records } = data;
    this.#writer.byte(LESS);
    this.#writer.byte(SLASH);
    this.#name(
      data,
      this.#numbers[records[element + NAMESPACE] as number] as number,
      records[element + NAME] as number,
    );
    this.#writer.byte(GREATER);
    const mark = this.#marks.pop() as number;
    while (this.#declared.length > mark) this.#numbers[this.#declared.pop() as number] = 0;
  }

  /** The number in force for a namespace; a new one is declared on the current element. */
  #numberOf(namespace: number): number {
    if (this.#numbers[namespace] === 0) {
      this.#numbers[namespace] = ++this.#counter;
      this.#declared.push(namespace);
    }
    return this.#numbers[namespace] as number;
  }

  #name(data: TreeData, number: number, name: number): void {
    const base = name * NAME_SIZE;
    this.#writer.numbered(number);
    this.#writer.byte(COLON);
    this.#writer.range(data.names[base + N_LOCAL_START] as number, data.names[base + N_END] as number);
  }

  #attribute(data: TreeData, a: number): void {
    const { attributes, names } = data;
    const writer = this.#writer;
    const namespace = attributes[a + A_NAMESPACE] as number;
    const name = attributes[a + A_NAME] as number;
    writer.byte(BLANK_BYTE);
    if (namespace !== NO_NAMESPACE) this.#name(data, this.#numbers[namespace] as number, name);
    else writer.range(names[name * NAME_SIZE + N_LOCAL_START] as number, names[name * NAME_SIZE + N_END] as number);
    writer.bytes(EQUALS_QUOTE);
    const start = attributes[a + A_VALUE] as number;
    const end = attributes[a + A_END] as number;
    if (((attributes[a + A_FLAGS] as number) & A_PLAIN) === 0) writeSmevAttribute(writer, data.source, start, end);
    else writer.range(start, end);
    writer.byte(QUOTE);
  }

  /**
   * Text from record `i` on; returns the record after it. Sections, comments and the excluded element do not divide
   * text: exclusive c14n, which runs before, has made one text of it.
   */
  #text(data: TreeData, i: number, exclude: number): number {
    const { records } = data;
    const flags = records[i] as number;
    const next = (records[i + LEAF_SIZE] as number) & KIND_MASK;
    if ((flags & PLAIN) !== 0 && (next === CLOSE || (next === ELEMENT && i + LEAF_SIZE !== exclude))) {
      if ((flags & BLANK) === 0) this.#writer.range(records[i + START] as number, records[i + END] as number);
      return i + LEAF_SIZE;
    }
    let r = i;
    for (;;) {
      const kind = (records[r] as number) & KIND_MASK;
      if (kind === ELEMENT && r === exclude) r = (records[r + CLOSE_AT] as number) + CLOSE_SIZE;
      else if (kind >= TEXT) r += LEAF_SIZE;
      else break;
    }
    writeSmevText(this.#writer, { data, from: i, to: r });
    return r;
  }

  /** One text or section by itself, a section kept as one. */
  #separateText(data: TreeData, i: number, kind: number): number {
    const { records, source } = data;
    const next = i + LEAF_SIZE;
    if (kind === TEXT) writeSmevText(this.#writer, { data, from: i, to: next });
    else {
      const text = source.toString('utf8', records[i + START], records[i + END]);
      if (NOT_BLANK.test(text)) this.#writer.text(`<![CDATA[${text}]]>`);
    }
    return next;
  }
}

const NO_ATTRIBUTES: readonly number[] = [];
const transformer = new Transformer();

/** Qualified ones first by namespace and local name, then the others; Java's `String.compareTo`, as JavaScript's `<`. */
function attributesInOrder(data: TreeData, element: number): readonly number[] {
  const first = data.records[element + ATTRIBUTES] as number;
  const end = data.records[element + ATTRIBUTES_END] as number;
  if (first === end) return NO_ATTRIBUTES;
  const order: number[] = [];
  for (let a = first; a < end; a += ATTRIBUTE_SIZE) order.push(a);
  return order.length === 1 ? order : order.sort((a, b) => compareForSmev(data, a, b));
}

function compareForSmev(data: TreeData, a: number, b: number): number {
  const { attributes, namespaces } = data;
  const n = attributes[a + A_NAMESPACE] as number;
  const m = attributes[b + A_NAMESPACE] as number;
  if (n !== m) {
    if (n === NO_NAMESPACE) return 1;
    if (m === NO_NAMESPACE) return -1;
    return (namespaces[n] as string) < (namespaces[m] as string) ? -1 : 1;
  }
  const x = localText(data, attributes[a + A_NAME] as number);
  const y = localText(data, attributes[b + A_NAME] as number);
  return x < y ? -1 : x > y ? 1 : 0;
}

function refuse(refused: Refused, problem: XmlProblemCode, element: number, data: TreeData, name: number): false {
  refused.problem = problem;
  refused.at = data.records[element + START] as number;
  refused.detail = nameText(data, name);
  return false;
}
