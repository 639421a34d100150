import { createHash } from 'node:crypto';

/** RFC 6962 §2.1 read aloud, recursion and all: the twin the real tree is compared with. */
export function rootOfLeaves(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return sha256(Buffer.of(0), leaves[0]!);
  const k = split(leaves.length);
  return sha256(Buffer.of(1), rootOfLeaves(leaves.slice(0, k)), rootOfLeaves(leaves.slice(k)));
}

export function path(m: number, leaves: readonly Uint8Array[]): Buffer[] {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...path(m, leaves.slice(0, k)), rootOfLeaves(leaves.slice(k))]
    : [...path(m - k, leaves.slice(k)), rootOfLeaves(leaves.slice(0, k))];
}

export function proof(m: number, leaves: readonly Uint8Array[]): Buffer[] {
  return subproof(m, leaves, true);
}

function subproof(m: number, leaves: readonly Uint8Array[], known: boolean): Buffer[] {
  if (m === leaves.length) return known ? [] : [rootOfLeaves(leaves)];
  const k = split(leaves.length);
  return m <= k
    ? [...subproof(m, leaves.slice(0, k), known), rootOfLeaves(leaves.slice(k))]
    : [...subproof(m - k, leaves.slice(k), false), rootOfLeaves(leaves.slice(0, k))];
}

function split(n: number): number {
  return 2 ** Math.floor(Math.log2(n - 1));
}

function sha256(...parts: Uint8Array[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}
