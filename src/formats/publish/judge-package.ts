import { createHash } from 'node:crypto';
import canonicalJson from 'canonicalize';
import type { SecondOpinion } from '../../ports/index.js';
import { Catalogue, type CatalogueData } from '../catalogue.js';
import { compare } from '../compose-catalogue.js';
import type { Format } from '../format.js';
import { besideForce, type Comparison, compareToForce } from './compare-to-force.js';
import { type Described, describeFormat, entryOf, takenBy } from './describe-format.js';
import { duplicate, findEntries } from './find-entries.js';
import { judgeSamples } from './judge-samples.js';
import { judgeByLibxml2, judgeBySecond, type Sources, secondWarnings, sourcesOf } from './judge-schemas.js';
import { PackageDocuments } from './package-documents.js';
import { type PackageFiles, withoutOuterFolder } from './package-files.js';
import { type EngineVerdict, isRefused, type PlannedFormat, type PublishPlan, type Refusal, type Refused, type Warning } from './plan.js'; // biome-ignore format: one thought
import { planWarnings } from './plan-warnings.js';
import { type Description, readDescription } from './read-description.js';
import type { SchemaDocument } from './schema-document.js';

export interface JudgeOptions {
  /** What is new begins in the state `test`. */
  readonly asTest?: boolean;
  /** Milliseconds of any clock: without one, no schema is found too slow. */
  readonly now?: () => number;
}

/** What a package brings, read and described but not yet compared. */
interface Brought {
  readonly described: readonly Described[];
  /** Every document the formats lead to, linked among themselves, by path in the package. */
  readonly schemas: Readonly<Record<string, string>>;
  readonly warnings: readonly Warning[];
}

/**
 * Judges a package against the catalogue in force: either all refusals, or a plan of everything a publication would do. Reads
 * nothing but its arguments and changes nothing. `initXsd()` must have been awaited; costs seconds for a large package.
 */
export async function judgePackage(
  given: PackageFiles,
  inForce: CatalogueData,
  options: JudgeOptions = {},
  second?: SecondOpinion,
): Promise<PublishPlan | Refused> {
  // In one order, so that equal packages make equal plans.
  const files = new Map([...withoutOuterFolder(given)].sort(([a], [b]) => compare(a, b)));
  const documents = new PackageDocuments(files, inForce);
  if (documents.refusals.length > 0) return { refusals: documents.refusals };
  const brought = readFormats(files, documents, inForce, options);
  if (isRefused(brought)) return brought;
  const { described, schemas } = brought;
  const sources = sourcesOf(schemas);
  const verdicts = described.map(({ format }) =>
    format.entry === undefined ? undefined : judgeByLibxml2(sources, format.entry, options.now ?? (() => 0)),
  );
  const refusals = verdicts.flatMap((v) => (v !== undefined && 'code' in v ? [v] : []));
  if (refusals.length > 0) return { refusals };
  const formats = described.map((d) => d.format);
  const all = besideForce(inForce, schemas);
  const compared = formats.map((f) => compareToForce(f, formats, inForce, all, documents));
  const seconds = await askSecond(second, sources, formats, compared);
  const judged = judgeSamples(files, { formats, schemas });
  const planned = described.map((d, i) =>
    plannedOf(d, compared[i]!, verdicts[i] as EngineVerdict | undefined, seconds[i]),
  ); // the refusals have left above
  const warnings = [
    ...brought.warnings,
    ...planWarnings(planned),
    ...secondWarnings(
      planned.flatMap((p) => (p.second && p.document ? [{ document: p.document, second: p.second }] : [])),
    ),
    ...judged.warnings,
  ];
  const fresh = formats.filter((_, i) => compared[i]?.novelty !== 'unchanged');
  return withHash(
    { formats: planned, warnings, samples: judged.samples },
    artefactOf(fresh, schemas, documents),
    inForce,
  );
}

function readFormats(
  files: PackageFiles,
  documents: PackageDocuments,
  inForce: CatalogueData,
  { asTest = false }: JudgeOptions,
): Brought | Refused {
  const found = entriesOf(files, documents);
  if (isRefused(found)) return found;
  const closures = found.entries.flatMap(({ document }) =>
    document === undefined ? [] : [documents.closure(document.path)],
  );
  const broken = unique(closures.flatMap((c) => c.refusals));
  if (broken.length > 0) return { refusals: broken };
  const paths = [...new Set(closures.flatMap((c) => c.paths))];
  const schemas = Object.fromEntries(paths.map((path) => [path, documents.linked(documents.get(path)!)]));
  const source = { schemas, documents, inForce, asTest };
  const described: Described[] = [];
  const refusals: Refusal[] = [];
  for (const { document, said, path } of found.entries) {
    const made = document === undefined ? withoutSchema(said, inForce, path) : describeFormat(document, said, source);
    if ('code' in made) refusals.push(made);
    else described.push(made);
  }
  const formats = described.map((d) => d.format);
  refusals.push(...formats.flatMap((f) => takenBy(f, [...inForce.formats, ...formats]) ?? []));
  const warnings = unique([...found.warnings, ...closures.flatMap((c) => c.warnings)]);
  return refusals.length > 0 ? { refusals: unique(refusals) } : { described, schemas, warnings };
}

interface EntryFound {
  readonly document: SchemaDocument | undefined;
  readonly said: Description;
  readonly path: string;
}

/** What format.json files describe; where there is none, what looks like a message. */
function entriesOf(
  files: PackageFiles,
  documents: PackageDocuments,
): { entries: readonly EntryFound[]; warnings: readonly Warning[] } | Refused {
  const descriptions = [...files].filter(([path]) => /(^|\/)format\.json$/.test(path));
  if (descriptions.length === 0) {
    const { entries, refusals, warnings } = findEntries(documents);
    if (refusals.length > 0) return { refusals };
    if (entries.length === 0) return { refusals: [noFormats(documents)] };
    return { entries: entries.map((document) => ({ document, said: {}, path: document.path })), warnings };
  }
  const entries: EntryFound[] = [];
  const refusals: Refusal[] = [];
  for (const [path, bytes] of descriptions) {
    const said = readDescription(path, bytes);
    if (Array.isArray(said)) {
      refusals.push(...(said as readonly Refusal[]));
      continue;
    }
    const description = said as Description;
    const document = entryOf(path, description, documents);
    const wrong =
      document !== undefined && 'code' in document ? document : misplaced(path, description, document, entries);
    if (wrong !== undefined) refusals.push(wrong);
    else entries.push({ document: document as SchemaDocument | undefined, said: description, path });
  }
  return refusals.length > 0 ? { refusals } : { entries, warnings: [] };
}

/** A description and its schema must agree, and no two may speak of one namespace. */
function misplaced(
  path: string,
  said: Description,
  document: SchemaDocument | undefined,
  before: readonly EntryFound[],
): Refusal | undefined {
  if (document === undefined) return undefined;
  if (document.target === '')
    return { code: 'description', document: document.path, ru: `${document.path}: у схемы нет targetNamespace, а без него СМЭВ не отличит вид сведений.`, en: `${document.path}: the schema has no targetNamespace, by which SMEV tells formats apart.` }; // biome-ignore format: one thought
  if (said.namespace !== undefined && said.namespace !== document.target)
    return { code: 'description', document: path, ru: `${path}: namespace — ${said.namespace}, а targetNamespace схемы ${document.path} — ${document.target}.`, en: `${path}: namespace is ${said.namespace}, but the targetNamespace of ${document.path} is ${document.target}.` }; // biome-ignore format: one thought
  const other = before.find((e) => e.document?.target === document.target);
  return other && duplicate(document.target, other.path, path);
}

/** A retired version that lives on as a name: only what is in force already may have no schema. */
function withoutSchema(said: Description, { formats }: CatalogueData, path: string): Described | Refusal {
  const known = formats.find((f) => f.namespace === said.namespace && f.entry === undefined);
  if (known !== undefined) return { format: known, document: undefined, guessed: [] };
  return {
    code: 'description',
    document: path,
    ru: `${path}: нет схемы этого вида сведений.`,
    en: `${path}: the schema of this format is missing.`,
  };
}

function noFormats(documents: PackageDocuments): Refusal {
  const rooted = [...documents.own.values()].filter((d) => d.elements.length > 0);
  const namesOf = (some: typeof rooted) => some.map((d) => d.path).slice(0, 5).join(', '); // biome-ignore format: one thought
  const nameless = namesOf(rooted.filter((d) => d.target === ''));
  const parts = namesOf(rooted.filter((d) => d.target !== ''));
  const why = [
    ...(nameless === '' ? [] : [{ ru: ` У схем нет targetNamespace: ${nameless}.`, en: ` Schemas without targetNamespace: ${nameless}.` }]), // biome-ignore format: one thought
    ...(parts === '' ? [] : [{ ru: ` За общие части приняты — по имени пространства имён или по ссылкам из других схем — ${parts}; если это вид сведений, опишите его в format.json.`, en: ` Taken for shared parts, by the name of the namespace or because other schemas refer to them: ${parts}; if one is a format, describe it in a format.json.` }]), // biome-ignore format: one thought
  ];
  return {
    code: 'no-formats',
    ru: `В пакете нет ни одной схемы вида сведений: файла .xsd с targetNamespace и корневыми элементами.${why.map((w) => w.ru).join('')}`,
    en: `The package has no schema of a format: an .xsd file with a targetNamespace and root elements.${why.map((w) => w.en).join('')}`,
  };
}

async function askSecond(
  second: SecondOpinion | undefined,
  sources: Sources,
  formats: readonly Format[],
  compared: readonly Comparison[],
): Promise<(EngineVerdict | undefined)[]> {
  return Promise.all(
    formats.map((f, i) =>
      f.entry === undefined || compared[i]?.novelty === 'unchanged'
        ? undefined
        : judgeBySecond(second, sources, f.entry),
    ),
  );
}

function plannedOf(
  { format, document, guessed }: Described,
  { novelty, difference, described }: Comparison,
  libxml2: EngineVerdict | undefined,
  second: EngineVerdict | undefined,
): PlannedFormat {
  const { id, version, family, namespace, title, roots, state, retiredFrom, persons, personal } = format;
  return {
    ...{ id, version, family, namespace, title, roots, state, persons, personal, novelty },
    ...(retiredFrom !== undefined && { retiredFrom }),
    ...(document && { document: document.path }),
    ...(libxml2 && { libxml2 }),
    ...(second && { second }),
    guessed: novelty === 'unchanged' ? [] : guessed,
    ...(difference && { difference }),
    ...(described.length > 0 && { described }),
  };
}

/** The package as it is stored: changed formats and the schemas they lead to, under a folder named by what they say. */
function artefactOf(
  formats: readonly Format[],
  schemas: Readonly<Record<string, string>>,
  documents: PackageDocuments,
): PublishPlan['artefact'] {
  if (formats.length === 0) return undefined;
  const paths = [...new Set(formats.flatMap((f) => documents.closure(f.entry!).paths))].sort(compare);
  const listed = paths.map((path) => [path, schemas[path]]);
  const folder = `published/${sha256(canonicalJson(listed) ?? '').slice(0, 16)}`;
  const data: CatalogueData = {
    formats: formats
      .map((f) => ({ ...f, entry: `${folder}/${f.entry}` }))
      .sort((a, b) => compare(a.namespace, b.namespace)),
    schemas: Object.fromEntries(listed.map(([path, text]) => [`${folder}/${path}`, text ?? ''])),
  };
  const bytes = Uint8Array.from(Buffer.from(canonicalJson(data) ?? '', 'utf8'));
  return { hash: createHash('sha256').update(bytes).digest('hex'), bytes };
}

function withHash(
  shown: Omit<PublishPlan, 'hash' | 'artefact'>,
  artefact: PublishPlan['artefact'],
  inForce: CatalogueData,
): PublishPlan {
  const against = new Catalogue(inForce).hash;
  const hash = sha256(canonicalJson({ ...shown, artefact: artefact?.hash ?? '', against }) ?? '');
  return { hash, ...shown, ...(artefact && { artefact }) };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function unique<T extends { readonly ru: string }>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [one.ru, one])).values()];
}
