import {
  isNonCharacter,
  V_AMP,
  V_APOSTROPHE,
  V_C2,
  V_DELETE,
  V_EF,
  V_FORBIDDEN,
  V_FOUR,
  V_LESS,
  V_QUOTE,
  V_SPACE,
  VALUE_BYTE,
} from '../characters.js';
import {
  A_END,
  A_FLAGS,
  A_NAME,
  A_PLAIN,
  A_START,
  A_TIGHT,
  A_VALUE,
  A_VERBATIM,
  ATTRIBUTE_SIZE,
  N_LOCAL,
  N_PREFIX,
  NAME_SIZE,
  NO_PREFIX,
} from '../records.js';
import { DECLARES_DEFAULT, scanName } from './names.js';
import { declare } from './namespaces.js';
import { scanReference } from './references.js';
import { grown, REFUSED, type Scan, skipWhite } from './scan.js';

const EQUALS = 61;
const QUOTE = 34;
const APOSTROPHE = 39;

/**
 * Scans one attribute or namespace declaration at `p`. `tight`: one blank stands before it.
 * Returns the position after it; `scan.plain` says afterwards whether its tag may still be its own canonical form.
 */
export function scanAttribute(scan: Scan, p: number, tight: boolean): number {
  const { source } = scan;
  if (--scan.attributesLeft < 0) return scan.refuse('attributesInAll', p);
  const nameEnd = scanName(scan, p);
  if (nameEnd === REFUSED) return REFUSED;
  const name = scan.name;
  const equals = source[nameEnd] === EQUALS ? nameEnd : skipWhite(source, nameEnd);
  if (source[equals] !== EQUALS) return scan.refuse(equals < scan.length ? 'attribute' : 'unclosed', equals);
  let start = equals + 1;
  if (source[start] !== QUOTE) start = skipWhite(source, start);
  const quote = source[start] as number;
  if (quote !== QUOTE && quote !== APOSTROPHE)
    return scan.refuse(start < scan.length ? 'attribute' : 'unclosed', start);
  start++;
  const end = scanValue(scan, start, quote);
  if (end === REFUSED) return REFUSED;
  const kind = scan.names[name * NAME_SIZE + N_PREFIX] as number;
  if (kind < 0) {
    scan.plain = false;
    const prefix = kind === DECLARES_DEFAULT ? NO_PREFIX : (scan.names[name * NAME_SIZE + N_LOCAL] as number);
    return declare(scan, kind, prefix, p, start, end) === REFUSED ? REFUSED : end + 1;
  }
  if (scan.attributesEnd + ATTRIBUTE_SIZE > scan.attributes.length) {
    const most = scan.attributesEnd + ATTRIBUTE_SIZE * (scan.attributesLeft + 1);
    scan.attributes = grown(scan.attributes, most);
  }
  const isTight = tight && quote === QUOTE && start === nameEnd + 2;
  const flags = (scan.plain ? A_PLAIN : 0) | (isTight ? A_TIGHT : 0);
  const { attributes, attributesEnd } = scan;
  attributes[attributesEnd + A_NAME] = name;
  attributes[attributesEnd + A_START] = p;
  attributes[attributesEnd + A_VALUE] = start;
  attributes[attributesEnd + A_END] = end;
  attributes[attributesEnd + A_FLAGS] = flags;
  scan.attributesEnd = attributesEnd + ATTRIBUTE_SIZE;
  scan.plain = flags === A_VERBATIM;
  return end + 1;
}

/** Scans a value from `p` to its closing quote; sets `scan.plain`, returns the position of the quote. */
function scanValue(scan: Scan, p: number, quote: number): number {
  const { source } = scan;
  let plain = true;
  let q = p;
  for (;;) {
    const type = VALUE_BYTE[source[q] as number] as number;
    if (type === 0) {
      q++;
      continue;
    }
    if (type <= V_APOSTROPHE) {
      if (source[q] === quote) break;
      if (type === V_QUOTE) plain = false;
      q++;
    } else if (type === V_AMP) {
      plain = false;
      q = scanReference(scan, q);
      if (q === REFUSED) return REFUSED;
    } else if (type === V_LESS) return scan.refuse('lessThan', q);
    else if (type === V_FORBIDDEN) return scan.refuseByte(q);
    else if (type === V_SPACE || type === V_DELETE) {
      plain = false;
      q++;
    } else if (type === V_C2) {
      if ((source[q + 1] as number) < 0xa0) plain = false;
      q += 2;
    } else if (type === V_EF) {
      if (isNonCharacter(source, q)) return scan.refuseByte(q);
      q += 3;
    } else if (type === V_FOUR) {
      scan.hasSupplementary = true;
      q += 4;
    }
  }
  scan.plain = plain;
  return q;
}
