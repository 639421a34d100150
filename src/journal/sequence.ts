import { signCheckpoint } from './checkpoint.js';
import { appendLeaves, type HashAt, leafHash, nodesOf, rootOf, type TreeEdge, type TreeNode } from './tree.js';

export interface Sequenced {
  readonly edge: TreeEdge;
  /** Index of the first of the leaves; the rest follow it. */
  readonly firstIndex: number;
  /** Rows to store: every node these leaves completed. */
  readonly hashes: readonly TreeNode[];
  /**
   * Knows the old edge and the new nodes: enough for an inclusion proof of each of these leaves and for
   * the consistency proof from the old size, with no read of the store.
   */
  readonly hashAt: HashAt;
}

/**
 * Numbers leaves and grows the tree: what the writer calls inside its transaction. Pure: when the transaction
 * fails, the caller keeps the old edge and nothing happened.
 */
export function sequence(edge: TreeEdge, leaves: readonly Uint8Array[]): Sequenced {
  const { edge: next, newHashes } = appendLeaves(edge, leaves.map(leafHash));
  return { edge: next, firstIndex: edge.size, hashes: newHashes, hashAt: lookup(edge, newHashes) };
}

/** The signed head of the tree at this edge. Publish it only after the transaction that holds it is durable. */
export function checkpointFor(
  edge: TreeEdge,
  origin: string,
  privateKeyPem: string,
): { size: number; root: Buffer; note: string } {
  const root = rootOf(edge);
  return { size: edge.size, root, note: signCheckpoint(origin, edge.size, root, privateKeyPem) };
}

function lookup(edge: TreeEdge, nodes: readonly TreeNode[]): HashAt {
  let known: Map<string, Buffer> | undefined;
  return (level, position) => {
    known ??= new Map([...edgeNodes(edge), ...nodes].map((node) => [`${node.level}/${node.position}`, node.hash]));
    const hash = known.get(`${level}/${position}`);
    if (hash === undefined) throw new RangeError(`node ${level}/${position} is not at the edge`);
    return hash;
  };
}

function edgeNodes(edge: TreeEdge): TreeNode[] {
  return nodesOf({ from: 0, to: edge.size }).map((node, i) => ({ ...node, hash: edge.hashes[i]! }));
}
