/**
 * The escaping of text by the SMEV transform once more, on strings and as its description reads, to check the one in
 * bytes against: `>` is escaped first in a text of up to 11 characters and after `]`; in parts of 512 of a longer
 * one also after an escaped character.
 */
export function smevTextByStrings(text: string): string {
  if (/^[\u0000-\u0020]*$/.test(text)) return '';
  if (text.length < 12) return escaped(text, (i) => i === 0);
  let out = '';
  for (let at = 0; at < text.length; at += 512) out += escaped(text.slice(at, at + 512), (i, after) => i === after);
  return out;
}

function escaped(part: string, isFirst: (i: number, afterEscape: number) => boolean): string {
  let out = '';
  let afterEscape = 0;
  for (let i = 0; i < part.length; i++) {
    const c = part[i] as string;
    const isGreater = c === '>' && (isFirst(i, afterEscape) || part[i - 1] === ']');
    if (isGreater || /[&<\r\u007f-\u009f]/.test(c)) {
      out += NAMED[c] ?? `&#x${c.charCodeAt(0).toString(16)};`;
      afterEscape = i + 1;
    } else out += c;
  }
  return out;
}

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
