import {
  isNonCharacter,
  T_AMP,
  T_C2,
  T_DELETE,
  T_EF,
  T_FORBIDDEN,
  T_FOUR,
  T_GREATER,
  T_LESS,
  TEXT_BYTE,
} from '../characters.js';
import {
  BLANK,
  CDATA,
  CLOSE,
  CLOSE_AT,
  CLOSE_SIZE,
  CLOSES,
  COMMENT,
  END,
  KIND,
  N_END,
  N_START,
  NAME,
  NAME_SIZE,
  PLAIN,
  START,
  TEXT,
  VERBATIM,
} from '../records.js';
import { isWord } from './names.js';
import { unbind } from './namespaces.js';
import { scanReference } from './references.js';
import { REFUSED, type Scan, sameBytes, skipWhite } from './scan.js';
import { nameText, scanStartTag } from './start-tag.js';

const LESS = 60;
const GREATER = 62;
const SLASH = 47;
const BANG = 33;
const QUESTION = 63;
const CLOSE_BRACKET = 93;

/** Scans the root element whose `<` stands at `p`; returns the position after its end tag. */
export function scanRoot(scan: Scan, p: number): number {
  const { source } = scan;
  let q = p;
  do {
    if (source[q] !== LESS) q = scanText(scan, q);
    else {
      const c = source[q + 1];
      if (c === SLASH) q = scanEndTag(scan, q);
      else if (c === BANG) q = scanSection(scan, q);
      else if (c === QUESTION) q = scan.refuse('instruction', q);
      else q = scanElement(scan, q);
    }
    if (q === REFUSED) return REFUSED;
  } while (scan.depth > 0);
  return q;
}

function scanElement(scan: Scan, p: number): number {
  const element = scan.recordsEnd;
  const q = scanStartTag(scan, p);
  if (q === REFUSED) return REFUSED;
  scan.openElements[scan.depth++] = element;
  // Before `>` stands a name, white space, a quote, or the slash of an empty element.
  if (scan.source[q - 2] === SLASH) close(scan, q, q, 0);
  return q;
}

function scanEndTag(scan: Scan, p: number): number {
  const { source, records, names } = scan;
  const name = (records[(scan.openElements[scan.depth - 1] as number) + NAME] as number) * NAME_SIZE;
  const start = names[name + N_START] as number;
  const length = (names[name + N_END] as number) - start;
  let q = p + 2 + length;
  if (!sameBytes(source, start, p + 2, length)) return mismatch(scan, p);
  let verbatim: number = VERBATIM;
  if (source[q] !== GREATER) {
    verbatim = 0;
    q = skipWhite(source, q);
    if (source[q] !== GREATER) return mismatch(scan, q >= scan.length ? q : p);
  }
  close(scan, p, q + 1, verbatim);
  return q + 1;
}

function mismatch(scan: Scan, at: number): number {
  if (at >= scan.length) return scan.refuse('unclosed', scan.length);
  const open = scan.openElements[scan.depth - 1] as number;
  return scan.refuse('endTag', at, nameText(scan, scan.records[open + NAME] as number));
}

/** Appends the CLOSE record of the innermost open element and takes its namespaces back. */
function close(scan: Scan, start: number, end: number, verbatim: number): void {
  scan.room(CLOSE_SIZE);
  const { records, recordsEnd } = scan;
  const element = scan.openElements[--scan.depth] as number;
  records[recordsEnd + KIND] = CLOSE | verbatim;
  records[recordsEnd + START] = start;
  records[recordsEnd + END] = end;
  records[recordsEnd + CLOSES] = element;
  records[element + CLOSE_AT] = recordsEnd;
  scan.recordsEnd = recordsEnd + CLOSE_SIZE;
  const undo = scan.openUndo[scan.depth] as number;
  if (scan.undoEnd > undo) unbind(scan, undo);
}

/** A comment or CDATA section at `p`, which holds `<!`. */
function scanSection(scan: Scan, p: number): number {
  const { source } = scan;
  if (source[p + 2] === 45 && source[p + 3] === 45) {
    const end = scanComment(scan, p);
    return end === REFUSED ? REFUSED : scan.leaf(COMMENT, p, end, end);
  }
  if (!isWord(source, p, p + 9, '<![CDATA[')) return scan.refuse('markup', p);
  const start = p + 9;
  for (let q = start; ; q++) {
    q = nextMark(scan, q, CLOSE_BRACKET);
    if (q === REFUSED) return REFUSED;
    if (source[q + 1] === CLOSE_BRACKET && source[q + 2] === GREATER) {
      return scan.leaf(CDATA, start, q, q + 3);
    }
  }
}

/** Scans the comment at `p`; returns the position after it. */
export function scanComment(scan: Scan, p: number): number {
  const { source } = scan;
  const hadSupplementary = scan.hasSupplementary;
  for (let q = p + 4; ; q++) {
    q = nextMark(scan, q, 45);
    if (q === REFUSED) return REFUSED;
    if (source[q + 1] !== 45) continue;
    scan.hasSupplementary = hadSupplementary;
    if (source[q + 2] === GREATER) return q + 3;
    return scan.refuse(q + 2 < scan.length ? 'comment' : 'unclosed', q);
  }
}

/** The next `mark` from `p`; every character on the way must be allowed in XML. */
function nextMark(scan: Scan, p: number, mark: number): number {
  const { source } = scan;
  for (let q = p; ; q++) {
    const c = source[q] as number;
    if (c === mark) return q;
    const type = TEXT_BYTE[c] as number;
    if (type < T_FORBIDDEN) continue;
    if (type === T_FORBIDDEN || (type === T_EF && isNonCharacter(source, q))) return scan.refuseByte(q);
    if (type === T_FOUR) scan.hasSupplementary = true;
  }
}

function scanText(scan: Scan, p: number): number {
  const { source } = scan;
  let q = skipWhite(source, p);
  if (source[q] === LESS) return scan.leaf(TEXT | VERBATIM | PLAIN | BLANK, p, q, q);
  let flags = VERBATIM | PLAIN;
  for (;;) {
    const type = TEXT_BYTE[source[q] as number] as number;
    if (type === 0) {
      q++;
      continue;
    }
    if (type === T_LESS) break;
    if (type === T_AMP) {
      const reference = q;
      q = scanReference(scan, q);
      if (q === REFUSED) return REFUSED;
      flags &= isCanonicalReference(source, reference, scan.character) ? ~PLAIN : ~(VERBATIM | PLAIN);
    } else if (type === T_GREATER) {
      if (q - 2 >= p && source[q - 1] === CLOSE_BRACKET && source[q - 2] === CLOSE_BRACKET) {
        return scan.refuse('cdataEnd', q - 2);
      }
      flags &= ~(VERBATIM | PLAIN);
      q++;
    } else if (type === T_FORBIDDEN) return scan.refuseByte(q);
    else if (type === T_DELETE) {
      flags &= ~PLAIN;
      q++;
    } else if (type === T_C2) {
      if ((source[q + 1] as number) < 0xa0) flags &= ~PLAIN;
      q += 2;
    } else if (type === T_EF) {
      if (isNonCharacter(source, q)) return scan.refuseByte(q);
      q += 3;
    } else if (type === T_FOUR) {
      scan.hasSupplementary = true;
      q += 4;
    }
  }
  return scan.leaf(TEXT | flags, p, q, q);
}

/** `&amp;`, `&lt;` and `&gt;` are written by c14n as they stand here. */
function isCanonicalReference(source: Uint8Array, at: number, character: number): boolean {
  return source[at + 1] !== 35 && (character === 38 || character === 60 || character === 62);
}
