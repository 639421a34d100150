import { randomFillSync } from 'node:crypto';

const POOL_SIZE = 16_384;
let pool = Buffer.alloc(0);
let used = 0;

/**
 * `count` random octets nobody was given before. Drawn from the system in pools: a call costs more than the octets, and a
 * message needs a dozen of them. A spent pool is left to those who hold parts of it, never filled again.
 */
export function freshBytes(count: number): Buffer {
  if (used + count > pool.length) {
    pool = randomFillSync(Buffer.allocUnsafeSlow(Math.max(POOL_SIZE, count)));
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}
