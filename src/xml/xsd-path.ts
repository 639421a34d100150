import type { XmlElement, XmlTree } from './tree.js';

/**
 * The element that a path of libxml2 names, `apex` being the root of the octets validated. A step is a name as
 * written, or `*` for an element in the default namespace, counted among all elements.
 */
export function elementAtPath(tree: XmlTree, apex: XmlElement, path: string): XmlElement | undefined {
  const steps = path.split('/').slice(2);
  let element = apex;
  for (const step of steps) {
    if (step.startsWith('@') || step.startsWith('text()')) break;
    const match = /^(.+?)(?:\[([0-9]+)\])?$/.exec(step);
    if (match === null) return undefined;
    const [, name, index = '1'] = match;
    const named = tree.children(element).filter((e) => name === '*' || tree.qualifiedNameOf(e) === name);
    const found = named[Number(index) - 1];
    if (found === undefined) return undefined;
    element = found;
  }
  return element;
}
