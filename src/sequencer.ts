/**
 * Composition root of the store's writer thread: hands the journal's numbering, hashing and signing to the driver,
 * which may not import them. Imported by the writer thread through its URL; start at createSequencer.
 */
import { checkpointFor, openGuard, sequence, type TreeEdge } from './journal/index.js';
import type { TreeEdge as PortEdge, Sequencer } from './ports/index.js';

export interface SequencerOptions {
  readonly origin: string;
  /** PKCS#8 PEM of the journal's Ed25519 key. */
  readonly journalKey: string;
  /** checkpoint.last, outside the database. */
  readonly guardFile: string;
}

export function createSequencer({ origin, journalKey, guardFile }: SequencerOptions): Sequencer {
  const guard = openGuard(guardFile);
  return {
    sequence: (edge, leaves) => sequence(bufferEdge(edge), leaves),
    checkpoint: (edge) => checkpointFor(bufferEdge(edge), origin, journalKey),
    published: (note) => guard.write(note),
  };
}

/** The journal computes on Buffers; what comes from the database are plain Uint8Arrays. */
function bufferEdge(edge: PortEdge): TreeEdge {
  return { size: edge.size, hashes: edge.hashes.map((h) => Buffer.from(h.buffer, h.byteOffset, h.byteLength)) };
}
