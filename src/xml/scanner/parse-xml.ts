import { isUtf8 } from 'node:buffer';
import { limitsWith, type XmlLimits } from '../limits.js';
import { Positions, type SourceText } from '../positions.js';
import { type XmlProblem, type XmlProblemCode, xmlProblem } from '../problem.js';
import { NAME_SIZE, type TreeData } from '../records.js';
import { XmlTree } from '../tree.js';
import { scanRoot } from './content.js';
import { scanEpilog, scanProlog } from './prolog.js';
import { REFUSED, Scan } from './scan.js';
import { firstBadByte, type NormalisedSource, normaliseSource } from './source.js';

/** Parsing never yields, so one scratch a thread is enough. */
const scan = new Scan();

/**
 * Parses one document strictly: UTF-8, XML 1.0 with namespaces, no DOCTYPE, no processing instructions, within limits.
 * Comments are kept apart and never canonicalised. Nothing in the input makes it throw.
 */
export function parseXml(bytes: Uint8Array, changes?: Partial<XmlLimits>): XmlTree | XmlProblem {
  const limits = limitsWith(changes);
  if (bytes.length > limits.bytes) return xmlProblem('bytes', START_OF_DOCUMENT, { limit: limits.bytes });
  const foreign = foreignEncoding(bytes);
  if (foreign !== undefined) return xmlProblem('encoding', START_OF_DOCUMENT, { detail: foreign });
  if (!isUtf8(bytes)) return badUtf8(bytes);
  const text = normaliseSource(bytes);
  scan.begin(text.source, text.length, limits);
  const result = scanDocument() === REFUSED ? refusal(text, limits) : new XmlTree(treeData(text));
  scan.end();
  return result;
}

const START_OF_DOCUMENT = { line: 1, column: 1, offset: 0 };

function scanDocument(): number {
  const root = scanProlog(scan);
  if (root === REFUSED) return REFUSED;
  const end = scanRoot(scan, root);
  return end === REFUSED ? REFUSED : scanEpilog(scan, end);
}

function treeData(text: NormalisedSource): TreeData {
  return {
    ...text,
    records: scan.records.slice(0, scan.recordsEnd),
    attributes: scan.attributes.slice(0, scan.attributesEnd),
    declarations: scan.declarations.slice(0, scan.declarationsEnd),
    names: scan.names.slice(0, scan.namesEnd * NAME_SIZE),
    prefixes: scan.prefixes.slice(0, 2 * scan.prefixesEnd),
    namespaces: scan.namespaces,
    quotedNamespaces: scan.quotedNamespaces,
    hasSupplementary: scan.hasSupplementary,
    root: 0,
  };
}

function refusal(text: SourceText, limits: XmlLimits): XmlProblem {
  const place = new Positions(text).at(scan.problemAt);
  return xmlProblem(scan.problem, place, { detail: shortened(scan.problemDetail), ...limitOf(scan.problem, limits) });
}

function limitOf(problem: XmlProblemCode, limits: XmlLimits): { limit?: number } {
  return Object.hasOwn(limits, problem) ? { limit: limits[problem as keyof XmlLimits] } : {};
}

/** Names are the sender's and may be long. */
function shortened(detail: string): string {
  return detail.length > 80 ? `${detail.slice(0, 80)}…` : detail;
}

/** UTF-16 and UTF-32 begin with a mark or have a zero byte beside the first `<`. */
function foreignEncoding(bytes: Uint8Array): string | undefined {
  const [a, b] = bytes;
  if ((a === 0xfe && b === 0xff) || (a === 0xff && b === 0xfe)) return 'UTF-16';
  if ((a === 0 && b === 60) || (a === 60 && b === 0)) return 'UTF-16';
  return undefined;
}

function badUtf8(bytes: Uint8Array): XmlProblem {
  const bad = firstBadByte(bytes);
  const text = normaliseSource(bytes.subarray(0, bad));
  return xmlProblem('utf8', new Positions(text).at(text.length), {});
}
