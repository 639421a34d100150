import type { XmlElement, XmlTree } from '../../xml/index.js';

/** Like XmlTree.pathOf, in constant time an element however many siblings it has: a package may name a loss in every fact. */
export class SourcePaths {
  readonly #tree: XmlTree;
  readonly #steps = new Map<XmlElement, string>();

  constructor(tree: XmlTree) {
    this.#tree = tree;
    this.#steps.set(tree.root, `/${tree.qualifiedNameOf(tree.root)}`);
  }

  of(element: XmlElement): string {
    const parent = this.#tree.parentOf(element);
    if (parent === undefined) return this.#steps.get(element) as string;
    if (!this.#steps.has(element)) this.#number(parent);
    return this.of(parent) + this.#steps.get(element);
  }

  line(element: XmlElement): number {
    return this.#tree.positionOf(element).line;
  }

  #number(parent: XmlElement): void {
    const tree = this.#tree;
    const named = new Map<string, XmlElement[]>();
    for (const child of tree.children(parent)) {
      const name = `{${tree.namespaceOf(child)}}${tree.localNameOf(child)}`;
      const same = named.get(name);
      if (same === undefined) named.set(name, [child]);
      else same.push(child);
    }
    for (const same of named.values())
      for (const [i, child] of same.entries())
        this.#steps.set(child, `/${tree.qualifiedNameOf(child)}${same.length > 1 ? `[${i + 1}]` : ''}`);
  }
}
