import type { Commit } from '../../ports/index.js';

/**
 * Copies every byte array of a batch into one buffer made to be transferred. Sending them as they are would clone the
 * whole buffer behind each view (Node's small Buffers share an 8 KiB pool), and transferring them would empty the
 * caller's arrays. One memcpy costs some microseconds for 100 KB.
 */
export function pack(batch: readonly Commit[]): { batch: Commit[]; transfer: ArrayBuffer[] } {
  let total = 0;
  visit(batch, (bytes) => {
    total += bytes.length;
    return bytes;
  });
  const arena = new Uint8Array(Buffer.allocUnsafeSlow(total).buffer);
  let used = 0;
  const packed = visit(batch, (bytes) => {
    const place = arena.subarray(used, used + bytes.length);
    place.set(bytes);
    used += bytes.length;
    return place;
  });
  return { batch: packed as Commit[], transfer: [arena.buffer] };
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
