/**
 * The tree is one Int32Array of records in document order; an element is the index of its record.
 * Every record begins with KIND (kind and flags), START and END (byte range in the normalised source).
 * ELEMENT: the range is its start tag. CLOSE: its end tag, an empty range for `<a/>`. CDATA: the content only.
 */
export const KIND = 0;
export const START = 1;
export const END = 2;

export const NAME = 3;
/** Range of its attributes in `attributes`. */
export const ATTRIBUTES = 4;
export const ATTRIBUTES_END = 5;
/** Index of its CLOSE record. */
export const CLOSE_AT = 6;
export const NAMESPACE = 7;
/** Range of its namespace declarations in `declarations`. */
export const DECLARATIONS = 8;
export const DECLARATIONS_END = 9;
/** Parent element, -1 for the root. */
export const PARENT = 10;
export const ELEMENT_SIZE = 11;

/** In a CLOSE record: the element it closes. */
export const CLOSES = 3;
export const CLOSE_SIZE = 4;

/** Size of TEXT, CDATA and COMMENT records. */
export const LEAF_SIZE = 3;

export const ELEMENT = 1;
export const CLOSE = 2;
export const TEXT = 3;
export const CDATA = 4;
export const COMMENT = 5;
export const KIND_MASK = 15;

/** The bytes are their own exclusive canonical form (an element's: provided no declaration is due and attributes stand in order). */
export const VERBATIM = 16;
/** Text whose bytes are its value and need no escaping by any writer. */
export const PLAIN = 32;
/** Text of blanks, tabs and line feeds only. */
export const BLANK = 64;

/** Attribute record: name, start of the name, start and end of the value, namespace, flags. */
export const A_NAME = 0;
export const A_START = 1;
export const A_VALUE = 2;
export const A_END = 3;
export const A_NAMESPACE = 4;
export const A_FLAGS = 5;
export const ATTRIBUTE_SIZE = 6;
/** The value's bytes are its value and need no escaping. */
export const A_PLAIN = 1;
/** Written as one blank, name, `="`, value, `"`. */
export const A_TIGHT = 2;
export const A_VERBATIM = A_PLAIN | A_TIGHT;

/** Name record: byte range of the qualified name, start of its local part, prefix, local name (a name record's number). */
export const N_START = 0;
export const N_END = 1;
export const N_LOCAL_START = 2;
export const N_PREFIX = 3;
export const N_LOCAL = 4;
export const NAME_SIZE = 5;

/** Prefix and namespace numbers fixed for every document. */
export const NO_PREFIX = 0;
export const XML_PREFIX = 1;
export const NO_NAMESPACE = 0;
export const XML_NAMESPACE = 1;
export const XML_NAMESPACE_NAME = 'http://www.w3.org/XML/1998/namespace';
export const XMLNS_NAMESPACE_NAME = 'http://www.w3.org/2000/xmlns/';

/** Everything a parsed document consists of; never changed after parsing. */
export interface TreeData {
  /** Line ends normalised, no byte-order mark, some zero bytes after `length`. */
  readonly source: Buffer;
  readonly length: number;
  readonly records: Int32Array;
  readonly attributes: Int32Array;
  /** Pairs of prefix, namespace. */
  readonly declarations: Int32Array;
  readonly names: Int32Array;
  /** Pairs of start, end in `source`; the first two (none, xml) are not there. */
  readonly prefixes: Int32Array;
  readonly namespaces: readonly string[];
  /** `="name"` of each namespace as bytes: no name needs escaping. */
  readonly quotedNamespaces: readonly Uint8Array[];
  /** Some character above U+FFFF stands outside comments. */
  readonly hasSupplementary: boolean;
  readonly root: number;
  /** Bytes of the byte-order mark: 0 or 3. */
  readonly mark: number;
  /** One bit a byte of `source`: a CR was dropped before it. Absent when there was none. */
  readonly dropped: Uint8Array | undefined;
}
