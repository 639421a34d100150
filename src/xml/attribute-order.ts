import { A_NAME, A_NAMESPACE, N_END, N_LOCAL, N_LOCAL_START, NAME_SIZE, type TreeData } from './records.js';

/** Orders two names by code point; UTF-8 bytes stand in that order, UTF-16 code units do not. */
export function compareNames(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Canonical order of attributes (C14N §2.2): by namespace URI, then by local name; without namespace first. */
export function compareAttributes(data: TreeData, a: number, b: number): number {
  const { attributes, namespaces } = data;
  const n = attributes[a + A_NAMESPACE] as number;
  const m = attributes[b + A_NAMESPACE] as number;
  if (n !== m) return compareNames(namespaces[n] as string, namespaces[m] as string);
  return compareLocals(data, attributes[a + A_NAME] as number, attributes[b + A_NAME] as number);
}

function compareLocals(data: TreeData, a: number, b: number): number {
  const { names, source } = data;
  if (names[a * NAME_SIZE + N_LOCAL] === names[b * NAME_SIZE + N_LOCAL]) return 0;
  const aStart = names[a * NAME_SIZE + N_LOCAL_START] as number;
  const bStart = names[b * NAME_SIZE + N_LOCAL_START] as number;
  const aLength = (names[a * NAME_SIZE + N_END] as number) - aStart;
  const bLength = (names[b * NAME_SIZE + N_END] as number) - bStart;
  const n = Math.min(aLength, bLength);
  for (let k = 0; k < n; k++) {
    const difference = (source[aStart + k] as number) - (source[bStart + k] as number);
    if (difference !== 0) return difference;
  }
  return aLength - bLength;
}
