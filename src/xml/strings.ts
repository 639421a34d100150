/** Strings of the tree, made from the source when they are asked for. */
import {
  A_END,
  A_FLAGS,
  A_PLAIN,
  A_VALUE,
  N_END,
  N_LOCAL_START,
  N_START,
  NAME_SIZE,
  NO_PREFIX,
  type TreeData,
  XML_PREFIX,
} from './records.js';
import { decodeAttribute } from './text.js';

/** A name as written, with its prefix. */
export function nameText(data: TreeData, name: number): string {
  const base = name * NAME_SIZE;
  return data.source.toString('utf8', data.names[base + N_START], data.names[base + N_END]);
}

export function localText(data: TreeData, name: number): string {
  const base = name * NAME_SIZE;
  return data.source.toString('utf8', data.names[base + N_LOCAL_START], data.names[base + N_END]);
}

export function prefixText(data: TreeData, prefix: number): string {
  if (prefix === NO_PREFIX) return '';
  if (prefix === XML_PREFIX) return 'xml';
  return data.source.toString('utf8', data.prefixes[2 * prefix], data.prefixes[2 * prefix + 1]);
}

/** The normalised value of the attribute record at `a`. */
export function attributeValue(data: TreeData, a: number): string {
  const { attributes, source } = data;
  const start = attributes[a + A_VALUE] as number;
  const end = attributes[a + A_END] as number;
  if (((attributes[a + A_FLAGS] as number) & A_PLAIN) !== 0) return source.toString('utf8', start, end);
  return decodeAttribute(source, start, end);
}
