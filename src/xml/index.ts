/**
 * XML as signatures need it: one strict parse into one immutable tree, exclusive c14n, the SMEV transform, XSD validation.
 * May import: message, faults. Start at parseXml (scanner/parse-xml.ts); records.ts says what a tree is made of.
 */

export { escapeAttribute, escapeText } from './escape.js';
export {
  type CanonicalOptions,
  type CanonicalSpan,
  canonicalize,
  canonicalizeWithSpans,
} from './exclusive-c14n.js';
export { prefixListOf } from './inclusive-prefixes.js';
export { DEFAULT_LIMITS, type XmlLimits } from './limits.js';
export { namespaceOfPrefix } from './namespace-of-prefix.js';
export { isXmlProblem, PROBLEMS, type XmlProblem, type XmlProblemCode } from './problem.js';
export { parseXml } from './scanner/parse-xml.js';
export { type SmevTransformOptions, smevTransform } from './smev-transform.js';
export { type XmlAttribute, type XmlElement, XmlTree } from './tree.js';
export { compileSchema, initXsd, isXsdProblem, type XsdProblem, XsdSchema } from './xsd.js';
export { MOST_VIOLATIONS, type RawViolation } from './xsd-engine.js';
export { elementAtPath } from './xsd-path.js';
