/**
 * The only file that knows libxml2-wasm's inner bindings: they give the error code, leave the cost of a refused
 * document bounded, and keep documents whose only fault is a Cyrillic namespace, which the outer API throws away.
 */
type Bindings = typeof import('libxml2-wasm/lib/libxml2.mjs') & {
  /** There, but left out of its declarations. */
  addFunction(callback: (context: number, error: number) => void, signature: string): number;
};
type Errors = Parameters<Bindings['xmlCtxtSetErrorHandler']>[1];

/** One complaint of libxml2, as it words it. */
export interface RawViolation {
  /** 1-based, in the octets validated. */
  readonly line: number;
  readonly column?: number;
  /** Path of the node as libxml2 writes it: `/a:b/*[2]/c:d`; see elementAtPath. */
  readonly path?: string;
  readonly message: string;
  /** xmlParserErrors number. */
  readonly code?: number;
  /** Virtual path of the document, when it is not the one given. */
  readonly file?: string;
}

/** A list this long may have been cut: the path of a node costs time in proportion to its siblings. */
export const MOST_VIOLATIONS = 1000;

const NO_XXE = 1 << 23;
/** Short strings inside the nodes: the only option that makes parsing measurably cheaper (7 %). */
const COMPACT = 1 << 16;
const NONET = 1 << 11;
const BIG_LINES = 1 << 22;
const SKIP_IDS = 1 << 27;
const STRICT = NO_XXE | NONET | BIG_LINES | SKIP_IDS | COMPACT;
const WARNING = 1;
/** XML_WAR_NS_URI, which in places is raised as an error: Namespaces in XML asks of a name no more than to be a string. */
const NOT_A_URI = 99;
const NOT_A_URI_TEXT = 'is not a valid URI';

interface Engine {
  readonly lib: Bindings;
  readonly collector: Errors;
}

let engine: Engine | undefined;
/** Where complaints go; set for the length of one call, which never yields. */
let complaints: (RawViolation & { level: number })[] = [];

/** Loads the wasm module, once a thread. */
export async function loadEngine(): Promise<void> {
  if (engine !== undefined) return;
  const lib = (await import('libxml2-wasm/lib/libxml2.mjs')) as Bindings;
  engine ??= { lib, collector: lib.addFunction((_: number, error: number) => collect(lib, error), 'vii') as Errors };
}

function loaded(): Engine {
  if (engine === undefined) throw new Error('initXsd() must have been awaited in this thread');
  return engine;
}

export function bindings(): Bindings {
  return loaded().lib;
}

function collect(lib: Bindings, error: number): void {
  if (complaints.length >= MOST_VIOLATIONS) return;
  const { XmlErrorStruct } = lib;
  const column = XmlErrorStruct.col(error);
  const path = lib.xmlGetNodePath(XmlErrorStruct.node(error));
  const file = XmlErrorStruct.file(error);
  complaints.push({
    line: XmlErrorStruct.line(error),
    ...(column > 0 ? { column } : {}),
    ...(path === null ? {} : { path }),
    ...(file === null ? {} : { file }),
    message: XmlErrorStruct.message(error).trim(),
    // The reader of the 32-bit integer at offset 4, which in an xmlError is the code.
    code: lib.XmlTreeCommonStruct.type(error),
    level: XmlErrorStruct.level(error),
  });
}

/** Runs `work` with a fresh list of complaints and returns both. */
export function collecting<T>(work: (collector: Errors) => T): { result: T; errors: RawViolation[] } {
  const { collector } = loaded();
  const list: (RawViolation & { level: number })[] = [];
  complaints = list;
  try {
    const result = work(collector);
    return { result, errors: list.filter((c) => c.level > WARNING).map(({ level, ...violation }) => violation) };
  } finally {
    complaints = [];
  }
}

/** A document in wasm memory; the caller frees it with `freeDocument`. */
export interface ParsedDocument {
  readonly pointer: number;
}

/** Parses strictly: no network, no external entity, no DTD. */
export function parseDocument(octets: Uint8Array, url: string | null): ParsedDocument | RawViolation[] {
  const { lib } = loaded();
  const context = lib.xmlNewParserCtxt();
  let pointer = 0;
  try {
    const { result, errors } = collecting((collector) => {
      lib.xmlCtxtSetErrorHandler(context, collector, 0);
      return lib.xmlReadMemory(context, octets, url, null, STRICT);
    });
    pointer = result;
    const faults = errors.filter((e) => !isOnlyIri(e));
    if (pointer !== 0 && faults.length === 0 && lib.xmlGetIntSubset(pointer) === 0) {
      const kept = { pointer };
      pointer = 0;
      return kept;
    }
    return faults.length > 0 ? faults : [{ line: 1, message: pointer === 0 ? 'not parsed' : 'DOCTYPE is not allowed' }];
  } finally {
    if (pointer !== 0) lib.xmlFreeDoc(pointer);
    lib.xmlFreeParserCtxt(context);
  }
}

function isOnlyIri(violation: RawViolation): boolean {
  return violation.code === NOT_A_URI || violation.message.endsWith(NOT_A_URI_TEXT);
}

export function freeDocument(document: ParsedDocument): void {
  loaded().lib.xmlFreeDoc(document.pointer);
}
