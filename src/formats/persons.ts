import type { XmlElement, XmlTree } from '../xml/index.js';
import { type ElementView, fromRoot, select, viewOf } from './element-view.js';
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
      const written = snilsAt(element, person.snils);
      spans.set(element.node, written === undefined ? undefined : snilsDigits(written.trim()));
    }
  return [...spans].map(([element, snils]) => ({ element, snils })).sort((a, b) => a.element - b.element);
}

/** Every SNILS in the document, once each: what the person index is asked about. */
export function personsOf(entry: FormatEntry, tree: XmlTree, root: XmlElement): readonly string[] {
  return [...new Set(personSpans(entry, tree, root).flatMap((s) => s.snils ?? []))];
}

/** `.` is the element's own text; a last step `@name` is an attribute, as registry offices write it. */
function snilsAt(element: ElementView, path: string): string | undefined {
  const [, above = '', name = ''] = /^(?:(.*)\/)?@([^/]+)$/.exec(path) ?? [];
  if (name === '') return path === '.' ? element.text : select(element, path)[0]?.text;
  const holder = above === '' ? element : select(element, above)[0];
  return holder?.attributes.find((a) => a.local === name && a.namespace === '')?.value;
}
