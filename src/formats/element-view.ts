import type { XmlAttribute, XmlElement, XmlTree } from '../xml/index.js';

/**
 * One element of the sender's document as this room reads it: names, place, text, children.
 * Validation, rules and sealing see only this, so the tree's own form stays in `xml/`.
 */
export interface ElementView {
  /** As written: `ns2:oszCode`. */
  readonly name: string;
  readonly namespace: string;
  readonly local: string;
  readonly parent: ElementView | undefined;
  readonly children: readonly ElementView[];
  readonly attributes: readonly XmlAttribute[];
  /** Text of an element without children; '' when it has some. */
  readonly text: string;
  /** 1-based, in the sender's document. */
  readonly line: number;
  readonly column: number;
  /** XPath from the document's root in the document's own names. */
  readonly path: string;
  /** The element of the tree it was made from. */
  readonly node: XmlElement;
}

/** A view of `element` and all below it. Made lazily, each element once, so views may be compared with `===`. */
export function viewOf(tree: XmlTree, element: XmlElement = tree.root): ElementView {
  return new TreeElement(tree, element, undefined);
}

class TreeElement implements ElementView {
  readonly node: XmlElement;
  readonly parent: ElementView | undefined;
  readonly #tree: XmlTree;
  #children: readonly ElementView[] | undefined;
  #local: string | undefined;

  constructor(tree: XmlTree, node: XmlElement, parent: ElementView | undefined) {
    this.#tree = tree;
    this.node = node;
    this.parent = parent;
  }

  get name(): string {
    return this.#tree.qualifiedNameOf(this.node);
  }
  get namespace(): string {
    return this.#tree.namespaceOf(this.node);
  }
  get local(): string {
    this.#local ??= this.#tree.localNameOf(this.node);
    return this.#local;
  }
  get children(): readonly ElementView[] {
    this.#children ??= this.#tree.children(this.node).map((c) => new TreeElement(this.#tree, c, this));
    return this.#children;
  }
  get attributes(): readonly XmlAttribute[] {
    return this.#tree.attributes(this.node);
  }
  get text(): string {
    return this.#tree.textOf(this.node) ?? '';
  }
  get line(): number {
    return this.#tree.positionOf(this.node).line;
  }
  get column(): number {
    return this.#tree.positionOf(this.node).column;
  }
  get path(): string {
    return this.#tree.pathOf(this.node);
  }
}

/** `{ns}local`, as the schema engine writes names; the bare local name in no namespace. */
export function clarkOf(element: ElementView): string {
  return element.namespace === '' ? element.local : `{${element.namespace}}${element.local}`;
}

export function childOf(element: ElementView, local: string): ElementView | undefined {
  return element.children.find((c) => c.local === local);
}

/** Every element below (not `element` itself), in document order. */
export function descendants(element: ElementView): readonly ElementView[] {
  const found: ElementView[] = [];
  const collect = (e: ElementView): void => {
    for (const child of e.children) {
      found.push(child);
      collect(child);
    }
  };
  collect(element);
  return found;
}

/** Elements at `path` below `element`: local names with `/` between, `*` for any; `//name` or a leading `//` for any depth. */
export function select(element: ElementView, path: string): readonly ElementView[] {
  let found: readonly ElementView[] = [element];
  for (const { local, anyDepth } of stepsOf(path))
    found = found.flatMap((e) =>
      (anyDepth ? descendants(e) : e.children).filter((c) => local === '*' || c.local === local),
    );
  return found;
}

interface Step {
  readonly local: string;
  readonly anyDepth: boolean;
}

/** Paths come from format.json and from the rules, so there are few of them. */
const steps = new Map<string, readonly Step[]>();

function stepsOf(path: string): readonly Step[] {
  const known = steps.get(path);
  if (known) return known;
  const made = (path.replace(/^\/(?!\/)/, '').match(/\/{0,2}[^/]+/g) ?? []).map((step) => ({
    local: step.replace(/^\/+/, ''),
    anyDepth: step.startsWith('//'),
  }));
  steps.set(path, made);
  return made;
}

/** Elements at a path that begins with the root element itself, as `format.json` writes them. */
export function fromRoot(root: ElementView, path: string): readonly ElementView[] {
  if (path.startsWith('//')) return select(root, path);
  const [first, ...rest] = path.replace(/^\//, '').split('/');
  if (first !== root.local) return [];
  return rest.length === 0 ? [root] : select(root, rest.join('/'));
}

/** Text at a path, trimmed; undefined when the element is absent. */
export function textAt(element: ElementView, path: string): string | undefined {
  return select(element, path)[0]?.text.trim();
}
