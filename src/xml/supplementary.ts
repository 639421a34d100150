import type { XmlProblemCode } from './problem.js';
import {
  CDATA,
  CLOSE_AT,
  CLOSE_SIZE,
  COMMENT,
  ELEMENT,
  ELEMENT_SIZE,
  END,
  KIND_MASK,
  LEAF_SIZE,
  NAMESPACE,
  START,
  TEXT,
  type TreeData,
} from './records.js';
import { decodeText } from './text.js';

/** Why an element cannot be transformed. */
export interface Refused {
  problem: XmlProblemCode | undefined;
  at: number;
  detail: string;
}

const SUPPLEMENTARY = /[\u{10000}-\u{10ffff}]/u;

/**
 * Looks for a character above U+FFFF in an element: the operator wants emoji left out of signed content, and the
 * implementations in use do not agree on them.
 */
export function findSupplementary(data: TreeData, apex: number, exclude: number, refused: Refused): void {
  const { records, source, namespaces } = data;
  const last = records[apex + CLOSE_AT] as number;
  for (let i = apex; i <= last; ) {
    const kind = (records[i] as number) & KIND_MASK;
    if (i === exclude) {
      i = (records[i + CLOSE_AT] as number) + CLOSE_SIZE;
      continue;
    }
    if (kind === ELEMENT || kind === TEXT || kind === CDATA) {
      const start = records[i + START] as number;
      const end = records[i + END] as number;
      let text = kind === CDATA ? source.toString('utf8', start, end) : decodeText(source, start, end);
      if (kind === ELEMENT) text += namespaces[records[i + NAMESPACE] as number];
      const found = SUPPLEMENTARY.exec(text);
      if (found !== null) {
        refused.problem = 'smevCharacter';
        refused.at = start;
        refused.detail = `U+${(found[0].codePointAt(0) as number).toString(16).toUpperCase()}`;
        return;
      }
    }
    i += kind === ELEMENT ? ELEMENT_SIZE : kind >= TEXT && kind <= COMMENT ? LEAF_SIZE : CLOSE_SIZE;
  }
}
