import { scopeAt } from './inclusive-prefixes.js';
import { XML_NAMESPACE_NAME } from './records.js';
import { prefixText } from './strings.js';
import type { XmlElement, XmlTree } from './tree.js';

/** The namespace a prefix is bound to at an element, '' for the default one where none is declared; undefined for an undeclared prefix. */
export function namespaceOfPrefix({ data }: XmlTree, element: XmlElement, prefix: string): string | undefined {
  if (prefix === 'xml') return XML_NAMESPACE_NAME;
  for (const [number, namespace] of scopeAt(data, element))
    if (prefixText(data, number) === prefix) return data.namespaces[namespace];
  return prefix === '' ? '' : undefined;
}
