import { DECLARATIONS, DECLARATIONS_END, NO_PREFIX, PARENT, type TreeData, XML_PREFIX } from './records.js';
import { prefixText } from './strings.js';
import type { XmlTree } from './tree.js';

/** Which prefixes of the document a PrefixList names, by number; undefined for none. */
export function inclusiveOf(data: TreeData, prefixes: readonly string[] | undefined): Uint8Array | undefined {
  if (prefixes === undefined || prefixes.length === 0) return undefined;
  const count = data.prefixes.length / 2;
  const inclusive = new Uint8Array(count);
  for (let p = 0; p < count; p++) {
    if (p !== XML_PREFIX && prefixes.includes(p === NO_PREFIX ? '#default' : prefixText(data, p))) inclusive[p] = 1;
  }
  return inclusive;
}

/** Prefix and namespace of every binding in force at an element, the nearest one first seen. */
export function scopeAt(data: TreeData, element: number): Map<number, number> {
  const { records, declarations } = data;
  const scope = new Map<number, number>();
  for (let e = element; e >= 0; e = records[e + PARENT] as number) {
    const end = records[e + DECLARATIONS_END] as number;
    for (let d = records[e + DECLARATIONS] as number; d < end; d += 2) {
      const prefix = declarations[d] as number;
      if (!scope.has(prefix)) scope.set(prefix, declarations[d + 1] as number);
    }
  }
  return scope;
}

/** Every prefix of the document as a PrefixList names it: with all of them exclusive c14n gives what inclusive c14n does. */
export function prefixListOf({ data }: XmlTree): string[] {
  const list: string[] = [];
  for (let p = 0; p < data.prefixes.length / 2; p++) {
    if (p !== XML_PREFIX) list.push(p === NO_PREFIX ? '#default' : prefixText(data, p));
  }
  return list;
}
