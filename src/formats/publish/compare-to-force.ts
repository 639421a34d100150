import canonicalJson from 'canonicalize';
import type { CatalogueData } from '../catalogue.js';
import { type Difference, formatDifference, type NoSchema } from '../difference/index.js';
import type { Format } from '../format.js';
import { formatFile } from '../format-file.js';
import type { PackageDocuments } from './package-documents.js';
import type { Novelty } from './plan.js';

/** Fields a publication does not change: life cycles have commands of their own, and a schema may lie under another name. */
const NOT_COMPARED = new Set(['entry', 'state', 'activeFrom', 'retiredFrom', 'successor']);

export interface Comparison {
  readonly novelty: Novelty;
  readonly difference?: Difference | NoSchema;
  /** Fields of the description that differ from those in force. */
  readonly described: readonly string[];
}

/** Where the package's documents stand beside those in force while the two are compared: they may have the same paths. */
const STAGE = 'package/';

export function staged(format: Format): Format {
  return format.entry === undefined ? format : { ...format, entry: STAGE + format.entry };
}

/** The schemas in force and those of a package, together. */
export function besideForce(
  inForce: CatalogueData,
  schemas: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return { ...inForce.schemas, ...Object.fromEntries(Object.entries(schemas).map(([p, text]) => [STAGE + p, text])) };
}

/** What is new in a format of a package against the catalogue in force. `others`: of the package; `all`: see besideForce. */
export function compareToForce(
  format: Format,
  others: readonly Format[],
  inForce: CatalogueData,
  all: Readonly<Record<string, string>>,
  documents: PackageDocuments,
): Comparison {
  const data = { formats: [], schemas: all };
  const known = inForce.formats.find((f) => f.namespace === format.namespace);
  if (known !== undefined) {
    const described = differing(known, format);
    if (described.length === 0 && sameSchemas(known, format, documents)) return { novelty: 'unchanged', described };
    return { novelty: 'revision', difference: formatDifference(data, known, staged(format)), described };
  }
  const before = newestBefore(format, [...inForce.formats, ...others.map(staged)]);
  if (before === undefined) return { novelty: 'new-format', described: [] };
  return { novelty: 'new-version', difference: formatDifference(data, before, staged(format)), described: [] };
}

function differing(known: Format, format: Format): string[] {
  // Both are plain objects of named fields.
  const [a, b] = [formatFile(known), formatFile(format)] as [Record<string, unknown>, Record<string, unknown>];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((name) => !NOT_COMPARED.has(name) && canonicalJson(a[name] ?? null) !== canonicalJson(b[name] ?? null))
    .sort();
}

/** The same documents say the same, wherever they lie. */
function sameSchemas(known: Format, format: Format, documents: PackageDocuments): boolean {
  if (known.entry === undefined || format.entry === undefined) return known.entry === format.entry;
  const [was, is] = [`in-force/${known.entry}`, format.entry].map((entry) => {
    const { paths } = documents.closure(entry);
    return paths.map((path) => documents.get(path)?.fingerprint ?? path);
  });
  return was![0] === is![0] && [...new Set(was)].sort().join() === [...new Set(is)].sort().join();
}

/** By number: 1.0.10 after 1.0.9. */
export function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function newestBefore(format: Format, all: readonly Format[]): Format | undefined {
  return all
    .filter((f) => f.id === format.id && f.entry !== undefined && compareVersions(f.version, format.version) < 0)
    .sort((a, b) => compareVersions(b.version, a.version))[0];
}
