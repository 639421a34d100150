import { expect } from 'chai';
import { verifyNote } from '../../src/journal/checkpoint.js';
import { checkpointFor, sequence } from '../../src/journal/sequence.js';
import { consistencyProof, emptyEdge, inclusionProof, leafHash, rootOf } from '../../src/journal/tree.js';
import { verifyConsistency, verifyInclusion } from '../../src/journal/tree-proof.js';
import { ORIGIN, TestJournal } from './journal-in-memory.js';
import { rootOfLeaves } from './naive-tree.js';
import { random } from './reference.js';

describe('Sequencing leaves inside a commit', () => {
  it('numbers each group after the last and proves its leaves and its growth with no read (seed 3)', () => {
    const next = random(3);
    const all: Buffer[] = [];
    let edge = emptyEdge();
    while (all.length < 300) {
      const group = Array.from({ length: 1 + Math.floor(next() * 32) }, (_, i) =>
        Buffer.from(`leaf ${all.length + i}`),
      );
      const step = sequence(edge, group);
      expect(step.firstIndex).to.equal(all.length);
      const { size } = step.edge;
      const root = rootOf(step.edge);
      for (const [i, leaf] of group.entries()) {
        const index = step.firstIndex + i;
        const proof = inclusionProof(index, size, step.hashAt);
        expect(verifyInclusion({ index, size, root, leafHash: leafHash(leaf), proof })).to.equal(true);
      }
      if (edge.size > 0) {
        const proof = consistencyProof(edge.size, size, step.hashAt);
        expect(verifyConsistency({ size1: edge.size, size2: size, root1: rootOf(edge), root2: root, proof })).to.equal(
          true,
        );
      }
      all.push(...group);
      edge = step.edge;
    }
    expect(rootOf(edge)).to.deep.equal(rootOfLeaves(all));
  });

  it('leaves the old edge as it was, for the transaction that fails', () => {
    const { edge } = sequence(emptyEdge(), [Buffer.from('a'), Buffer.from('b'), Buffer.from('c')]);
    const before = structuredClone(edge.hashes.map((hash) => hash.toString('hex')));
    sequence(edge, [Buffer.from('d')]);
    expect(edge.hashes.map((hash) => hash.toString('hex'))).to.deep.equal(before);
    expect(edge.size).to.equal(3);
  });

  it('knows no node that only the store has', () => {
    const { edge } = sequence(emptyEdge(), [Buffer.from('a'), Buffer.from('b')]);
    const step = sequence(edge, [Buffer.from('c')]);
    expect(() => inclusionProof(0, 3, step.hashAt)).to.throw(RangeError);
  });

  it('signs the head of the edge it was given', () => {
    const { vault, vkey } = new TestJournal();
    const { edge } = sequence(emptyEdge(), [Buffer.from('a')]);
    const made = checkpointFor(edge, ORIGIN, vault.journalKey());
    expect(verifyNote(made.note, [vkey])).to.deep.include({ size: 1, root: leafHash(Buffer.from('a')) });
    expect(made.root).to.deep.equal(leafHash(Buffer.from('a')));
  });
});
