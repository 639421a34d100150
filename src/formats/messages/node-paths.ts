interface Node<T> {
  readonly name: string;
  readonly children: readonly T[];
}

/**
 * Finds elements by libxml2's node paths (steps `ns1:package`, `*[2]`): a step counts among children of the same written name,
 * `*` (an element in a default namespace) among all children. Keeps what it looked up, so it is for one state of a document.
 */
export class NodePaths<T extends Node<T>> {
  readonly #root: T;
  readonly #byName = new Map<T, Map<string, readonly T[]>>();

  constructor(root: T) {
    this.#root = root;
  }

  /** Undefined when the path does not lead anywhere. */
  find(path: string): T | undefined {
    let here: T | undefined;
    for (const step of path.split('/').filter((s) => s !== '')) {
      const [, name = step, index = '1'] = step.match(/^(.*?)(?:\[(\d+)\])?$/) ?? [];
      if (name.startsWith('@') || name.endsWith(')')) return here;
      const among: readonly T[] = here
        ? this.#named(here, name)
        : name === '*' || name === this.#root.name
          ? [this.#root]
          : [];
      here = among[Number(index) - 1];
      if (!here) return undefined;
    }
    return here;
  }

  #named(parent: T, name: string): readonly T[] {
    if (name === '*') return parent.children;
    let names = this.#byName.get(parent);
    if (!names) {
      names = Map.groupBy(parent.children, (child) => child.name);
      this.#byName.set(parent, names);
    }
    return names.get(name) ?? [];
  }
}
