/**
 * Byte classes of the scanner's three loops. Bytes of multi-byte sequences are of class 0 where only their
 * being well-formed UTF-8 matters (checked beforehand).
 */

type Range = readonly [from: number, to: number];

/** NameStartChar above U+007F, XML 1.0 5th edition production [4]. */
const NAME_START: readonly Range[] = [
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2ff],
  [0x370, 0x37d],
  [0x37f, 0x1fff],
  [0x200c, 0x200d],
  [0x2070, 0x218f],
  [0x2c00, 0x2fef],
  [0x3001, 0xd7ff],
  [0xf900, 0xfdcf],
  [0xfdf0, 0xfffd],
];
/** What NameChar adds above U+007F, production [4a]. */
const NAME_MORE: readonly Range[] = [
  [0xb7, 0xb7],
  [0x300, 0x36f],
  [0x203f, 0x2040],
];

function table(size: number, ...classes: readonly (readonly [value: number, ...ranges: Range[]])[]): Uint8Array {
  const t = new Uint8Array(size);
  for (const [value, ...ranges] of classes) for (const [from, to] of ranges) t.fill(value, from, to + 1);
  return t;
}

/** Classes of a byte in a name. */
export const NAME_BEGIN = 1;
export const NAME_CONTINUE = 2;
export const NAME_COLON = 4;
export const NAME_WIDE = 8;
/** First byte of U+0400…U+047F, all of which may begin a name. */
export const NAME_CYRILLIC = 16;
export const NAME_BYTE = table(
  256,
  [NAME_BEGIN, [65, 90], [97, 122], [95, 95]],
  [NAME_CONTINUE, [45, 46], [48, 57]],
  [NAME_COLON, [58, 58]],
  [NAME_WIDE, [0x80, 0xff]],
  [NAME_CYRILLIC, [0xd0, 0xd1]],
);

/** NAME_BEGIN, NAME_CONTINUE or 0 of a character of the basic plane above U+007F. */
const NAME_CHARACTER = table(0x10000, [NAME_BEGIN, ...NAME_START], [NAME_CONTINUE, ...NAME_MORE]);

export function nameClass(character: number): number {
  if (character >= 0x10000) return character <= 0xeffff ? NAME_BEGIN : 0;
  return NAME_CHARACTER[character] as number;
}

/** Classes of a byte in text. FORBIDDEN comes of a control character or the zero bytes after the end. */
export const T_LESS = 1;
export const T_AMP = 2;
export const T_GREATER = 3;
export const T_FORBIDDEN = 4;
export const T_DELETE = 5;
export const T_C2 = 6;
export const T_EF = 7;
export const T_FOUR = 8;
export const TEXT_BYTE = table(
  256,
  [T_FORBIDDEN, [0, 8], [11, 31]],
  [T_LESS, [60, 60]],
  [T_AMP, [38, 38]],
  [T_GREATER, [62, 62]],
  [T_DELETE, [127, 127]],
  [T_C2, [0xc2, 0xc2]],
  [T_EF, [0xef, 0xef]],
  [T_FOUR, [0xf0, 0xf4]],
);

/** Classes of a byte in an attribute value. */
export const V_QUOTE = 1;
export const V_APOSTROPHE = 2;
export const V_AMP = 3;
export const V_LESS = 4;
export const V_SPACE = 5;
export const V_FORBIDDEN = 6;
export const V_DELETE = 7;
export const V_C2 = 8;
export const V_EF = 9;
export const V_FOUR = 10;
export const VALUE_BYTE = table(
  256,
  [V_FORBIDDEN, [0, 8], [11, 31]],
  [V_QUOTE, [34, 34]],
  [V_APOSTROPHE, [39, 39]],
  [V_AMP, [38, 38]],
  [V_LESS, [60, 60]],
  [V_SPACE, [9, 10]],
  [V_DELETE, [127, 127]],
  [V_C2, [0xc2, 0xc2]],
  [V_EF, [0xef, 0xef]],
  [V_FOUR, [0xf0, 0xf4]],
);

/** Char, XML 1.0 production [2]. */
export function isCharacter(c: number): boolean {
  if (c < 0x20) return c === 9 || c === 10 || c === 13;
  return c <= 0xd7ff || (c >= 0xe000 && c <= 0xfffd) || (c >= 0x10000 && c <= 0x10ffff);
}

/** Whether the three bytes at `p` are U+FFFE or U+FFFF, the only ones of their class that XML forbids. */
export function isNonCharacter(source: Uint8Array, p: number): boolean {
  return source[p + 1] === 0xbf && (source[p + 2] as number) >= 0xbe;
}
