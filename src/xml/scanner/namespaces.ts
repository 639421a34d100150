import { NO_NAMESPACE, XML_NAMESPACE, XML_PREFIX, XMLNS_NAMESPACE_NAME } from '../records.js';
import { decodeText } from '../text.js';
import { DECLARES_PREFIX } from './names.js';
import { CACHE_SIZE, grown, REFUSED, type Scan, sameBytes } from './scan.js';

/** libxml2 canonicalises `&` wrongly, and no writer agrees on the rest; see the architecture, decision 4. */
const REFUSED_IN_NAME = /[&<"\u0000-\u001f\u007f-\u009f]/;

/** Records `xmlns` or `xmlns:p` with the value at `start`…`end`; not in force before `bindDeclarations`. */
export function declare(scan: Scan, kind: number, prefix: number, at: number, start: number, end: number): number {
  const known = recalled(scan, start, end);
  const namespace = known > 0 ? known : namespaceNumber(scan, start, end);
  if (namespace === REFUSED) return REFUSED;
  if (kind === DECLARES_PREFIX && namespace === NO_NAMESPACE) {
    return scan.refuse('prefixUndeclared', at, prefixText(scan, prefix));
  }
  if ((namespace === XML_NAMESPACE) !== (prefix === XML_PREFIX)) return scan.refuse('prefixReserved', at);
  if (scan.declarationsEnd + 2 > scan.declarations.length) scan.declarations = grown(scan.declarations);
  scan.declarations[scan.declarationsEnd] = prefix;
  scan.declarations[scan.declarationsEnd + 1] = namespace;
  scan.declarationsEnd += 2;
  return 0;
}

function prefixText(scan: Scan, prefix: number): string {
  return scan.source.toString('utf8', scan.prefixes[2 * prefix], scan.prefixes[2 * prefix + 1]);
}

function cacheSlot(scan: Scan, start: number, end: number): number {
  const { source } = scan;
  return 3 * ((7 * (end - start) + 5 * (source[end - 1] as number) + (source[end - 2] as number)) & (CACHE_SIZE - 1));
}

/** The namespace whose name was written with the same bytes before in this document, 0 for none. */
function recalled(scan: Scan, start: number, end: number): number {
  const slot = cacheSlot(scan, start, end);
  const length = end - start;
  const from = scan.valueCache[slot] as number;
  if (length === 0 || (scan.valueCache[slot + 1] as number) !== length) return 0;
  return sameBytes(scan.source, from, start, length) ? (scan.valueCache[slot + 2] as number) : 0;
}

function namespaceNumber(scan: Scan, start: number, end: number): number {
  if (end - start > scan.limits.namespaceBytes) return scan.refuse('namespaceBytes', start);
  const name = decodeText(scan.source, start, end);
  if (REFUSED_IN_NAME.test(name)) return scan.refuse('namespaceName', start);
  if (name === XMLNS_NAMESPACE_NAME) return scan.refuse('prefixReserved', start);
  let number = scan.namespaceNumbers.get(name);
  if (number === undefined) {
    if (scan.namespaces.length > scan.limits.namespaces) return scan.refuse('namespaces', start);
    number = scan.addNamespace(name);
  }
  const slot = cacheSlot(scan, start, end);
  scan.valueCache[slot] = start;
  scan.valueCache[slot + 1] = end - start;
  scan.valueCache[slot + 2] = number;
  return number;
}

/** Puts the declarations from `first` in force. Repeats are refused here: XML 1.0, unique attributes. */
export function bindDeclarations(scan: Scan, first: number, at: number): number {
  const { declarations, bound, declarationsEnd } = scan;
  for (let d = first; d < declarationsEnd; d += 2) {
    const prefix = declarations[d] as number;
    for (let e = first; e < d; e += 2) {
      if (declarations[e] === prefix) return scan.refuse('duplicateAttribute', at, 'xmlns');
    }
    const former = bound[prefix] as number;
    if (former <= 0 && ++scan.inScope > scan.limits.namespacesInScope) return scan.refuse('namespacesInScope', at);
    if (scan.undoEnd + 2 > scan.undo.length) scan.undo = grown(scan.undo);
    scan.undo[scan.undoEnd] = prefix;
    scan.undo[scan.undoEnd + 1] = former;
    scan.undoEnd += 2;
    bound[prefix] = declarations[d + 1] as number;
  }
  return 0;
}

/** Takes back what an element bound. */
export function unbind(scan: Scan, to: number): void {
  const { bound, undo } = scan;
  while (scan.undoEnd > to) {
    scan.undoEnd -= 2;
    const former = undo[scan.undoEnd + 1] as number;
    if (former <= 0) scan.inScope--;
    bound[undo[scan.undoEnd] as number] = former;
  }
}
