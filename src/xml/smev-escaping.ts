/**
 * Escaping of the SMEV transform, step 9 of its description: that of the Woodstox writer, whose rule for `>` depends
 * on the length of the text and on what stands before.
 */

/** Longer texts are written in parts of this many UTF-16 units … */
const PART = 512;
/** … shorter ones than this by a simpler rule. */
const SHORT = 12;

/** Text content. `>` is escaped first in its part and after `]`; in longer texts after an escaped character too. */
export function smevText(s: string): string {
  if (!/[&<>\r\u007f-\u009f]/.test(s)) return s;
  if (s.length < SHORT) return escapeShort(s);
  let out = '';
  for (let at = 0; at < s.length; at += PART) out += escapePart(s.slice(at, at + PART));
  return out;
}

function escapeShort(s: string): string {
  return replaceEach(s, (i) => i === 0 || s[i - 1] === ']');
}

function escapePart(s: string): string {
  return replaceEach(s, (i, afterEscape) => i === afterEscape || s[i - 1] === ']');
}

/** `escapesGreater` hears the index of `>` and the index after the last escaped character (0 at the beginning). */
function replaceEach(s: string, escapesGreater: (i: number, afterEscape: number) => boolean): string {
  let out = '';
  let copied = 0;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    const isGreater = c === 62;
    const written = isGreater ? (escapesGreater(i, copied) ? '&gt;' : undefined) : textEscape(c);
    if (written === undefined) continue;
    out += s.slice(copied, i) + written;
    copied = i + 1;
  }
  return out + s.slice(copied);
}

function textEscape(c: number): string | undefined {
  if (c === 60) return '&lt;';
  if (c === 38) return '&amp;';
  return c === 13 || (c >= 0x7f && c <= 0x9f) ? `&#x${c.toString(16)};` : undefined;
}

/** A value in double quotes. */
export function smevAttribute(s: string): string {
  return s.replace(/[&<"\t\n\r\u007f-\u009f]/g, (c) => NAMED[c] ?? `&#x${c.charCodeAt(0).toString(16)};`);
}

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '"': '&quot;' };
