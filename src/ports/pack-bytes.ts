/** Plain data on its way to another thread. */
export interface Packed<T> {
  readonly value: T;
  /** The one buffer behind every byte array of `value`. */
  readonly arena: ArrayBuffer;
}

/**
 * Copies plain data (objects, arrays, byte arrays) and every byte array of it into one buffer made to be transferred: from
 * here on nothing the caller does reaches it. Sending the arrays as they are would clone the whole buffer behind each view
 * (Node's small Buffers share an 8 KiB pool), and transferring them would empty the caller's. One memcpy costs microseconds.
 */
export function packBytes<T>(value: T): Packed<T> {
  let total = 0;
  visit(value, (bytes) => {
    total += bytes.length;
    return bytes;
  });
  const arena = new Uint8Array(Buffer.allocUnsafeSlow(total).buffer);
  let used = 0;
  const packed = visit(value, (bytes) => {
    const place = arena.subarray(used, used + bytes.length);
    place.set(bytes);
    used += bytes.length;
    return place;
  });
  // The copy has the shape of what was copied.
  return { value: packed as T, arena: arena.buffer };
}

/** A copy of plain data with every byte array replaced. */
function visit(value: unknown, replace: (bytes: Uint8Array) => Uint8Array): unknown {
  if (value instanceof Uint8Array) return replace(value);
  if (Array.isArray(value)) return value.map((item) => visit(item, replace));
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const name in value) copy[name] = visit((value as Record<string, unknown>)[name], replace);
  return copy;
}
