import { vkeyOf } from '../../src/journal/checkpoint.js';
import { sealLeaf } from '../../src/journal/leaf.js';
import { buildReceipt } from '../../src/journal/receipt.js';
import { checkpointFor, sequence } from '../../src/journal/sequence.js';
import { entryBundle, hashTile, tilePath, tileSpan, tilesBetween } from '../../src/journal/tiles.js';
import { emptyEdge, inclusionProof } from '../../src/journal/tree.js';
import type { LogSource } from '../../src/journal/verify/log-source.js';
import type { JournalRecord } from '../../src/message/index.js';
import { TestVault } from './vault.js';

export const ORIGIN = 'gateway.example/journal';

/** A journal in memory, grown as a store's writer grows it; its rows can be tampered with. */
export class TestJournal {
  readonly vault: TestVault;
  readonly vkey: string;
  readonly leaves: Buffer[] = [];
  readonly nodes = new Map<string, Buffer>();
  readonly notes: string[] = [];
  edge = emptyEdge();

  constructor(vault = new TestVault()) {
    this.vault = vault;
    this.vkey = vkeyOf(ORIGIN, vault.journalKey());
  }

  /** One commit of so many leaves; returns the signed checkpoint after it. */
  commit(count: number, change: (index: number) => Partial<JournalRecord> = () => ({})): string {
    const leaves = Array.from({ length: count }, (_, i) => {
      const index = this.edge.size + i;
      const time = new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString();
      return sealLeaf({ kind: 'accepted', time, messageId: `m${index}`, ...change(index) }, this.vault).leaf.bytes;
    });
    return this.append(leaves);
  }

  append(leaves: readonly Uint8Array[]): string {
    const step = sequence(this.edge, leaves);
    this.leaves.push(...leaves.map((leaf) => Buffer.from(leaf)));
    for (const { level, position, hash } of step.hashes) this.nodes.set(`${level}/${position}`, hash);
    this.edge = step.edge;
    const { note } = checkpointFor(step.edge, ORIGIN, this.vault.journalKey());
    this.notes.push(note);
    return note;
  }

  receipt(index: number, note = this.notes.at(-1)!): string {
    const size = Number(note.split('\n')[1]);
    return buildReceipt({ index, proof: inclusionProof(index, size, this.hashAt), note, leaf: this.leaves[index]! });
  }

  readonly hashAt = (level: number, position: number): Buffer => this.nodes.get(`${level}/${position}`)!;

  source(): LogSource {
    return {
      checkpoint: async () => this.notes.at(-1),
      leaves: async (from, to) => this.leaves.slice(from, to),
      hashes: async (level, from, to) => Array.from({ length: to - from }, (_, i) => this.hashAt(level, from + i)),
      keepsLevel: () => true,
    };
  }

  /** Every file of the log by its path. */
  files(): Map<string, Buffer> {
    const files = new Map<string, Buffer>([['checkpoint', Buffer.from(this.notes.at(-1)!)]]);
    for (const tile of tilesBetween(0, this.edge.size)) {
      const { level, from, to } = tileSpan(tile);
      const hashes = Array.from({ length: to - from }, (_, i) => this.hashAt(level, from + i));
      files.set(tilePath(tile), tile.level === 'entries' ? entryBundle(this.leaves.slice(from, to)) : hashTile(hashes));
    }
    return files;
  }
}
