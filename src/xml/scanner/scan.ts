import { DEFAULT_LIMITS, MOST_DEPTH, MOST_NAMES, type XmlLimits } from '../limits.js';
import type { XmlProblemCode } from '../problem.js';
import { CLOSE_SIZE, ELEMENT_SIZE, LEAF_SIZE, NAME_SIZE, XML_NAMESPACE_NAME } from '../records.js';

/** What scanning functions return instead of the next position when the document is refused. */
export const REFUSED = -1;

const NO_SOURCE = Buffer.alloc(8);
const FIRST_RECORDS = 1 << 14;
const FIRST_ATTRIBUTES = 1 << 12;
/** Scratch beyond this many numbers is given back after the document that needed it. */
const KEPT = 1 << 18;

/** Name table: open addressing, never more than a quarter full. */
export const SLOTS = 1 << 14;
/** Entries of the cache of namespace names; a power of two. */
export const CACHE_SIZE = 64;

/**
 * The state of one scan. One instance a thread is used again and again; what a tree keeps is copied out of it, and
 * `begin` resets every counter, so nothing of a document is reachable from the next one.
 */
export class Scan {
  source: Buffer = NO_SOURCE;
  length = 0;
  limits: XmlLimits = DEFAULT_LIMITS;

  records = new Int32Array(FIRST_RECORDS);
  recordsEnd = 0;
  /** How many more nodes, and attributes, the limits allow. */
  nodesLeft = 0;
  attributesLeft = 0;
  attributes = new Int32Array(FIRST_ATTRIBUTES);
  attributesEnd = 0;
  declarations = new Int32Array(1 << 10);
  declarationsEnd = 0;

  /** Names by number, from 1; see records.ts. */
  readonly names = new Int32Array((2 * MOST_NAMES + 1) * NAME_SIZE);
  readonly nameHashes = new Int32Array(2 * MOST_NAMES + 1);
  readonly slots = new Int32Array(SLOTS);
  readonly usedSlots = new Int32Array(2 * MOST_NAMES + 1);
  namesEnd = 1;
  /** Names as written in the document, without the local parts interned beside them. */
  written = 0;
  /** The name scanned last. */
  name = 0;

  readonly prefixes = new Int32Array(2 * (MOST_NAMES + 2));
  prefixesEnd = 2;
  namespaces: string[] = [];
  quotedNamespaces: Uint8Array[] = [];
  namespaceNumbers = new Map<string, number>();

  /** Start, length and namespace of values seen, by a hash of their last bytes: most declarations repeat one before. */
  readonly valueCache = new Int32Array(3 * CACHE_SIZE);

  /** Namespace bound to each prefix here, -1 for none. */
  readonly bound = new Int32Array(MOST_NAMES + 2);
  inScope = 0;
  /** Pairs of prefix and its former binding, to be put back at the end tag. */
  undo = new Int32Array(1 << 10);
  undoEnd = 0;
  repeatedBytes = 0;

  depth = 0;
  readonly openElements = new Int32Array(MOST_DEPTH + 1);
  readonly openUndo = new Int32Array(MOST_DEPTH + 1);

  hasSupplementary = false;
  /** Of the attribute value scanned last. */
  plain = false;
  /** Of the reference scanned last. */
  character = 0;

  problem: XmlProblemCode = 'noRoot';
  problemAt = 0;
  problemDetail = '';

  begin(source: Buffer, length: number, limits: XmlLimits): void {
    this.source = source;
    this.length = length;
    this.limits = limits;
    for (let i = 1; i < this.namesEnd; i++) this.slots[this.usedSlots[i] as number] = 0;
    this.recordsEnd = this.attributesEnd = this.declarationsEnd = 0;
    this.nodesLeft = limits.nodes;
    this.attributesLeft = limits.attributesInAll;
    this.namesEnd = 1;
    this.written = this.name = 0;
    this.prefixesEnd = 2;
    this.undoEnd = this.inScope = this.repeatedBytes = this.depth = 0;
    this.bound[0] = 0;
    this.bound[1] = 1;
    this.hasSupplementary = false;
    this.valueCache.fill(0);
    this.addNamespace('');
    this.addNamespace(XML_NAMESPACE_NAME);
  }

  /** Gives a namespace its number. */
  addNamespace(name: string): number {
    const number = this.namespaces.push(name) - 1;
    this.quotedNamespaces.push(Buffer.from(`="${name}"`));
    this.namespaceNumbers.set(name, number);
    return number;
  }

  /** Lets go of the document, and of scratch that only a large one needs. */
  end(): void {
    this.source = NO_SOURCE;
    this.namespaces = [];
    this.quotedNamespaces = [];
    this.namespaceNumbers = new Map();
    if (this.records.length > KEPT) this.records = new Int32Array(FIRST_RECORDS);
    if (this.attributes.length > KEPT) this.attributes = new Int32Array(FIRST_ATTRIBUTES);
    if (this.declarations.length > KEPT) this.declarations = new Int32Array(1 << 10);
  }

  refuse(problem: XmlProblemCode, at: number, detail = ''): typeof REFUSED {
    this.problem = problem;
    this.problemAt = at;
    this.problemDetail = detail;
    return REFUSED;
  }

  /** A forbidden character, or the zero bytes that stand after the document. */
  refuseByte(at: number): typeof REFUSED {
    if (at >= this.length) return this.refuse('unclosed', this.length);
    const character = this.source.toString('utf8', at, at + 4).codePointAt(0) ?? 0;
    return this.refuse('character', at, `U+${character.toString(16).toUpperCase().padStart(4, '0')}`);
  }

  /** Room for one more record; counts nothing. */
  room(size: number): void {
    if (this.recordsEnd + size > this.records.length) this.records = grown(this.records, this.#mostRecords());
  }

  /** An empty element needs the most: both its records for four bytes of source. */
  #mostRecords(): number {
    const elements = Math.min(this.nodesLeft + 1, this.length >> 2);
    return this.recordsEnd + (ELEMENT_SIZE + CLOSE_SIZE) * elements + CLOSE_SIZE * (this.depth + 1);
  }

  /** Appends a TEXT, CDATA or COMMENT record; returns `next`, the position after it in the source. */
  leaf(kind: number, start: number, end: number, next: number): number {
    if (--this.nodesLeft < 0) return this.refuse('nodes', start);
    const at = this.recordsEnd;
    if (at + LEAF_SIZE > this.records.length) this.room(LEAF_SIZE);
    const { records } = this;
    records[at] = kind;
    records[at + 1] = start;
    records[at + 2] = end;
    this.recordsEnd = at + LEAF_SIZE;
    return next;
  }
}

/**
 * Twice the room; past what is kept, all that this document can still need, so that its memory is taken once. (Pages
 * not written to cost nothing. Transferring the buffer instead would slow every typed array of the thread for good.)
 */
export function grown(from: Int32Array<ArrayBuffer>, most = from.length * 2): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2 <= KEPT ? from.length * 2 : most);
  to.set(from);
  return to;
}

/** The first position from `p` that holds no white space. */
export function skipWhite(source: Uint8Array, p: number): number {
  let q = p;
  let c = source[q];
  while (c === 32 || c === 10 || c === 9) c = source[++q];
  return q;
}

export function sameBytes(source: Uint8Array, a: number, b: number, length: number): boolean {
  for (let k = 0; k < length; k++) if (source[a + k] !== source[b + k]) return false;
  return true;
}
