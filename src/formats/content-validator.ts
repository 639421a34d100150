import type { Violation } from '../message/index.js';
import { MOST_VIOLATIONS, type XmlElement, type XmlTree, type XsdSchema } from '../xml/index.js';
import type { Catalogue } from './catalogue.js';
import { CompiledSchemas } from './compiled-schemas.js';
import { viewOf } from './element-view.js';
import { type Format, type FormatEntry, formatName } from './format.js';
import { type ContentOf, describeAll, expectedContent, judgeThoroughly } from './messages/index.js';
import { formatModel } from './schema-model/index.js';

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

/** Content models kept, of the formats that were last broken: a model holds the parsed schemas. */
const MOST_MODELS = 16;

/**
 * Judges content by the schemas of its format. After `initXsd()`. Nothing is fetched: schemas come from the catalogue,
 * xsi:schemaLocation is not followed.
 */
export class ContentValidator {
  readonly #catalogue: Catalogue;
  readonly #compiled: CompiledSchemas;
  /** The last made last. */
  readonly #models = new Map<Format, ContentOf>();

  /** `compiled`: the thread's own, shared by the validators of the catalogues that follow one another in it. */
  constructor(catalogue: Catalogue, compiled: CompiledSchemas = new CompiledSchemas()) {
    this.#catalogue = catalogue;
    this.#compiled = compiled;
  }

  /** Every violation, in document order; none when the content is valid. `octets`: exclusive canonical form of the element. */
  validate(entry: FormatEntry, octets: Uint8Array, document: SenderDocument): readonly Violation[] {
    const root = viewOf(document.tree, document.element);
    const schema = this.#schemaOf(entry);
    const complaints = judgeThoroughly(
      octets,
      root,
      (o) => schema.validate(o),
      () => this.#modelOf(entry.format),
    );
    const violations = describeAll(complaints.slice(0, MOST_VIOLATIONS), root, document.attachment);
    return complaints.length < MOST_VIOLATIONS ? violations : [...violations, CUT];
  }

  /** Frees the compiled schemas. */
  dispose(): void {
    this.#compiled.dispose();
  }

  /** Read only when a document is at fault. */
  #modelOf(format: Format): ContentOf {
    const known = this.#models.get(format);
    if (known) return known;
    const model = formatModel(this.#catalogue.data, format);
    const made = expectedContent(model);
    this.#models.set(format, made);
    for (const oldest of this.#models.keys()) {
      if (this.#models.size <= MOST_MODELS) break;
      this.#models.delete(oldest);
    }
    return made;
  }

  #schemaOf(entry: FormatEntry): XsdSchema {
    const path = entry.format.entry;
    // `acceptable` refuses such versions before.
    if (path === undefined) throw new Error(`${formatName(entry.format)} has no schema`);
    return this.#compiled.of(this.#catalogue.data.schemas, path);
  }
}
