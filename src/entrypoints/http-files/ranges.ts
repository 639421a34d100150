/** `bytes=a-b`, `bytes=a-`, `bytes=-n`: [from, until). Undefined for none or for what is served whole (several ranges, other units). */
export function readRange(
  header: string | undefined,
  size: number,
): readonly [number, number] | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (match === null) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  if (first === '') return last === '0' || size === 0 ? 'unsatisfiable' : [Math.max(0, size - Number(last)), size];
  if (last !== '' && Number(last) < Number(first)) return undefined;
  if (Number(first) >= size) return 'unsatisfiable';
  return [Number(first), last === '' ? size : Math.min(size, Number(last) + 1)];
}

/** `bytes a-b/total` of a PUT: where it begins. Undefined where the header is none. */
export function readContentRange(header: string): { readonly from: number; readonly length: number } | undefined {
  const match = /^bytes (\d{1,15})-(\d{1,15})\/(?:\d{1,15}|\*)$/.exec(header.trim());
  if (match === null || Number(match[2]) < Number(match[1])) return undefined;
  return { from: Number(match[1]), length: Number(match[2]) - Number(match[1]) + 1 };
}
