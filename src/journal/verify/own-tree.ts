import { hash } from 'node:crypto';

/**
 * The verifier's own reading of RFC 6962: one pass over the leaves, every complete node handed out as it is made.
 * Written apart from ../tree.ts on purpose: a mistake there must not excuse itself here.
 */
export class OwnTree {
  size = 0;
  /** By level: a complete subtree without its right neighbour, or undefined. */
  readonly #pending: (Buffer | undefined)[] = [];

  /** Adds a leaf; `each` gets every node it completes, lowest first. */
  add(leaf: Uint8Array, each: (level: number, position: number, node: Buffer) => void): void {
    let node = sha256(LEAF, leaf);
    let position = this.size;
    let level = 0;
    each(level, position, node);
    while (this.#pending[level] !== undefined) {
      node = sha256(NODE, this.#pending[level]!, node);
      this.#pending[level] = undefined;
      level += 1;
      position = Math.floor(position / 2);
      each(level, position, node);
    }
    this.#pending[level] = node;
    this.size += 1;
  }

  /** The head of the tree of the leaves so far. */
  root(): Buffer {
    let root: Buffer | undefined;
    for (const node of this.#pending) {
      if (node === undefined) continue;
      root = root === undefined ? node : sha256(NODE, node, root);
    }
    return root ?? sha256();
  }
}

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return hash('sha256', Buffer.concat(parts), 'buffer');
}
