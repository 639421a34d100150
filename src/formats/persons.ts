import type { XmlElement, XmlTree } from '../xml/index.js';
import { fromRoot, select, viewOf } from './element-view.js';
import type { FormatEntry } from './format.js';
import { snilsDigits } from './snils.js';

/** One person's part of a document: sealed under a key of their own, so that it can be destroyed alone. */
export interface PersonSpan {
  readonly element: XmlElement;
  /** Eleven digits; undefined when the document has none that can be read (the span is still personal). */
  readonly snils: string | undefined;
}

/**
 * The spans of persons in a document, in document order, as `format.json` marks them.
 * Spans may be nested (a reason person inside a fact): the innermost owns its octets, the outer one the rest.
 */
export function personSpans(entry: FormatEntry, tree: XmlTree, root: XmlElement): readonly PersonSpan[] {
  const document = viewOf(tree, root);
  const spans = new Map<XmlElement, string | undefined>();
  for (const person of entry.format.persons)
    for (const element of fromRoot(document, person.path)) {
      const written = person.snils === '.' ? element.text : select(element, person.snils)[0]?.text;
      spans.set(element.node, written === undefined ? undefined : snilsDigits(written.trim()));
    }
  return [...spans].map(([element, snils]) => ({ element, snils })).sort((a, b) => a.element - b.element);
}

/** Every SNILS in the document, once each: what the person index is asked about. */
export function personsOf(entry: FormatEntry, tree: XmlTree, root: XmlElement): readonly string[] {
  return [...new Set(personSpans(entry, tree, root).flatMap((s) => s.snils ?? []))];
}
