import { isUtf8 } from 'node:buffer';
import type { Refusal } from './plan.js';

/** Encodings a schema may be declared in, by the names declarations use. */
const DECODERS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'windows-1251': 'windows-1251',
  cp1251: 'windows-1251',
  'koi8-r': 'koi8-r',
  cp866: 'ibm866',
  ibm866: 'ibm866',
  'iso-8859-5': 'iso-8859-5',
  'iso-8859-1': 'windows-1252',
};
const DECLARATION = /^\s*<\?xml\b[^>]*?\?>/;

/**
 * The text of an XML document without byte-order mark and XML declaration, whatever encoding it came in: from here on it is UTF-8.
 * Bytes that are not what the document declares are refused, for what would be read is not what was written.
 */
export function decodeText(path: string, bytes: Uint8Array): string | Refusal {
  const [a, b, c] = bytes;
  if (a === 0xfe && b === 0xff) return decoded(path, bytes, 'utf-16be');
  if (a === 0xff && b === 0xfe) return decoded(path, bytes, 'utf-16le');
  if (a === 0 || b === 0)
    return refusal(
      path,
      'записан в UTF-16 или UTF-32 без метки порядка байтов (BOM)',
      'is UTF-16 or UTF-32 without a byte-order mark',
    );
  const marked = a === 0xef && b === 0xbb && c === 0xbf;
  const declared = declaredEncoding(bytes);
  const name = marked ? 'utf-8' : declared.toLowerCase();
  const known = DECODERS[name];
  if (known === undefined)
    return refusal(
      path,
      `объявляет кодировку ${declared}, которая не принимается`,
      `declares the encoding ${declared}, which is not accepted`,
    );
  if (known === 'utf-8' && !isUtf8(bytes))
    return refusal(
      path,
      'объявлен в UTF-8, а байты другие (похоже на windows-1251)',
      'is declared as UTF-8 but its bytes are not',
    );
  if (known !== 'utf-8' && isUtf8(bytes) && bytes.some((byte) => byte >= 0x80))
    return refusal(
      path,
      `объявлен в ${declared}, а байты — UTF-8`,
      `is declared as ${declared} but its bytes are UTF-8`,
    );
  return decoded(path, bytes, known);
}

function decoded(path: string, bytes: Uint8Array, encoding: string): string | Refusal {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    // What stands before the declaration's end is given up, its line feeds are not: lines keep their numbers.
    return text.replace(DECLARATION, '').replace(/\r\n?/g, '\n');
  } catch {
    return refusal(path, `не читается как ${encoding}`, `cannot be read as ${encoding}`);
  }
}

function declaredEncoding(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  return /^(?:\xEF\xBB\xBF)?\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([^"'>]{1,40})["']/.exec(head)?.[1] ?? 'UTF-8';
}

function refusal(path: string, ru: string, en: string): Refusal {
  return {
    code: 'encoding',
    document: path,
    ru: `Файл ${path} ${ru}. Сохраните его в UTF-8 и объявите encoding="UTF-8".`,
    en: `The file ${path} ${en}. Save it as UTF-8 and declare encoding="UTF-8".`,
  };
}
