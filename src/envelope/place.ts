import type { XmlElement, XmlTree } from '../xml/index.js';
import { collapse, type OffsetAt } from './schema/lexical.js';
import type { Namespaces } from './versions.js';

/** An element already judged valid, so that what the schema requires is there. */
export interface Place {
  readonly tree: XmlTree;
  readonly element: XmlElement;
  readonly names: Namespaces;
  readonly offsetAt: OffsetAt;
}

export function idOf({ tree, element }: Place): string | undefined {
  const id = tree.attribute(element, 'Id');
  return id === undefined ? undefined : collapse(id);
}

/** Text of a child in the types namespace. */
export function textAt({ tree, element, names }: Place, local: string): string | undefined {
  return textOf(tree, element, names.types, local);
}

export function textOf(tree: XmlTree, element: XmlElement, namespace: string, local: string): string | undefined {
  const child = tree.child(element, namespace, local);
  return child === undefined ? undefined : tree.textOf(child);
}

/** `{name: value}`, or nothing when there is no value: absent is absent, never undefined. */
export function optional<K extends string, V>(name: K, value: V | undefined): { [N in K]?: V } {
  // One computed key of type K is exactly this shape; TypeScript widens it to string.
  return value === undefined ? {} : ({ [name]: value } as { [N in K]?: V });
}
