/** Just enough DER (X.690) to write certificates, lists and answers no well-behaved authority would issue. */
export function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  if (length > 65535) size.splice(0, 3, 0x83, length >> 16, (length >> 8) & 255, length & 255);
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

export const sequence = (...parts: readonly Uint8Array[]) => tlv(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]) => tlv(0x31, ...parts);
export const octets = (...parts: readonly Uint8Array[]) => tlv(0x04, ...parts);
export const bits = (content: Uint8Array, unused = 0) => tlv(0x03, Buffer.from([unused]), content);
export const bool = (value: boolean) => tlv(0x01, Buffer.from([value ? 0xff : 0]));
export const text = (value: string, tag = 0x0c) => tlv(tag, Buffer.from(value, tag === 0x0c ? 'utf8' : 'latin1'));
export const context = (n: number, constructed: boolean, ...parts: readonly Uint8Array[]) =>
  tlv((constructed ? 0xa0 : 0x80) | n, ...parts);

/** An INTEGER of these octets, as they are. */
export const integerOctets = (hex: string) => tlv(0x02, Buffer.from(hex, 'hex'));

export function integer(value: number): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return integerOctets(Number.parseInt(even.slice(0, 2), 16) > 127 ? `00${even}` : even);
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const arc = (value: number): number[] => {
    const octets = [value & 0x7f];
    for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128))
      octets.unshift((left & 0x7f) | 0x80);
    return octets;
  };
  return tlv(0x06, Buffer.from([first * 40 + second, ...rest].flatMap(arc)));
}

/** GeneralizedTime, which RFC 5280 wants from 2050 on and readers must take always. */
export function generalizedTime(at: number): Buffer {
  return tlv(0x18, Buffer.from(`${new Date(at).toISOString().replace(/\D/g, '').slice(0, 14)}Z`));
}

export function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/\D/g, '').slice(0, 14);
  return digits >= '2050' ? generalizedTime(at) : tlv(0x17, Buffer.from(`${digits.slice(2)}Z`));
}

/** Bits of a named bit list, bit 0 first, trailing zeroes off (X.690 §11.2.2). */
export function namedBits(...numbers: readonly number[]): Buffer {
  const highest = Math.max(...numbers);
  const content = Buffer.alloc((highest >> 3) + 1);
  for (const n of numbers) content[n >> 3]! |= 0x80 >> (n & 7);
  return bits(content, 7 - (highest & 7));
}
