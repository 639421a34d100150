import { type ElementView, fromRoot, select } from './element-view.js';
import type { Format } from './format.js';
import { snilsDigits } from './snils.js';

/** One person's part of a document: sealed under a key of their own, so that it can be destroyed alone. */
export interface PersonSpan {
  readonly element: ElementView;
  /** Eleven digits; undefined when the document has none that can be read (the span is still personal). */
  readonly snils: string | undefined;
}

/**
 * The spans of persons in a document, in document order, as `format.json` marks them.
 * Spans may be nested (a reason person inside a fact): the innermost owns its octets, the outer one the rest.
 */
export function personSpans(format: Format, root: ElementView): readonly PersonSpan[] {
  const spans = new Map<ElementView, string | undefined>();
  for (const person of format.persons)
    for (const element of fromRoot(root, person.path)) {
      const written = person.snils === '.' ? element.text : select(element, person.snils)[0]?.text;
      spans.set(element, written === undefined ? undefined : snilsDigits(written.trim()));
    }
  return [...spans].map(([element, snils]) => ({ element, snils })).sort((a, b) => a.element.node - b.element.node);
}

/** Every SNILS in the document, once each: what the person index is asked about. */
export function personsOf(format: Format, root: ElementView): readonly string[] {
  return [...new Set(personSpans(format, root).flatMap((s) => s.snils ?? []))];
}
