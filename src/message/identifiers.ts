/** MessageID: lower-case UUID of RFC 4122 version 1 (time based); its clock decides what is stale. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** 100-nanosecond intervals between 1582-10-15 and 1970-01-01 (RFC 4122 §4.1.4). */
const GREGORIAN_OFFSET = 0x01b21dd213814000n;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** True for a lower-case UUID whose version nibble is 1 and whose variant is RFC 4122's. */
export function isMessageId(text: string): boolean {
  return UUID.test(text) && text[14] === '1' && '89ab'.includes(text[19] ?? '');
}

/** Milliseconds since 1970 inside a version-1 UUID. The caller has checked `isMessageId`. */
export function messageIdTime(id: string): number {
  const ticks = BigInt(`0x${id.slice(15, 18)}${id.slice(9, 13)}${id.slice(0, 8)}`);
  return Number((ticks - GREGORIAN_OFFSET) / 10000n);
}
