import { Positions } from './positions.js';
import {
  A_NAME,
  A_NAMESPACE,
  ATTRIBUTE_SIZE,
  ATTRIBUTES,
  ATTRIBUTES_END,
  BLANK,
  CDATA,
  CLOSE_AT,
  CLOSE_SIZE,
  COMMENT,
  ELEMENT,
  ELEMENT_SIZE,
  END,
  KIND,
  KIND_MASK,
  LEAF_SIZE,
  N_END,
  N_LOCAL,
  N_LOCAL_START,
  NAME,
  NAME_SIZE,
  NAMESPACE,
  PARENT,
  START,
  TEXT,
  type TreeData,
} from './records.js';
import { attributeValue, localText, nameText } from './strings.js';
import { decodeText } from './text.js';

declare const ELEMENT_OF_A_TREE: unique symbol;

/** An element of one tree; a number that means nothing in another tree. */
export type XmlElement = number & { readonly [ELEMENT_OF_A_TREE]?: never };

export interface XmlAttribute {
  readonly namespace: string;
  readonly local: string;
  readonly value: string;
}

const NOT_WHITE = /[^ \t\n\r]/;

/** An immutable parsed document. Only elements have identity; strings are made when asked for. */
export class XmlTree {
  /** For the other files of this folder. */
  readonly data: TreeData;
  readonly root: XmlElement;
  #positions: Positions | undefined;

  constructor(data: TreeData) {
    this.data = data;
    this.root = data.root;
  }

  namespaceOf(element: XmlElement): string {
    return this.data.namespaces[this.#number(element, NAMESPACE)] as string;
  }

  localNameOf(element: XmlElement): string {
    return localText(this.data, this.#number(element, NAME));
  }

  /** As written, with its prefix. */
  qualifiedNameOf(element: XmlElement): string {
    return nameText(this.data, this.#number(element, NAME));
  }

  parentOf(element: XmlElement): XmlElement | undefined {
    const parent = this.#number(element, PARENT);
    return parent < 0 ? undefined : parent;
  }

  /** Element children in document order. */
  children(element: XmlElement): XmlElement[] {
    const found: XmlElement[] = [];
    for (let e = this.#firstChild(element); e !== -1; e = this.#nextSibling(e)) found.push(e);
    return found;
  }

  /** The first child of that name. */
  child(element: XmlElement, namespace: string, local: string): XmlElement | undefined {
    const number = this.data.namespaces.indexOf(namespace);
    if (number < 0) return undefined;
    const { records } = this.data;
    for (let e = this.#firstChild(element); e !== -1; e = this.#nextSibling(e)) {
      if (records[e + NAMESPACE] === number && this.#hasLocal(records[e + NAME] as number, local)) return e;
    }
    return undefined;
  }

  /** The whole text of an element without element children, comments left out; undefined when it has some. */
  textOf(element: XmlElement): string | undefined {
    const { records, source } = this.data;
    const end = this.#number(element, CLOSE_AT);
    let text = '';
    for (let i = element + ELEMENT_SIZE; i < end; i += LEAF_SIZE) {
      const kind = (records[i + KIND] as number) & KIND_MASK;
      const from = records[i + START] as number;
      const to = records[i + END] as number;
      if (kind === ELEMENT) return undefined;
      if (kind === TEXT) text += decodeText(source, from, to);
      else if (kind === CDATA) text += source.toString('utf8', from, to);
    }
    return text;
  }

  /** Whether a comment stands directly in the element. */
  hasComments(element: XmlElement): boolean {
    return this.#hasLeaf(element, (kind) => (kind & KIND_MASK) === COMMENT);
  }

  /** Whether text other than white space stands directly in the element. */
  hasText(element: XmlElement): boolean {
    const { records, source } = this.data;
    return this.#hasLeaf(element, (kind, i) => {
      const type = kind & KIND_MASK;
      if (type === COMMENT || (kind & BLANK) !== 0) return false;
      const from = records[i + START] as number;
      const to = records[i + END] as number;
      return NOT_WHITE.test(type === TEXT ? decodeText(source, from, to) : source.toString('utf8', from, to));
    });
  }

  attribute(element: XmlElement, local: string, namespace = ''): string | undefined {
    const { attributes, namespaces } = this.data;
    const end = this.#number(element, ATTRIBUTES_END);
    for (let a = this.#number(element, ATTRIBUTES); a < end; a += ATTRIBUTE_SIZE) {
      if (namespaces[attributes[a + A_NAMESPACE] as number] !== namespace) continue;
      if (this.#hasLocal(attributes[a + A_NAME] as number, local)) return attributeValue(this.data, a);
    }
    return undefined;
  }

  /** Attributes in the order written; namespace declarations are none. */
  attributes(element: XmlElement): XmlAttribute[] {
    const { attributes, namespaces } = this.data;
    const found: XmlAttribute[] = [];
    const end = this.#number(element, ATTRIBUTES_END);
    for (let a = this.#number(element, ATTRIBUTES); a < end; a += ATTRIBUTE_SIZE) {
      found.push({
        namespace: namespaces[attributes[a + A_NAMESPACE] as number] as string,
        local: localText(this.data, attributes[a + A_NAME] as number),
        value: attributeValue(this.data, a),
      });
    }
    return found;
  }

  /**
   * Every attribute whose local name is Id, ID, id (in whatever letters), with or without a namespace, and whose
   * value is the one asked for. A reference must find exactly one, however its reader tells identifiers.
   */
  idOccurrences(value: string): { element: XmlElement; attribute: string }[] {
    const { attributes } = this.data;
    const isId = this.#idNames();
    const found: { element: XmlElement; attribute: string }[] = [];
    for (let a = 0; a < attributes.length; a += ATTRIBUTE_SIZE) {
      const name = attributes[a + A_NAME] as number;
      if (isId[name] !== 1 || attributeValue(this.data, a) !== value) continue;
      found.push({ element: this.#ownerOf(a), attribute: nameText(this.data, name) });
    }
    return found;
  }

  /** 1-based line and column (in characters) of the element's `<` in the sender's document. */
  positionOf(element: XmlElement): { line: number; column: number } {
    const { line, column } = this.positions.at(this.#number(element, START));
    return { line, column };
  }

  /** Offset of the element's first byte in the sender's bytes. */
  startOf(element: XmlElement): number {
    return this.positions.offset(this.#number(element, START));
  }

  /** Offset after the element's last byte in the sender's bytes. */
  endOf(element: XmlElement): number {
    return this.positions.offset(this.data.records[this.#number(element, CLOSE_AT) + END] as number);
  }

  /** XPath in the document's own prefixed names; `[n]` where siblings of the name repeat. */
  pathOf(element: XmlElement): string {
    const parent = this.parentOf(element);
    const step = `/${this.qualifiedNameOf(element)}`;
    if (parent === undefined) return step;
    let before = 0;
    let after = 0;
    for (let e = this.#firstChild(parent); e !== -1; e = this.#nextSibling(e)) {
      if (e === element || !this.#sameName(e, element)) continue;
      if (e < element) before++;
      else after++;
    }
    return this.pathOf(parent) + step + (before + after > 0 ? `[${before + 1}]` : '');
  }

  get positions(): Positions {
    this.#positions ??= new Positions(this.data);
    return this.#positions;
  }

  #number(element: XmlElement, field: number): number {
    return this.data.records[element + field] as number;
  }

  #firstChild(element: XmlElement): number {
    return this.#elementFrom(element + ELEMENT_SIZE);
  }

  #nextSibling(element: XmlElement): number {
    return this.#elementFrom(this.#number(element, CLOSE_AT) + CLOSE_SIZE);
  }

  /** The element at or after record `i` before its parent closes, -1 for none. */
  #elementFrom(i: number): number {
    const { records } = this.data;
    for (let r = i; r < records.length; r += LEAF_SIZE) {
      const kind = (records[r] as number) & KIND_MASK;
      if (kind === ELEMENT) return r;
      if (kind < TEXT) return -1;
    }
    return -1;
  }

  #hasLeaf(element: XmlElement, test: (kind: number, i: number) => boolean): boolean {
    const { records } = this.data;
    const end = this.#number(element, CLOSE_AT);
    for (let i = element + ELEMENT_SIZE; i < end; ) {
      const kind = records[i] as number;
      if ((kind & KIND_MASK) === ELEMENT) i = (records[i + CLOSE_AT] as number) + CLOSE_SIZE;
      else if (test(kind, i)) return true;
      else i += LEAF_SIZE;
    }
    return false;
  }

  #sameName(a: XmlElement, b: XmlElement): boolean {
    const { records, names } = this.data;
    if (records[a + NAMESPACE] !== records[b + NAMESPACE]) return false;
    const local = (e: XmlElement) => names[(records[e + NAME] as number) * NAME_SIZE + N_LOCAL];
    return local(a) === local(b);
  }

  #hasLocal(name: number, local: string): boolean {
    const { names, source } = this.data;
    const from = names[name * NAME_SIZE + N_LOCAL_START] as number;
    const length = (names[name * NAME_SIZE + N_END] as number) - from;
    if (length < local.length || length > 3 * local.length) return false;
    for (let k = 0; k < local.length; k++) {
      const c = local.charCodeAt(k);
      if (c > 127) return localText(this.data, name) === local;
      if (source[from + k] !== c) return false;
    }
    return length === local.length;
  }

  #idNames(): Uint8Array {
    const { names, source } = this.data;
    const isId = new Uint8Array(names.length / NAME_SIZE);
    for (let n = 1; n < isId.length; n++) {
      const from = names[n * NAME_SIZE + N_LOCAL_START] as number;
      if ((names[n * NAME_SIZE + N_END] as number) - from !== 2) continue;
      if (((source[from] as number) | 32) === 105 && ((source[from + 1] as number) | 32) === 100) isId[n] = 1;
    }
    return isId;
  }

  #ownerOf(attribute: number): XmlElement {
    const { records } = this.data;
    let i = 0;
    for (;;) {
      const kind = (records[i] as number) & KIND_MASK;
      if (kind === ELEMENT) {
        if ((records[i + ATTRIBUTES_END] as number) > attribute) return i;
        i += ELEMENT_SIZE;
      } else i += kind < TEXT ? CLOSE_SIZE : LEAF_SIZE;
    }
  }
}
