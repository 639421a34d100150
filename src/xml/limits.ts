/** What one document may cost. Every limit is checked before the memory or time it guards is spent. */
export interface XmlLimits {
  /** Size of the document, bytes. */
  readonly bytes: number;
  /** Nesting of elements; at most 1000. */
  readonly depth: number;
  /** Attributes and namespace declarations of one element. */
  readonly attributes: number;
  /** Prefixes bound at one place of the document. */
  readonly namespacesInScope: number;
  /** Different namespace URIs of the document; at most 60000. */
  readonly namespaces: number;
  /** Length of one namespace URI, bytes. */
  readonly namespaceBytes: number;
  /** Different qualified names of the document; at most 4096. */
  readonly names: number;
  /** Length of one qualified name, bytes. */
  readonly nameBytes: number;
  /** Elements, text runs, CDATA sections and comments. */
  readonly nodes: number;
  /** Attributes and namespace declarations of the whole document. */
  readonly attributesInAll: number;
  /** Upper bound of namespace declarations that exclusive c14n may have to repeat, bytes: it can grow a document a hundredfold. */
  readonly repeatedNamespaceBytes: number;
}

export const DEFAULT_LIMITS: XmlLimits = Object.freeze({
  bytes: 32 * 1024 * 1024,
  depth: 100,
  attributes: 256,
  namespacesInScope: 64,
  namespaces: 512,
  namespaceBytes: 1024,
  names: 2048,
  nameBytes: 1024,
  nodes: 400_000,
  attributesInAll: 400_000,
  repeatedNamespaceBytes: 32 * 1024 * 1024,
});

/** Sizes of the scanner's fixed tables; limits above them are lowered to them. */
export const MOST_DEPTH = 1000;
export const MOST_NAMES = 4096;
export const MOST_NAMESPACES = 60_000;

/** The default limits with those given put in their place. */
export function limitsWith(changes: Partial<XmlLimits> | undefined): XmlLimits {
  if (changes === undefined) return DEFAULT_LIMITS;
  const limits = { ...DEFAULT_LIMITS, ...changes };
  return {
    ...limits,
    depth: Math.min(limits.depth, MOST_DEPTH),
    names: Math.min(limits.names, MOST_NAMES),
    namespaces: Math.min(limits.namespaces, MOST_NAMESPACES),
  };
}
