import { Buffer } from 'node:buffer';
import type { Violation } from '../message/index.js';
import {
  compileSchema,
  isXsdProblem,
  MOST_VIOLATIONS,
  type XmlElement,
  type XmlTree,
  type XsdSchema,
} from '../xml/index.js';
import type { Catalogue } from './catalogue.js';
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
 * Judges content by the schemas of its format. One a thread, after `initXsd()`: it owns the schemas compiled at first use (they live in the
 * thread's wasm memory). Nothing is fetched: schemas come from the catalogue, xsi:schemaLocation is not followed.
 */
export class ContentValidator {
  readonly #documents: ReadonlyMap<string, Uint8Array>;
  readonly #schemas = new Map<string, XsdSchema>();

  constructor(catalogue: Catalogue) {
    this.#documents = new Map(
      Object.entries(catalogue.data.schemas).map(([path, text]) => [path, Buffer.from(text, 'utf8')]),
    );
  }

  /** Every violation, in document order; none when the content is valid. `octets`: exclusive canonical form of the element. */
  validate(entry: FormatEntry, octets: Uint8Array, document: SenderDocument): readonly Violation[] {
    const root = viewOf(document.tree, document.element);
    const schema = this.#schemaOf(entry);
    const complaints = judgeThoroughly(octets, root, (o) => schema.validate(o));
    const violations = describeAll(complaints, root, document.attachment);
    return complaints.length < MOST_VIOLATIONS ? violations : [...violations, CUT];
  }

  /** Frees the schemas: before a new catalogue takes this one's place in the thread. */
  dispose(): void {
    for (const schema of this.#schemas.values()) schema.dispose();
    this.#schemas.clear();
  }

  #schemaOf(entry: FormatEntry): XsdSchema {
    const path = entry.format.entry;
    // `acceptable` refuses such versions before.
    if (path === undefined) throw new Error(`${formatName(entry.format)} has no schema`);
    let schema = this.#schemas.get(path);
    if (schema === undefined) {
      const compiled = compileSchema(this.#documents, path);
      // Publishing compiles before it stores, so a schema of the catalogue that does not compile is a broken installation.
      if (isXsdProblem(compiled)) throw new Error(compiled.textEn);
      schema = compiled;
      this.#schemas.set(path, schema);
    }
    return schema;
  }
}
