/** The right edge of the Merkle tree: enough to append. What `hashes` holds and in which order is the sequencer's affair. */
export interface TreeEdge {
  readonly size: number;
  /** 32 bytes each. */
  readonly hashes: readonly Uint8Array[];
}

export interface LevelHash {
  readonly level: number;
  readonly position: number;
  readonly hash: Uint8Array;
}

/**
 * What a store is handed by the journal so that it can number, hash and sign without knowing how.
 * Called on the thread that writes, inside its transaction; synchronous, because nothing may run between.
 */
export interface Sequencer {
  /** Appends leaves: the new edge, the index of the first, and every hash that became final. Pure. */
  sequence(
    edge: TreeEdge,
    leaves: readonly Uint8Array[],
  ): { readonly edge: TreeEdge; readonly firstIndex: number; readonly hashes: readonly LevelHash[] };
  /** The signed note of a tree with this edge. */
  checkpoint(edge: TreeEdge): { readonly note: string; readonly root: Uint8Array };
  /**
   * Called after the transaction is durable and before anybody is told, once a group: writes the roll-back guard.
   * When it throws, the work is written but the answers are withheld and the process stops.
   */
  published(note: string): void;
}
