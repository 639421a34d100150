import {
  A_NAME,
  A_NAMESPACE,
  ATTRIBUTE_SIZE,
  ATTRIBUTES,
  ATTRIBUTES_END,
  DECLARATIONS,
  DECLARATIONS_END,
  ELEMENT,
  ELEMENT_SIZE,
  END,
  KIND,
  N_END,
  N_LOCAL,
  N_PREFIX,
  N_START,
  NAME,
  NAME_SIZE,
  NAMESPACE,
  NO_NAMESPACE,
  NO_PREFIX,
  PARENT,
  START,
  VERBATIM,
} from '../records.js';
import { scanAttribute } from './attribute.js';
import { scanName } from './names.js';
import { bindDeclarations } from './namespaces.js';
import { REFUSED, type Scan, skipWhite } from './scan.js';

const GREATER = 62;
const SLASH = 47;
const BLANK = 32;

/** Scans the start tag at `p`, binds its namespaces and appends its record; returns the position after it. */
export function scanStartTag(scan: Scan, p: number): number {
  const { depth, limits } = scan;
  if (depth >= limits.depth) return scan.refuse('depth', p);
  if (--scan.nodesLeft < 0) return scan.refuse('nodes', p);
  let q = scanName(scan, p + 1);
  if (q === REFUSED) return REFUSED;
  const name = scan.name;
  if ((scan.names[name * NAME_SIZE + N_PREFIX] as number) < 0) return scan.refuse('prefixReserved', p);
  scan.room(ELEMENT_SIZE);
  const element = scan.recordsEnd;
  scan.recordsEnd = element + ELEMENT_SIZE;
  const { records } = scan;
  records[element + ATTRIBUTES] = scan.attributesEnd;
  records[element + DECLARATIONS] = scan.declarationsEnd;
  let verbatim: number = VERBATIM;
  if (scan.source[q] !== GREATER) {
    q = scanAttributes(scan, q);
    if (q === REFUSED) return REFUSED;
    if (!scan.plain) verbatim = 0;
  }
  records[element + KIND] = ELEMENT | verbatim;
  records[element + START] = p;
  records[element + END] = ++q;
  records[element + NAME] = name;
  records[element + ATTRIBUTES_END] = scan.attributesEnd;
  records[element + DECLARATIONS_END] = scan.declarationsEnd;
  records[element + PARENT] = depth === 0 ? -1 : (scan.openElements[depth - 1] as number);
  return resolveNames(scan, element, p) === REFUSED ? REFUSED : q;
}

/** Everything between the name and the closing `>`, whose position is returned. */
function scanAttributes(scan: Scan, p: number): number {
  const { source } = scan;
  let q = p;
  let verbatim = true;
  for (let count = 0; ; ) {
    const c = source[q] as number;
    if (c === GREATER) break;
    if (c === SLASH) {
      if (source[q + 1] !== GREATER) return scan.refuse(q + 1 < scan.length ? 'tag' : 'unclosed', q);
      verbatim = false;
      q++;
      break;
    }
    const next = skipWhite(source, q);
    if (next === q) return q >= scan.length ? scan.refuse('unclosed', q) : scan.refuse('tag', q);
    const tight = next === q + 1 && c === BLANK;
    q = next;
    if (source[q] === GREATER || source[q] === SLASH) {
      verbatim = false;
      continue;
    }
    if (++count > scan.limits.attributes) return scan.refuse('attributes', p);
    q = scanAttribute(scan, q, tight);
    if (q === REFUSED) return REFUSED;
    if (!scan.plain) verbatim = false;
  }
  scan.plain = verbatim;
  return q;
}

/** Resolves the prefixes of an element and its attributes (Namespaces in XML §6), refuses repeated attributes. */
function resolveNames(scan: Scan, element: number, p: number): number {
  const { records, names, bound } = scan;
  const first = records[element + DECLARATIONS] as number;
  scan.openUndo[scan.depth] = scan.undoEnd;
  if (first < scan.declarationsEnd && bindDeclarations(scan, first, p) === REFUSED) return REFUSED;
  const prefix = names[(records[element + NAME] as number) * NAME_SIZE + N_PREFIX] as number;
  const namespace = bound[prefix] as number;
  if (namespace < 0) return unbound(scan, records[element + NAME] as number, p);
  records[element + NAMESPACE] = namespace;
  if (countRepeated(scan, element, prefix, namespace) === REFUSED) return REFUSED;
  const from = records[element + ATTRIBUTES] as number;
  if (from === scan.attributesEnd) return 0;
  return resolveAttributes(scan, from, prefix, p);
}

function resolveAttributes(scan: Scan, from: number, elementPrefix: number, p: number): number {
  const { attributes, names, bound, attributesEnd } = scan;
  for (let a = from; a < attributesEnd; a += ATTRIBUTE_SIZE) {
    const name = attributes[a + A_NAME] as number;
    const prefix = names[name * NAME_SIZE + N_PREFIX] as number;
    if (prefix === NO_PREFIX) attributes[a + A_NAMESPACE] = NO_NAMESPACE;
    else {
      const namespace = bound[prefix] as number;
      if (namespace < 0) return unbound(scan, name, p);
      attributes[a + A_NAMESPACE] = namespace;
      if (prefix !== elementPrefix && addRepeated(scan, namespace, p) === REFUSED) return REFUSED;
    }
  }
  const repeated = attributesEnd - from > ATTRIBUTE_SIZE ? repeatedAttribute(scan, from) : 0;
  return repeated === 0 ? 0 : scan.refuse('duplicateAttribute', p, nameText(scan, repeated));
}

/** Past this many attributes a set is cheaper than comparing each with each. */
const FEW = 12 * ATTRIBUTE_SIZE;

/** The name of an attribute whose expanded name occurred before, 0 for none. */
function repeatedAttribute(scan: Scan, from: number): number {
  const { attributes, names, attributesEnd } = scan;
  const local = (a: number) => names[(attributes[a + A_NAME] as number) * NAME_SIZE + N_LOCAL] as number;
  if (attributesEnd - from > FEW) {
    const seen = new Set<number>();
    for (let a = from; a < attributesEnd; a += ATTRIBUTE_SIZE) {
      const key = local(a) * 65536 + (attributes[a + A_NAMESPACE] as number);
      if (seen.has(key)) return attributes[a + A_NAME] as number;
      seen.add(key);
    }
    return 0;
  }
  for (let a = from + ATTRIBUTE_SIZE; a < attributesEnd; a += ATTRIBUTE_SIZE) {
    for (let b = from; b < a; b += ATTRIBUTE_SIZE) {
      if (attributes[a + A_NAMESPACE] === attributes[b + A_NAMESPACE] && local(a) === local(b)) {
        return attributes[a + A_NAME] as number;
      }
    }
  }
  return 0;
}

/** An element that shares prefix and namespace with its parent never needs a declaration of its own. */
function countRepeated(scan: Scan, element: number, prefix: number, namespace: number): number {
  const parent = scan.records[element + PARENT] as number;
  if (parent >= 0 && scan.records[parent + NAMESPACE] === namespace) {
    const parentName = scan.records[parent + NAME] as number;
    if (scan.names[parentName * NAME_SIZE + N_PREFIX] === prefix) return 0;
  }
  return addRepeated(scan, namespace, scan.records[element + START] as number);
}

function addRepeated(scan: Scan, namespace: number, p: number): number {
  scan.repeatedBytes += (scan.quotedNamespaces[namespace] as Uint8Array).length;
  return scan.repeatedBytes > scan.limits.repeatedNamespaceBytes ? scan.refuse('repeatedNamespaceBytes', p) : 0;
}

function unbound(scan: Scan, name: number, p: number): number {
  return scan.refuse('prefixUnbound', p, nameText(scan, name));
}

export function nameText(scan: Scan, name: number): string {
  const { names } = scan;
  return scan.source.toString('utf8', names[name * NAME_SIZE + N_START], names[name * NAME_SIZE + N_END]);
}
