import type { XmlElement, XmlTree } from '../../xml/index.js';
import { DECLARATIONS, DECLARATIONS_END, PARENT } from '../../xml/records.js';
import { prefixText } from '../../xml/strings.js';

/** The namespace a prefix is bound to at an element; '' is the default namespace. Undefined when it is not bound. */
export function namespaceOfPrefix(tree: XmlTree, element: XmlElement, prefix: string): string | undefined {
  const { records, declarations, namespaces } = tree.data;
  for (let e: number = element; e >= 0; e = records[e + PARENT] as number) {
    for (let d = records[e + DECLARATIONS] as number; d < (records[e + DECLARATIONS_END] as number); d += 2) {
      if (prefixText(tree.data, declarations[d] as number) === prefix) return namespaces[declarations[d + 1] as number];
    }
  }
  return undefined;
}
