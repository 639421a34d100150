import type { Violation } from '../message/index.js';
import { MOST_VIOLATIONS, type XmlElement, type XmlTree, type XsdSchema } from '../xml/index.js';
import type { Catalogue } from './catalogue.js';
import { CompiledSchemas } from './compiled-schemas.js';
import { viewOf } from './element-view.js';
import { type FormatEntry, formatName } from './format.js';
import { describeAll, judgeThoroughly } from './messages/index.js';

/** The document a content's octets were taken from: violations are placed in it. */
export interface SenderDocument {
  readonly tree: XmlTree;
  /** The validated element. */
  readonly element: XmlElement;
  /** contentId, when the content is an attachment. */
  readonly attachment?: string;
}

const CUT: Violation = {
  text: `показаны первые ${MOST_VIOLATIONS} нарушений; исправьте их и проверьте документ снова`,
  textEn: `only the first ${MOST_VIOLATIONS} violations are shown; mend them and validate again`,
};

/**
 * Judges content by the schemas of its format. After `initXsd()`. Nothing is fetched: schemas come from the catalogue,
 * xsi:schemaLocation is not followed.
 */
export class ContentValidator {
  readonly #catalogue: Catalogue;
  readonly #compiled: CompiledSchemas;

  /** `compiled`: the thread's own, shared by the validators of the catalogues that follow one another in it. */
  constructor(catalogue: Catalogue, compiled: CompiledSchemas = new CompiledSchemas()) {
    this.#catalogue = catalogue;
    this.#compiled = compiled;
  }

  /** Every violation, in document order; none when the content is valid. `octets`: exclusive canonical form of the element. */
  validate(entry: FormatEntry, octets: Uint8Array, document: SenderDocument): readonly Violation[] {
    const root = viewOf(document.tree, document.element);
    const schema = this.#schemaOf(entry);
    const complaints = judgeThoroughly(octets, root, (o) => schema.validate(o));
    const violations = describeAll(complaints, root, document.attachment);
    return complaints.length < MOST_VIOLATIONS ? violations : [...violations, CUT];
  }

  /** Frees the compiled schemas. */
  dispose(): void {
    this.#compiled.dispose();
  }

  #schemaOf(entry: FormatEntry): XsdSchema {
    const path = entry.format.entry;
    // `acceptable` refuses such versions before.
    if (path === undefined) throw new Error(`${formatName(entry.format)} has no schema`);
    return this.#compiled.of(this.#catalogue.data.schemas, path);
  }
}
