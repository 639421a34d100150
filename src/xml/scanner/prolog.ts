import { scanComment } from './content.js';
import { isWord, scanName } from './names.js';
import { REFUSED, type Scan, skipWhite } from './scan.js';

const LONGEST_DECLARATION = 512;
const DECLARATION =
  /^<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*("[^"<>]*"|'[^'<>]*')(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*("[A-Za-z][A-Za-z0-9._-]*"|'[A-Za-z][A-Za-z0-9._-]*'))?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*("yes"|"no"|'yes'|'no'))?[ \t\n]*\?>/;

/** Everything before the root element; returns the position of its `<`. */
export function scanProlog(scan: Scan): number {
  let p = 0;
  if (isWord(scan.source, 0, 5, '<?xml') && isBlankOrQuestion(scan.source[5] as number)) {
    p = scanDeclaration(scan);
    if (p === REFUSED) return REFUSED;
  }
  p = scanMisc(scan, p);
  if (p === REFUSED) return REFUSED;
  if (scan.source[p] !== 60) return p < scan.length ? scan.refuse('noRoot', p) : scan.refuse('noRoot', scan.length);
  return p;
}

/** Everything after the root element, from `p`. */
export function scanEpilog(scan: Scan, p: number): number {
  const end = scanMisc(scan, p);
  if (end === REFUSED) return REFUSED;
  return end < scan.length ? scan.refuse('trailing', end) : end;
}

function scanDeclaration(scan: Scan): number {
  const match = DECLARATION.exec(scan.source.toString('latin1', 0, Math.min(scan.length, LONGEST_DECLARATION)));
  if (match === null) return scan.refuse('declaration', 0);
  const [all, version = '', encoding] = match;
  if (version.slice(1, -1) !== '1.0')
    return scan.refuse(/^1\.[0-9]+$/.test(version.slice(1, -1)) ? 'version' : 'declaration', 0);
  if (encoding !== undefined && encoding.slice(1, -1).toUpperCase() !== 'UTF-8') {
    return scan.refuse('encoding', 0, encoding.slice(1, -1));
  }
  return all.length;
}

/** White space and comments; DOCTYPE and processing instructions are refused by policy. */
function scanMisc(scan: Scan, start: number): number {
  const { source } = scan;
  for (let p = start; ; ) {
    p = skipWhite(source, p);
    if (source[p] !== 60) return p;
    if (source[p + 1] === 33) {
      if (source[p + 2] === 45 && source[p + 3] === 45) p = scanComment(scan, p);
      else return scan.refuse(isWord(source, p, p + 9, '<!DOCTYPE') ? 'doctype' : 'markup', p);
      if (p === REFUSED) return REFUSED;
    } else if (source[p + 1] === 63) return refuseInstruction(scan, p);
    else return p;
  }
}

function refuseInstruction(scan: Scan, p: number): number {
  const end = scanName(scan, p + 2);
  const isDeclaration = end !== REFUSED && scan.source.toString('latin1', p + 2, end).toLowerCase() === 'xml';
  return scan.refuse(isDeclaration ? 'declaration' : 'instruction', p);
}

function isBlankOrQuestion(c: number): boolean {
  return c === 32 || c === 9 || c === 10 || c === 63;
}
