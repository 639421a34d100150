import { hash } from 'node:crypto';

/**
 * The Merkle tree of RFC 6962 §2.1 over SHA-256. A node is named (level, position): it is the root of the
 * complete subtree over leaves position·2^level … (position+1)·2^level − 1; level 0 are leaf hashes.
 * Building counts in numbers (exact to 2^53 leaves); verifying counts in bigint, for it is fed by strangers.
 */

export interface TreeNode {
  readonly level: number;
  readonly position: number;
  readonly hash: Buffer;
}

/** Looks up a complete node; throws when the node is not there. */
export type HashAt = (level: number, position: number) => Uint8Array;

/** All that appending needs: the roots of the maximal complete subtrees, largest (leftmost) first. */
export interface TreeEdge {
  readonly size: number;
  readonly hashes: readonly Buffer[];
}

/** Leaves `from` … `to`−1; `from` is a multiple of the largest power of two not above the width. */
export interface LeafRange {
  readonly from: number;
  readonly to: number;
}

export const HASH_SIZE = 32;

/** SHA-256(0x00 || leaf): the prefix keeps a leaf from passing for a node. */
export function leafHash(leaf: Uint8Array): Buffer {
  const input = Buffer.allocUnsafe(leaf.length + 1);
  input[0] = 0;
  input.set(leaf, 1);
  return hash('sha256', input, 'buffer');
}

// Reused by every call: hash() is synchronous and keeps no reference.
const nodeInput = Buffer.alloc(1 + 2 * HASH_SIZE, 1);

/** SHA-256(0x01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_SIZE);
  return hash('sha256', nodeInput, 'buffer');
}

export function emptyEdge(): TreeEdge {
  return { size: 0, hashes: [] };
}

/** Appends leaf hashes; `newHashes` holds every node completed by it, level 0 included, in order of completion. */
export function appendLeaves(
  edge: TreeEdge,
  leafHashes: readonly Uint8Array[],
): { edge: TreeEdge; newHashes: TreeNode[] } {
  const hashes = [...edge.hashes];
  const newHashes: TreeNode[] = [];
  let size = edge.size;
  for (const leaf of leafHashes) {
    let top: Buffer = Buffer.from(leaf);
    newHashes.push({ level: 0, position: size, hash: top });
    // As in adding one to a binary counter: each set low bit of the size is a subtree the new one merges with.
    let position = size;
    for (let level = 1; position % 2 === 1; level++) {
      position = (position - 1) / 2;
      top = nodeHash(hashes.pop()!, top);
      newHashes.push({ level, position, hash: top });
    }
    hashes.push(top);
    size++;
  }
  return { edge: { size, hashes }, newHashes };
}

/** The tree head; of the empty tree SHA-256 of nothing. */
export function rootOf(edge: TreeEdge): Buffer {
  return edge.size === 0 ? hash('sha256', Buffer.alloc(0), 'buffer') : foldRight(edge.hashes);
}

/** The edge of the tree at an earlier (or the same) size, from stored nodes. */
export function edgeAt(size: number, hashAt: HashAt): TreeEdge {
  return { size, hashes: nodesOf({ from: 0, to: size }).map((node) => Buffer.from(hashAt(node.level, node.position))) };
}

/** The complete nodes that make up a range, left to right: what must be fetched before its hash is asked for. */
export function nodesOf(range: LeafRange): { level: number; position: number }[] {
  const nodes: { level: number; position: number }[] = [];
  for (let from = range.from; from < range.to; ) {
    let [width, level] = [1, 0];
    while (width * 2 <= range.to - from) [width, level] = [width * 2, level + 1];
    nodes.push({ level, position: from / width });
    from += width;
  }
  return nodes;
}

/** Ranges whose hashes are the inclusion proof, leaf's sibling first (RFC 6962 §2.1.1). */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  const ranges: LeafRange[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  return ranges.reverse();
}

/** Ranges whose hashes are the consistency proof from size1 to size2 (RFC 6962 §2.1.2); none when they are equal. */
export function consistencyRanges(size1: number, size2: number): LeafRange[] {
  if (!(size1 > 0 && size1 <= size2)) throw new RangeError(`no consistency proof from ${size1} to ${size2}`);
  const ranges: LeafRange[] = [];
  let [from, to] = [0, size2];
  while (to !== size1) {
    const middle = from + splitOf(to - from);
    if (size1 <= middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  // A tree that is itself one complete subtree of the later one is known to the verifier by its root.
  if (from > 0) ranges.push({ from, to });
  return ranges.reverse();
}

/** The audit path of leaf `index` in the tree of `size` leaves. */
export function inclusionProof(index: number, size: number, hashAt: HashAt): Buffer[] {
  return inclusionRanges(index, size).map((range) => hashOfRange(range, hashAt));
}

/** Proof that the tree of `size2` leaves extends the tree of `size1`. */
export function consistencyProof(size1: number, size2: number, hashAt: HashAt): Buffer[] {
  return consistencyRanges(size1, size2).map((range) => hashOfRange(range, hashAt));
}

function hashOfRange(range: LeafRange, hashAt: HashAt): Buffer {
  return foldRight(nodesOf(range).map((node) => Buffer.from(hashAt(node.level, node.position))));
}

function foldRight(hashes: readonly Buffer[]): Buffer {
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** The largest power of two below `width` (width ≥ 2). */
function splitOf(width: number): number {
  let split = 1;
  while (split * 2 < width) split *= 2;
  return split;
}
