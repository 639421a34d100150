import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  appendLeaves,
  consistencyProof,
  edgeAt,
  emptyEdge,
  type HashAt,
  inclusionProof,
  inclusionRanges,
  leafHash,
  nodeHash,
  rootOf,
} from '../../src/journal/tree.js';
import { verifyConsistency, verifyInclusion } from '../../src/journal/tree-proof.js';
import { path, proof, rootOfLeaves } from './naive-tree.js';
import { random, vectors } from './reference.js';

const SIZE = 70;
const leaves = Array.from({ length: SIZE }, (_, i) => Buffer.from(`leaf ${i}`));

function grow(count: number): { edge: ReturnType<typeof emptyEdge>; hashAt: HashAt } {
  const { edge, newHashes } = appendLeaves(emptyEdge(), leaves.slice(0, count).map(leafHash));
  const known = new Map(newHashes.map((node) => [`${node.level}/${node.position}`, node.hash]));
  return { edge, hashAt: (level, position) => known.get(`${level}/${position}`)! };
}

describe('The Merkle tree of the journal (RFC 6962 §2.1)', () => {
  it('has the root the recursive definition gives, at every size', () => {
    for (let size = 0; size <= SIZE; size++) {
      expect(rootOf(grow(size).edge)).to.deep.equal(rootOfLeaves(leaves.slice(0, size)));
    }
  });

  it('grows to the same edge in groups as leaf by leaf, storing each complete node once', () => {
    const next = random(7);
    let edge = emptyEdge();
    const seen = new Set<string>();
    while (edge.size < SIZE) {
      const group = leaves.slice(edge.size, edge.size + 1 + Math.floor(next() * 9));
      const step = appendLeaves(edge, group.map(leafHash));
      for (const node of step.newHashes) {
        const span = leaves.slice(node.position * 2 ** node.level, (node.position + 1) * 2 ** node.level);
        expect(node.hash).to.deep.equal(rootOfLeaves(span));
        expect(seen.has(`${node.level}/${node.position}`)).to.equal(false);
        seen.add(`${node.level}/${node.position}`);
      }
      edge = step.edge;
    }
    expect(edge).to.deep.equal(grow(SIZE).edge);
    expect(seen.size).to.equal(70 + 35 + 17 + 8 + 4 + 2 + 1);
  });

  it('gives inclusion proofs equal to the recursive ones, which verify, and only for their own leaf', () => {
    for (const size of [1, 2, 3, 5, 8, 13, 33, 64, 70]) {
      const { edge, hashAt } = grow(size);
      for (let index = 0; index < size; index++) {
        const made = inclusionProof(index, size, hashAt);
        expect(made).to.deep.equal(path(index, leaves.slice(0, size)));
        const claim = { index, size, root: rootOf(edge), leafHash: leafHash(leaves[index]!), proof: made };
        expect(verifyInclusion(claim)).to.equal(true);
        expect(verifyInclusion({ ...claim, index: index + 1 })).to.equal(false);
        expect(verifyInclusion({ ...claim, leafHash: leafHash(Buffer.from('other')) })).to.equal(false);
      }
    }
  });

  it('gives consistency proofs equal to the recursive ones, which verify', () => {
    for (let size2 = 1; size2 <= SIZE; size2++) {
      const later = grow(size2);
      for (let size1 = 1; size1 <= size2; size1++) {
        const made = consistencyProof(size1, size2, later.hashAt);
        expect(made).to.deep.equal(proof(size1, leaves.slice(0, size2)));
        const root1 = rootOf(edgeAt(size1, later.hashAt));
        expect(verifyConsistency({ size1, size2, root1, root2: rootOf(later.edge), proof: made })).to.equal(true);
      }
    }
  });

  it('refuses a consistency proof of a rewritten tree', () => {
    const honest = grow(40);
    const forged = appendLeaves(
      emptyEdge(),
      [...leaves.slice(0, 12), leaves[3]!, ...leaves.slice(13, 50)].map(leafHash),
    );
    const known = new Map(forged.newHashes.map((node) => [`${node.level}/${node.position}`, node.hash]));
    const made = consistencyProof(40, 50, (level, position) => known.get(`${level}/${position}`)!);
    const claim = { size1: 40, size2: 50, root1: rootOf(honest.edge), root2: rootOf(forged.edge), proof: made };
    expect(verifyConsistency(claim)).to.equal(false);
  });

  it('proves nothing from the empty tree', () => {
    const root = rootOf(emptyEdge());
    expect(verifyConsistency({ size1: 0, size2: 0, root1: root, root2: root, proof: [] })).to.equal(false);
    expect(() => consistencyProof(0, 5, grow(5).hashAt)).to.throw(RangeError);
  });

  it('refuses an index at or above the size, a negative, a fraction, a number too large to be exact', () => {
    const { edge, hashAt } = grow(5);
    const claim = {
      index: 4,
      size: 5,
      root: rootOf(edge),
      leafHash: leafHash(leaves[4]!),
      proof: inclusionProof(4, 5, hashAt),
    };
    expect(verifyInclusion(claim)).to.equal(true);
    for (const index of [5, 6, -1, 4.5, Number.NaN, 2 ** 53, 2n ** 63n + 4n]) {
      expect(verifyInclusion({ ...claim, index })).to.equal(false);
    }
    for (const size of [4, -5, 2 ** 53, 2n ** 64n + 5n]) expect(verifyInclusion({ ...claim, size })).to.equal(false);
    expect(() => inclusionProof(5, 5, hashAt)).to.throw(RangeError);
  });

  it('refuses trailing, missing and short hashes in a proof', () => {
    const { edge, hashAt } = grow(13);
    const made = inclusionProof(6, 13, hashAt);
    const claim = { index: 6, size: 13, root: rootOf(edge), leafHash: leafHash(leaves[6]!), proof: made };
    expect(verifyInclusion({ ...claim, proof: [...made, made[0]!] })).to.equal(false);
    expect(verifyInclusion({ ...claim, proof: made.slice(0, -1) })).to.equal(false);
    expect(verifyInclusion({ ...claim, proof: [made[0]!.subarray(1), ...made.slice(1)] })).to.equal(false);
  });

  it('does not take an inner node for a leaf, nor a leaf for a node', () => {
    const { edge, hashAt } = grow(4);
    const inner = Buffer.concat([hashAt(0, 0), hashAt(0, 1)]);
    const asLeaf = {
      index: 0,
      size: 2,
      root: rootOf(edge),
      leafHash: leafHash(inner),
      proof: [Buffer.from(hashAt(1, 1))],
    };
    expect(nodeHash(hashAt(0, 0), hashAt(0, 1))).to.deep.equal(hashAt(1, 0));
    expect(verifyInclusion(asLeaf)).to.equal(false);
  });

  it('asks only for complete nodes, in trees of more than 2^31 leaves too', () => {
    const size = 2 ** 40 + 2 ** 33 + 5;
    const asked: [number, number][] = [];
    const made = inclusionProof(2 ** 33 + 1, size, (level, position) => {
      asked.push([level, position]);
      return leafHash(Buffer.from(`${level}/${position}`));
    });
    expect(made.length).to.equal(inclusionRanges(2 ** 33 + 1, size).length);
    for (const [level, position] of asked) expect((position + 1) * 2 ** level).to.be.at.most(size);
    const leaf = leafHash(Buffer.from('leaf'));
    let root = leaf;
    let at = 2 ** 33 + 1;
    // The path of this leaf stays within the complete left subtree of 2^40 leaves for its first 40 steps.
    for (let level = 0; level < 40; level++, at = Math.floor(at / 2)) {
      root = at % 2 === 1 ? nodeHash(made[level]!, root) : nodeHash(root, made[level]!);
    }
    root = nodeHash(root, made[40]!);
    expect(verifyInclusion({ index: 2 ** 33 + 1, size, root, leafHash: leaf, proof: made })).to.equal(true);
  });
});

interface Vector {
  readonly [field: string]: unknown;
}

describe('Published RFC 6962 proof vectors', () => {
  const folder = vectors('merkle-rfc6962');

  it('inclusion: every verdict agrees (shared vectors, skipped when absent)', function () {
    if (folder === undefined) return this.skip();
    const all = read(join(folder, 'inclusion'));
    expect(all.length).to.equal(98);
    for (const [name, v] of all) {
      const claim = {
        index: v.leafIdx as bigint,
        size: v.treeSize as bigint,
        root: bytes(v.root),
        leafHash: bytes(v.leafHash),
        proof: ((v.proof ?? []) as string[]).map(bytes),
      };
      expect(verifyInclusion(claim), name).to.equal(!v.wantErr);
    }
  });

  it('consistency: every verdict agrees (shared vectors, skipped when absent)', function () {
    if (folder === undefined) return this.skip();
    const all = read(join(folder, 'consistency'));
    expect(all.length).to.equal(98);
    for (const [name, v] of all) {
      const claim = {
        size1: v.size1 as bigint,
        size2: v.size2 as bigint,
        root1: bytes(v.root1),
        root2: bytes(v.root2),
        proof: ((v.proof ?? []) as string[]).map(bytes),
      };
      expect(verifyConsistency(claim), name).to.equal(!v.wantErr);
    }
  });
});

function read(folder: string): [string, Vector][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8'), exactIntegers) as Vector]);
}

/** Integers of the vectors exceed 2^53: taken from the source text. */
function exactIntegers(_key: string, value: unknown, context?: { source: string }): unknown {
  return typeof value === 'number' ? BigInt(context!.source) : value;
}

function bytes(base64: unknown): Buffer {
  return Buffer.from((base64 ?? '') as string, 'base64');
}
