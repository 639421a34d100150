/**
 * A reader of DER (X.690 §10) that copies nothing: the ASN.1 library refuses structures of ten thousand nodes and more,
 * and a real revocation list has several times that. Throws RangeError on malformed bytes; callers stand in `attempt`.
 */
export interface Tlv {
  readonly tag: number;
  /** Where the element starts, its contents start, and both end. */
  readonly start: number;
  readonly content: number;
  readonly end: number;
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  enumerated: 0x0a,
  sequence: 0x30,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;

/** The element at `at`, which must end within `limit`. Definite, minimal lengths and one-byte tags only. */
export function tlvAt(bytes: Uint8Array, at: number, limit: number): Tlv {
  const tag = bytes[at];
  let length = bytes[at + 1];
  if (at + 2 > limit || tag === undefined || length === undefined) throw new RangeError('DER ends inside an element');
  if ((tag & 0x1f) === 0x1f) throw new RangeError('DER tag number above 30');
  let content = at + 2;
  if (length >= 0x80) {
    const octets = length & 0x7f;
    if (octets === 0 || octets > 4 || content + octets > limit) throw new RangeError('DER length is not definite');
    length = 0;
    for (let i = 0; i < octets; i++) length = length * 256 + bytes[content + i]!;
    if (length < 0x80 || length < 256 ** (octets - 1)) throw new RangeError('DER length is not minimal');
    content += octets;
  }
  const end = content + length;
  if (end > limit) throw new RangeError('DER ends inside an element');
  return { tag, start: at, content, end };
}

/** The element at `at` when it bears `tag`; throws otherwise. */
export function expectTag(bytes: Uint8Array, at: number, limit: number, tag: number): Tlv {
  const tlv = tlvAt(bytes, at, limit);
  if (tlv.tag !== tag) throw new RangeError(`DER tag ${tlv.tag} where ${tag} belongs`);
  return tlv;
}

/** The elements inside a constructed one. */
export function childrenOf(bytes: Uint8Array, parent: Tlv): Tlv[] {
  const found: Tlv[] = [];
  for (let at = parent.content; at < parent.end; ) {
    const child = tlvAt(bytes, at, parent.end);
    found.push(child);
    at = child.end;
  }
  return found;
}

/** The only element of `bytes`: nothing may follow it. */
export function wholeSequence(bytes: Uint8Array): Tlv {
  const whole = expectTag(bytes, 0, bytes.length, TAG.sequence);
  if (whole.end !== bytes.length) throw new RangeError('bytes follow the DER');
  return whole;
}

export function sliceOf(bytes: Uint8Array, tlv: Tlv): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset + tlv.start, tlv.end - tlv.start);
}

export function contentOf(bytes: Uint8Array, tlv: Tlv): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset + tlv.content, tlv.end - tlv.content);
}

/** Dotted form of an OBJECT IDENTIFIER's contents. */
export function dottedOid(content: Uint8Array): string {
  if (content.length === 0 || content.length > 64) throw new RangeError('OID of no or too many octets');
  if (content.at(-1)! >= 0x80) throw new RangeError('OID ends inside an arc');
  let text = '';
  let [arc, start] = [0, 0];
  for (const [i, octet] of content.entries()) {
    arc = arc * 128 + (octet & 0x7f);
    if (octet >= 0x80) continue;
    const top = arc < 40 ? 0 : arc < 80 ? 1 : 2;
    // Arcs of UUIDs (2.25) do not fit a number: their octets stand for them, so that two never become equal.
    if (arc > Number.MAX_SAFE_INTEGER) text += `.x${Buffer.from(content.subarray(start, i + 1)).toString('hex')}`;
    else text += text === '' ? `${top}.${arc - top * 40}` : `.${arc}`;
    [arc, start] = [0, i + 1];
  }
  return text;
}

/** Milliseconds since 1970 of a UTCTime or GeneralizedTime as RFC 5280 §4.1.2.5 has them: seconds, Z, no fractions. */
export function timeOf(bytes: Uint8Array, tlv: Tlv): number {
  const text = contentOf(bytes, tlv).toString('latin1');
  const utc = tlv.tag === TAG.utcTime && /^(\d\d)(\d{10})Z$/.exec(text);
  const general = tlv.tag === TAG.generalizedTime && /^(\d{4})(\d{10})Z$/.exec(text);
  const found = utc || general;
  if (!found) throw new RangeError('time not in the form of RFC 5280');
  const year = utc ? (Number(found[1]) < 50 ? 2000 : 1900) + Number(found[1]) : Number(found[1]);
  const [month, day, hour, minute, second] = found[2]!.match(/\d\d/g)!.map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCMinutes() === minute;
  if (!same || hour > 23 || second > 59) throw new RangeError('no such moment');
  return date.getTime();
}
