import { join } from 'node:path';
import { expect } from 'chai';
import { clone, serialize, type TreeNode } from './document-tree.js';
import { type Judge, judgeOf } from './judge.js';
import { repository } from './pairs.js';
import { seeded } from './random.js';
import { SchemaSet } from './schema-set.js';
import { validDocument } from './valid-documents.js';

export const seed = 20251201;

/** The fullest document of a root, and our schema that judges it. */
export interface Fixture {
  readonly judge: Judge;
  readonly tree: TreeNode;
}

/** `schema` is relative to the repository; `holding` is a path that the document must have, whatever the choices. */
export function fixture(schema: string, root: string, holding = ''): Fixture {
  const path = join(repository, schema);
  const set = new SchemaSet(path);
  for (let attempt = seed; attempt < seed + 100; attempt++) {
    const tree = validDocument(set, root, { random: seeded(attempt), fullness: 1 });
    if (holding === '' || findNode(tree, holding) !== undefined) return { judge: judgeOf(path), tree };
  }
  throw new Error(`no ${holding} in ${root}`);
}

/** One test: the document is valid, and no longer after `change` at `path`. */
export function refuses(
  what: string,
  { judge, tree }: Fixture,
  path: string,
  change: (node: TreeNode) => unknown,
): void {
  it(`${tree.local} refuses ${what}`, () => {
    const copy = clone(tree);
    change(nodeAt(copy, path));
    expect(judge(serialize(tree))).to.equal(undefined);
    expect(judge(serialize(copy))).to.be.a('string');
  });
}

/** First elements of these local names, `/` between. */
export function nodeAt(tree: TreeNode, path: string): TreeNode {
  const node = findNode(tree, path);
  if (node === undefined) throw new Error(`no ${path} in ${tree.local}`);
  return node;
}

function findNode(tree: TreeNode, path: string): TreeNode | undefined {
  return path
    .split('/')
    .reduce<TreeNode | undefined>((node, local) => node?.children.find((child) => child.local === local), tree);
}

export function repeatFirst(node: TreeNode, count: number): void {
  const first = node.children[0] as TreeNode;
  node.children = Array.from({ length: count }, () => clone(first));
}
