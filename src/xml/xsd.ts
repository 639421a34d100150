import {
  bindings,
  collecting,
  freeDocument,
  loadEngine,
  type ParsedDocument,
  parseDocument,
  type RawViolation,
} from './xsd-engine.js';
import {
  addressOf,
  pathOfAddress,
  type SchemaSources,
  type SourcesUsed,
  withSources,
  withUriLocations,
} from './xsd-sources.js';

/** Why a set of schema documents cannot be used. */
export interface XsdProblem {
  readonly xsdProblem: 'missing-document' | 'not-well-formed' | 'not-a-schema';
  /** Virtual path of the document at fault, or of the one that is missing. */
  readonly document: string;
  readonly details: readonly RawViolation[];
  readonly text: string;
  readonly textEn: string;
}

export function isXsdProblem(value: unknown): value is XsdProblem {
  return typeof value === 'object' && value !== null && 'xsdProblem' in value;
}

/** Loads libxml2 once a thread; to be awaited before compileSchema. */
export function initXsd(): Promise<void> {
  return loadEngine();
}

/** XML_SCHEMAV_INTERNAL at a node: libxml2 cannot compare the value with a limit (year 19991999), so the value is at fault. Said once by each function on the way out. */
const INTERNAL = 1818;

function isOfValue({ code, path }: RawViolation): boolean {
  return code === INTERNAL && path !== undefined;
}

/** A compiled schema in wasm memory. Not collected by itself: `dispose` it when it is replaced. */
export class XsdSchema {
  #schema: number;
  /** The schema's components point into it. */
  readonly #document: ParsedDocument;

  constructor(schema: number, document: ParsedDocument) {
    this.#schema = schema;
    this.#document = document;
  }

  /** Every violation of a document, none when it is valid; see MOST_VIOLATIONS. Nothing stays behind in wasm memory. */
  validate(octets: Uint8Array): RawViolation[] {
    if (this.#schema === 0) throw new Error('the schema was disposed');
    const document = parseDocument(octets, null);
    if (Array.isArray(document)) return document;
    const lib = bindings();
    const context = lib.xmlSchemaNewValidCtxt(this.#schema);
    try {
      const { result, errors } = collecting((collector) => {
        lib.xmlSchemaSetValidStructuredErrors(context, collector, 0);
        return lib.xmlSchemaValidateDoc(context, document.pointer);
      });
      if (result < 0 && !errors.some(isOfValue)) throw new Error('libxml2: internal error while validating');
      return result !== 0 && errors.length === 0
        ? [{ line: 1, message: `libxml2: code ${result}`, code: result }]
        : errors.filter((e, i) => !isOfValue(e) || i === errors.findIndex(isOfValue));
    } finally {
      lib.xmlSchemaFreeValidCtxt(context);
      freeDocument(document);
    }
  }

  dispose(): void {
    if (this.#schema === 0) return;
    bindings().xmlSchemaFree(this.#schema);
    freeDocument(this.#document);
    this.#schema = 0;
  }
}

/**
 * Compiles one schema of a set. Paths have no leading slash. Imports and includes are looked up among `documents` by
 * path relative to the document they stand in; nothing is read from disk or network.
 */
export function compileSchema(documents: SchemaSources, entry: string): XsdSchema | XsdProblem {
  const bytes = documents.get(entry);
  if (bytes === undefined) return missingDocument(entry);
  const document = parseDocument(withUriLocations(bytes), addressOf(entry));
  if (Array.isArray(document)) return notWellFormed(entry, document);
  const { result, read, missing } = withSources(documents, () => compile(document));
  const problem = problemOf(documents, entry, { result, read, missing });
  if (problem === undefined && typeof result === 'number') return new XsdSchema(result, document);
  if (typeof result === 'number') bindings().xmlSchemaFree(result);
  freeDocument(document);
  return problem ?? notASchema(entry, []);
}

/** libxml2 goes on without an import it cannot find, and reads imported documents with options of its own. */
function problemOf(
  documents: SchemaSources,
  entry: string,
  { result, read, missing }: SourcesUsed<number | RawViolation[]>,
): XsdProblem | undefined {
  if (missing[0] !== undefined) return missingDocument(missing[0]);
  for (const path of read) {
    const again = parseDocument(documents.get(path) ?? new Uint8Array(), addressOf(path));
    if (Array.isArray(again)) return notWellFormed(path, again);
    freeDocument(again);
  }
  return typeof result === 'number' ? undefined : notASchema(entry, result);
}

function compile(document: ParsedDocument): number | RawViolation[] {
  const lib = bindings();
  const context = lib.xmlSchemaNewDocParserCtxt(document.pointer);
  try {
    const { result, errors } = collecting((collector) => {
      lib.xmlSchemaSetParserStructuredErrors(context, collector, 0);
      return lib.xmlSchemaParse(context);
    });
    return result === 0 ? errors : result;
  } finally {
    lib.xmlSchemaFreeParserCtxt(context);
  }
}

function missingDocument(path: string): XsdProblem {
  return {
    xsdProblem: 'missing-document',
    document: path,
    details: [],
    text: `В наборе схем нет документа ${path}. Добавьте его в пакет.`,
    textEn: `The set of schemas has no document ${path}. Add it to the package.`,
  };
}

function notWellFormed(path: string, details: RawViolation[]): XsdProblem {
  const first = details[0]?.message ?? '';
  return {
    xsdProblem: 'not-well-formed',
    document: path,
    details,
    text: `Документ ${path} не читается как XML: ${first}`,
    textEn: `The document ${path} is not readable as XML: ${first}`,
  };
}

function notASchema(entry: string, errors: RawViolation[]): XsdProblem {
  const details = errors.map((e) => (e.file === undefined ? e : { ...e, file: pathOfAddress(e.file) }));
  const [first] = details;
  return {
    xsdProblem: 'not-a-schema',
    document: first?.file ?? entry,
    details,
    text: `Схема ${entry} не компилируется: ${first?.message ?? 'причина не названа'}`,
    textEn: `The schema ${entry} does not compile: ${first?.message ?? 'no reason given'}`,
  };
}
