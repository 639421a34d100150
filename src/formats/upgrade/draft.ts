import type { XmlElement, XmlTree } from '../../xml/index.js';
import type { Journal } from './journal.js';

/** An element on its way: its present name, and where in the source it came from. */
export interface Draft {
  /** Prefixed by the table's own prefixes. */
  name: string;
  /** Undefined for an element that a step put in. */
  readonly source?: XmlElement;
  /** Text of an element without element children. */
  readonly text: string;
  children: Draft[];
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** The source as drafts. What belongs to no namespace of its version, and what only a reader's mistake would keep, goes on record. */
export function readDraft(tree: XmlTree, prefixes: ReadonlyMap<string, string>, journal: Journal): Draft {
  // One string a name: a package repeats some sixty of them a thousand times.
  const names = new Map<string, string>();
  const named = (prefix: string, local: string): string => {
    const name = `${prefix}:${local}`;
    const known = names.get(name);
    if (known === undefined) names.set(name, name);
    return known ?? name;
  };
  const read = (element: XmlElement): Draft => {
    const inside = tree.children(element);
    readAttributes(tree, element, journal);
    if (tree.hasComments(element)) journal.comments(element);
    if (inside.length > 0 && tree.hasText(element)) journal.textBetween(element);
    return {
      name: named(prefixes.get(tree.namespaceOf(element)) as string, tree.localNameOf(element)),
      source: element,
      text: inside.length > 0 ? '' : (tree.textOf(element) ?? ''),
      children: inside.filter((e) => isOwn(e)).map(read),
    };
  };
  const isOwn = (element: XmlElement): boolean => {
    const namespace = tree.namespaceOf(element);
    if (prefixes.has(namespace)) return true;
    journal.foreign(element, namespace);
    return false;
  };
  return read(tree.root);
}

/** The format declares no attributes; those of XML Schema itself speak of the old schema. */
function readAttributes(tree: XmlTree, element: XmlElement, journal: Journal): void {
  for (const { namespace, local } of tree.attributes(element)) {
    if (namespace === XSI && local !== 'nil') journal.schemaAttribute(element, local);
    else journal.attribute(element, local);
  }
}
