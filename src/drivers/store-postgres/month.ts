const UUID_V1 = /([0-9a-f]{8})-([0-9a-f]{4})-1([0-9a-f]{3})-[089a-f][0-9a-f]{3}-[0-9a-f]{12}/i;
/** Milliseconds from 15 October 1582, where UUID v1 begins (RFC 9562 §5.1), to 1970. */
const GREGORIAN_MS = 12_219_292_800_000;
const FIRST_YEAR = 2000;
const LAST_YEAR = 2099;

/** yyyymm in UTC of the time inside a UUID v1, anywhere in the text; 0 where there is none. Depends on the id alone. */
export function monthOfId(id: string): number {
  const found = UUID_V1.exec(id);
  if (found === null) return 0;
  const [, low, mid, high] = found;
  return monthOfTime(Number(BigInt(`0x${high}${mid}${low}`) / 10_000n) - GREGORIAN_MS);
}

/** yyyymm in UTC of an instant in milliseconds since 1970; 0 outside this century. */
export function monthOfTime(ms: number): number {
  const date = new Date(ms);
  const year = date.getUTCFullYear();
  return year >= FIRST_YEAR && year <= LAST_YEAR ? year * 100 + date.getUTCMonth() + 1 : 0;
}
