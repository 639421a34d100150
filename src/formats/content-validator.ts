import { Buffer } from 'node:buffer';
import type { Violation } from '../message/index.js';
import { compileSchema, type XmlElement, type XmlTree, type XsdSchema } from '../xml/index.js';
import type { Catalogue } from './catalogue.js';
import { viewOf } from './element-view.js';
import { type FormatEntry, formatName } from './format.js';
import { describeAll } from './messages/describe.js';

/** The document a content's octets were taken from: violations are placed in it. */
export interface SenderDocument {
  readonly tree: XmlTree;
  /** The validated element. */
  readonly element: XmlElement;
  /** contentId, when the content is an attachment. */
  readonly attachment?: string;
}

/**
 * Judges content by the schemas of its format. One a thread: it owns the schemas compiled at first use (they live in the
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
    const raw = this.#schemaOf(entry).validate(octets);
    if (raw.length === 0) return [];
    return describeAll(raw, {
      root: viewOf(document.tree, document.element),
      ...(document.attachment !== undefined && { attachment: document.attachment }),
    });
  }

  #schemaOf(entry: FormatEntry): XsdSchema {
    const path = entry.format.entry;
    // `acceptable` refuses such versions before.
    if (path === undefined) throw new Error(`${formatName(entry.format)} has no schema`);
    let schema = this.#schemas.get(path);
    if (schema === undefined) {
      schema = compileSchema(this.#documents, path);
      this.#schemas.set(path, schema);
    }
    return schema;
  }
}
