import { HASH_SIZE, nodeHash } from './tree.js';

/**
 * Verifiers of RFC 6962 proofs, by the loops of RFC 9162 §2.1.3.2 and §2.1.4.2. Sizes are bigint inside: a number
 * above 2^53 is refused, a bigint is judged exactly.
 */

export interface InclusionClaim {
  readonly index: number | bigint;
  readonly size: number | bigint;
  readonly root: Uint8Array;
  readonly leafHash: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

export interface ConsistencyClaim {
  readonly size1: number | bigint;
  readonly size2: number | bigint;
  readonly root1: Uint8Array;
  readonly root2: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Whether the leaf stands at `index` in the tree with this root. */
export function verifyInclusion(claim: InclusionClaim): boolean {
  const index = countOf(claim.index);
  const size = countOf(claim.size);
  if (index === undefined || size === undefined || index >= size) return false;
  if (!allHashes(claim.proof) || claim.leafHash.length !== HASH_SIZE) return false;
  let at: Walk = { first: index, second: size - 1n };
  let hash = claim.leafHash;
  for (const sibling of claim.proof) {
    if (at.second === 0n) return false;
    hash = siblingIsLeft(at) ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
    at = up(at);
  }
  return at.second === 0n && equal(hash, claim.root);
}

/** Whether the tree of size2 extends the tree of size1. size1 = 0 proves nothing and is refused, as is size1 > size2. */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const [size1, size2] = [countOf(claim.size1), countOf(claim.size2)];
  if (size1 === undefined || size2 === undefined || size1 === 0n || size1 > size2) return false;
  if (size1 === size2) return claim.proof.length === 0 && equal(claim.root1, claim.root2);
  const complete = (size1 & (size1 - 1n)) === 0n;
  const [start, ...rest] = complete ? [claim.root1, ...claim.proof] : claim.proof;
  if (claim.proof.length === 0 || start === undefined || start.length !== HASH_SIZE || !allHashes(rest)) return false;
  let at: Walk = { first: size1 - 1n, second: size2 - 1n };
  while (odd(at.first)) at = { first: at.first >> 1n, second: at.second >> 1n };
  let [hash1, hash2] = [start, start];
  for (const node of rest) {
    if (at.second === 0n) return false;
    if (siblingIsLeft(at)) [hash1, hash2] = [nodeHash(node, hash1), nodeHash(node, hash2)];
    else hash2 = nodeHash(hash2, node);
    at = up(at);
  }
  return at.second === 0n && equal(hash1, claim.root1) && equal(hash2, claim.root2);
}

/** Where the proof has climbed to: the node's position on its level, and the last position of that level. */
interface Walk {
  readonly first: bigint;
  readonly second: bigint;
}

function siblingIsLeft(at: Walk): boolean {
  return odd(at.first) || at.first === at.second;
}

/** One level up; a node without a right sibling rises to where it is somebody's right child. */
function up(at: Walk): Walk {
  let { first, second } = at;
  if (first === second) {
    while (first !== 0n && !odd(first)) [first, second] = [first >> 1n, second >> 1n];
  }
  return { first: first >> 1n, second: second >> 1n };
}

function odd(value: bigint): boolean {
  return (value & 1n) === 1n;
}

function countOf(value: number | bigint): bigint | undefined {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return undefined;
  return value < 0 ? undefined : BigInt(value);
}

function allHashes(proof: readonly Uint8Array[]): boolean {
  return proof.every((hash) => hash.length === HASH_SIZE);
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
