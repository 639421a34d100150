/** A small seeded generator (mulberry32): the same seed gives the same cases everywhere. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** DER tags, lengths and values at which readers stumble. */
const EDGES = [
  0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x13, 0x17, 0x18, 0x1e, 0x1f, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82, 0x84,
  0x88, 0xa0, 0xa3, 0xff,
];

/** One to four small damages to `bytes`; `other` lends pieces. */
export function mutate(bytes: Buffer, other: Buffer, random: (below: number) => number): Buffer {
  let result: Buffer = Buffer.from(bytes);
  for (let left = 1 + random(4); left > 0; left--) result = damage(result, other, random);
  return result;
}

function damage(bytes: Buffer, other: Buffer, random: (below: number) => number): Buffer {
  if (bytes.length === 0) return Buffer.from([EDGES[random(EDGES.length)]!]);
  const at = random(bytes.length);
  const size = random(Math.min(64, bytes.length - at) + 1);
  const from = random(Math.max(1, other.length - size));
  const changed = Buffer.from(bytes);
  switch (random(8)) {
    case 0:
      changed[at]! ^= 1 << random(8);
      return changed;
    case 1:
      changed[at] = EDGES[random(EDGES.length)]!;
      return changed;
    case 2:
      return bytes.subarray(0, at);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)]);
    case 4:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + size), bytes.subarray(at)]);
    case 5:
      other.copy(changed, at, from, from + size);
      return changed;
    case 6:
      return Buffer.concat([bytes.subarray(0, at), other.subarray(from, from + size), bytes.subarray(at)]);
    default:
      // Deep nesting of indefinite or tiny constructed elements.
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.alloc(2 * random(5_000), Buffer.from([0x30, 0x80])),
        bytes.subarray(at),
      ]);
  }
}
