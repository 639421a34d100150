import { randomBytes } from 'node:crypto';
import type { WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js';
import type { Curve } from './curves.js';

/** A public key: a point of the curve's subgroup. */
export interface PublicPoint {
  readonly curve: Curve;
  readonly point: WeierstrassPoint<bigint>;
}

/**
 * Signs by GOST R 34.10-2012 (RFC 7091 §6.1). `digest` is Streebog's output as bytes (little-endian number); the answer is
 * s‖r, each big-endian, as X.509, CMS and XMLDSig carry it (RFC 9215 §2). `k` is random unless a known-answer test gives it.
 * The multiplication by k is noble's constant-time one as far as JavaScript's BigInt allows, which is not far: timing
 * of arithmetic on k and d may leak. Keys worth more than a sandbox's belong into a certified provider.
 */
export function signDigest(curve: Curve, d: bigint, digest: Uint8Array, k?: bigint): Buffer {
  const { q, Point } = curve;
  const e = digestNumber(digest, q);
  for (;;) {
    const secret = k ?? randomBelow(q);
    const r = Point.BASE.multiply(secret).toAffine().x % q;
    const s = (r * d + secret * e) % q;
    if (r !== 0n && s !== 0n) return Buffer.concat([toBytes(s, curve), toBytes(r, curve)]);
    if (k !== undefined) throw new RangeError('this k gives no signature');
  }
}

/** Whether s‖r is a signature of `digest` by the key (RFC 7091 §6.2). Of public values only, so not constant-time. */
export function verifyDigest({ curve, point }: PublicPoint, digest: Uint8Array, signature: Uint8Array): boolean {
  const size = curve.bits / 8;
  if (signature.length !== 2 * size) return false;
  const { q, Point } = curve;
  const s = fromBytes(signature.subarray(0, size));
  const r = fromBytes(signature.subarray(size));
  if (s <= 0n || s >= q || r <= 0n || r >= q) return false;
  const v = Point.Fn.inv(digestNumber(digest, q));
  const sum = Point.BASE.mulAddUnsafe((s * v) % q, point, q - ((r * v) % q));
  return !sum.is0() && sum.toAffine().x % q === r;
}

/** The point of a private key. */
export function publicOf(curve: Curve, d: bigint): PublicPoint {
  return { curve, point: curve.Point.BASE.multiply(d) };
}

/** Uniform in [1, q − 1]: 64 bits more than q has make the bias of the remainder immaterial. */
export function randomBelow(q: bigint): bigint {
  return (fromBytes(randomBytes(q.toString(16).length / 2 + 8)) % (q - 1n)) + 1n;
}

/** α mod q, 1 in place of 0. */
function digestNumber(digest: Uint8Array, q: bigint): bigint {
  const e = fromBytes(Buffer.from(digest).reverse()) % q;
  return e === 0n ? 1n : e;
}

/** Big-endian. */
export function fromBytes(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
}

/** Big-endian, as long as the curve's coordinates. */
export function toBytes(number: bigint, { bits }: Curve): Buffer {
  return Buffer.from(number.toString(16).padStart(bits / 4, '0'), 'hex');
}
