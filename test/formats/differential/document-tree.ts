import type { Facets, Type } from './schema-set.js';

/** A document as a tree that mutations can work on; the schema's knowledge stays beside each node. */
export interface TreeNode {
  namespace: string;
  local: string;
  attributes: { name: string; value: string; type?: Facets }[];
  children: TreeNode[];
  text: string | undefined;
  /** Literal markup put before the children: comments, stray text. */
  raw: string;
  type: Type | undefined;
  max: number;
}

export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

export function node(namespace: string, local: string, text?: string): TreeNode {
  return { namespace, local, attributes: [], children: [], text, raw: '', type: undefined, max: 1 };
}

export function clone(tree: TreeNode): TreeNode {
  return { ...tree, attributes: tree.attributes.map((a) => ({ ...a })), children: tree.children.map(clone) };
}

/** Every node with the path of child indexes that leads to it, parents first. */
export function* walk(tree: TreeNode, path: readonly number[] = []): Generator<[readonly number[], TreeNode]> {
  yield [path, tree];
  for (const [index, child] of tree.children.entries()) yield* walk(child, [...path, index]);
}

export function at(tree: TreeNode, path: readonly number[]): TreeNode {
  return path.reduce((found, index) => found.children[index] as TreeNode, tree);
}

export function serialize(tree: TreeNode): string {
  const namespaces = new Map<string, string>();
  for (const [, { namespace }] of walk(tree)) {
    if (namespace !== '' && !namespaces.has(namespace)) namespaces.set(namespace, `n${namespaces.size + 1}`);
  }
  const declarations = [...namespaces].map(([uri, prefix]) => ` xmlns:${prefix}="${escaped(uri)}"`).join('');
  return write(tree, namespaces, `${declarations} xmlns:xsi="${XSI}"`);
}

function write(tree: TreeNode, namespaces: ReadonlyMap<string, string>, declarations: string): string {
  const prefix = namespaces.get(tree.namespace);
  const name = prefix === undefined ? tree.local : `${prefix}:${tree.local}`;
  const attributes = tree.attributes.map((a) => ` ${a.name}="${escaped(a.value)}"`).join('');
  const inside =
    tree.raw + escaped(tree.text ?? '') + tree.children.map((child) => write(child, namespaces, '')).join('');
  return `<${name}${declarations}${attributes}>${inside}</${name}>`;
}

export function escaped(text: string): string {
  return text.replace(/[&<>"\r\n\t]/g, (c) => `&#${c.charCodeAt(0)};`);
}
