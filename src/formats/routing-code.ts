import type { XmlElement, XmlTree } from '../xml/index.js';
import { fromRoot, viewOf } from './element-view.js';
import type { FormatEntry } from './format.js';

/** The value in the business data that chooses among the providers of a format; undefined where there is none. */
export function routingCodeOf({ format }: FormatEntry, tree: XmlTree, root: XmlElement): string | undefined {
  if (format.routingCode === undefined) return undefined;
  const text = fromRoot(viewOf(tree, root), format.routingCode)[0]?.text.trim();
  return text === '' ? undefined : text;
}
