/** XSD's collapse: TAB, LF, CR and blanks only; other Unicode spaces are characters like any other. */
export function collapse(text: string): string {
  return text.replace(/[\t\n\r ]+/g, ' ').replace(/^ | $/g, '');
}

const NAME_START =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const NCNAME = new RegExp(`^[${NAME_START}][${NAME_START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]*$`, 'u');

/** xs:NCName and xs:ID, already collapsed (Namespaces in XML §3, name characters of XML 1.0 fifth edition). */
export function isNcName(text: string): boolean {
  return NCNAME.test(text);
}

const DATE_TIME =
  /^(-?(?:[1-9]\d{4,}|\d{4}))-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?$/;

/** Minutes east of Greenwich at an instant, for the zone that texts without one are read in and ours are written in. */
export type OffsetAt = (ms: number) => number;

/** Moscow, the zone SMEV's own texts carry; no summer time since 2014. */
export const moscow: OffsetAt = () => 180;

/**
 * xs:dateTime in ms since 1970; undefined when it is none. A text without zone is read in `offsetAt`'s.
 * 24:00:00 is the next day's midnight (XSD 1.0 part 2 §3.2.7); year 0000 does not exist there.
 */
export function readDateTime(text: string, offsetAt: OffsetAt = moscow): number | undefined {
  const match = DATE_TIME.exec(collapse(text));
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const fraction = match[7] ?? '';
  if (year === 0 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return undefined;
  const midnight = hour === 24 && minute === 0 && second === 0 && /^(\.0+)?$/.test(fraction);
  if ((hour > 23 && !midnight) || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, Number(`${fraction.slice(1)}000`.slice(0, 3)));
  const local = date.getTime();
  const zone = match[8];
  if (zone === 'Z') return local;
  if (zone !== undefined) {
    const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
    return local - (zone[0] === '-' ? -minutes : minutes) * 60_000;
  }
  return local - offsetAt(local) * 60_000;
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** xs:dateTime with milliseconds and a numeric zone, as SMEV writes it: `2021-03-23T07:03:08.000+03:00`. */
export function writeDateTime(ms: number, offsetAt: OffsetAt): string {
  const offset = offsetAt(ms);
  const two = (n: number) => String(n).padStart(2, '0');
  const size = Math.abs(offset);
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return new Date(ms + offset * 60_000).toISOString().replace('Z', zone);
}

/** Octets of xs:base64Binary; undefined when the text is none. Blanks may stand anywhere; unused bits must be zero. */
export function readBase64(text: string): Buffer | undefined {
  const packed = text.replace(/[\t\n\r ]+/g, '');
  const octets = Buffer.from(packed, 'base64');
  // Node's decoder skips what it does not know: encoding back tells whether it did.
  return octets.toString('base64') === packed ? octets : undefined;
}

const URI_CHARACTER = "(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})";
const AUTHORITY =
  "(?:(?:[A-Za-z0-9\\-._~!$&'()*+,;=:]|%[0-9A-Fa-f]{2})*@)?(?:\\[[0-9A-Fa-f:.]+\\]|(?:[A-Za-z0-9\\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)(?::\\d*)?";
const PATH = `(?:/${URI_CHARACTER}*)*`;
const TAIL = `(?:\\?(?:${URI_CHARACTER}|[/?\\[\\]])*)?(?:#(?:${URI_CHARACTER}|[/?\\[\\]])*)?`;
const URI = new RegExp(`^[A-Za-z][A-Za-z0-9+\\-.]*:(?://${AUTHORITY}${PATH}|/?(?:${URI_CHARACTER}+${PATH})?)${TAIL}$`);
const RELATIVE = new RegExp(
  `^(?://${AUTHORITY}${PATH}|/?(?:(?:[A-Za-z0-9\\-._~!$&'()*+,;=@]|%[0-9A-Fa-f]{2})+${PATH})?|/(?:${URI_CHARACTER}+${PATH})?)${TAIL}$`,
);

/** xs:anyURI after collapse: what XLink §5.4 would escape (Cyrillic among it) counts as a plain character. */
export function isAnyUri(text: string): boolean {
  const escaped = text.replace(/[^\x21-\x7e]|[<>"{}|\\^`]/gu, '_');
  return URI.test(escaped) || RELATIVE.test(escaped);
}

/** Characters as XSD counts them: code points, not UTF-16 units. */
export function lengthOf(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) length--;
  }
  return length;
}
