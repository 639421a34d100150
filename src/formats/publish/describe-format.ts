import { posix } from 'node:path';
import { type CatalogueData, withoutVersion } from '../catalogue.js';
import { type Format, formatName, ROLES } from '../format.js';
import { formatFile, formatFrom } from '../format-file.js';
import { formatModel } from '../schema-model/index.js';
import { deriveNames, deriveTitle } from './derive-names.js';
import { deriveRoots } from './derive-roots.js';
import { guessPersonal } from './guess-personal.js';
import type { PackageDocuments } from './package-documents.js';
import type { Refusal } from './plan.js';
import type { Description } from './read-description.js';
import type { SchemaDocument } from './schema-document.js';

/** A format as the package describes it; `entry` is its path in the package. */
export interface Described {
  readonly format: Format;
  readonly document: SchemaDocument | undefined;
  /** Fields nobody declared, found by the names in the schema. */
  readonly guessed: readonly string[];
}

export interface Source {
  /** Of the package's own schemas, as they will be stored. */
  readonly schemas: Readonly<Record<string, string>>;
  readonly documents: PackageDocuments;
  readonly inForce: CatalogueData;
  readonly asTest: boolean;
}

/**
 * The description of one format: what its format.json says, else what the format in force of this namespace says, else what the
 * names in its schema tell. A life cycle that is in force stays: publishing a revision ends nothing and begins nothing.
 */
export function describeFormat(document: SchemaDocument, said: Description, source: Source): Described | Refusal {
  const { inForce, documents, asTest } = source;
  const known = inForce.formats.find((f) => f.namespace === document.target);
  const parts = includedParts(document, documents);
  const elements = new Set([document, ...parts].flatMap((d) => d.elements));
  const roots = rootsOf(document, parts, said, known, elements);
  if ('code' in roots) return roots;
  const guessed: string[] = [];
  const guess = <T>(field: string, value: T): T => {
    guessed.push(field);
    return value;
  };
  const names = deriveNames(document);
  const sibling = inForce.formats.find((f) => withoutVersion(f.namespace) === withoutVersion(document.target));
  // What is in force is described as its own format.json would, so that a field added to formats is inherited too.
  const inherited = known === undefined ? {} : (formatFile(known) as Description);
  const id = said.id ?? known?.id ?? sibling?.id ?? guess('id', names.id);
  const draft = formatFrom(
    {
      ...inherited,
      ...said,
      id,
      version: said.version ?? known?.version ?? guess('version', names.version),
      family: said.family ?? known?.family ?? sibling?.family ?? guess('family', names.family),
      namespace: document.target,
      title:
        said.title ?? known?.title ?? sibling?.title ?? guess('title', deriveTitle(document, id, Object.values(roots))),
    },
    document.path,
  );
  const format = { ...withLifeCycle(draft, said, known, asTest), roots };
  if (said.persons !== undefined || said.personal !== undefined || known !== undefined)
    return { document, guessed, format };
  if (!ROLES.some((role) => said[role] !== undefined)) guessed.push('roots');
  const model = formatModel({ formats: [], schemas: source.schemas }, format);
  const marks = model && guessPersonal(model);
  return { document, guessed: [...guessed, 'persons', 'personal'], format: { ...format, ...marks } };
}

/** What is in force goes on; what is new begins as its description says, or as a test. */
function withLifeCycle(draft: Format, said: Description, known: Format | undefined, asTest: boolean): Format {
  if (known === undefined) return asTest ? { ...draft, state: 'test' } : draft;
  const { activeFrom: _from, retiredFrom: _until, successor: _next, ...plain } = draft;
  const { state, activeFrom, retiredFrom, successor = said.successor } = known;
  return {
    ...plain,
    state,
    ...(activeFrom !== undefined && { activeFrom }),
    ...(retiredFrom !== undefined && { retiredFrom }),
    ...(successor !== undefined && { successor }),
  };
}

function rootsOf(
  document: SchemaDocument,
  parts: readonly SchemaDocument[],
  said: Description,
  known: Format | undefined,
  elements: ReadonlySet<string>,
): Format['roots'] | Refusal {
  const told = ROLES.some((role) => said[role] !== undefined);
  const own = Object.fromEntries(ROLES.flatMap((role) => (said[role] === undefined ? [] : [[role, said[role]]])));
  const roots: Format['roots'] | undefined = told ? own : known?.roots;
  if (roots === undefined) return deriveRoots(document, parts);
  const missing = Object.values(roots).find((name) => !elements.has(name));
  if (missing === undefined) return roots;
  // The schema of a revision may have renamed its root: then its own names count.
  if (!told) return deriveRoots(document, parts);
  return {
    code: 'description',
    document: document.path,
    ru: `${document.path}: в схеме нет корневого элемента ${missing}, который назван в format.json.`,
    en: `${document.path}: the schema has no root element ${missing}, which format.json names.`,
  };
}

/** Documents of the same namespace that make one schema with it. */
function includedParts(document: SchemaDocument, documents: PackageDocuments): SchemaDocument[] {
  const found = new Set<SchemaDocument>();
  const add = (from: SchemaDocument): void => {
    for (const link of from.links.filter((l) => l.kind !== 'import')) {
      const target = documents.resolve(from, link);
      const part = typeof target === 'string' ? documents.get(target) : undefined;
      if (part === undefined || part === document || found.has(part)) continue;
      found.add(part);
      add(part);
    }
  };
  add(document);
  return [...found];
}

/** The schema a `format.json` speaks of: the one it names, or the only one beside it. */
export function entryOf(
  path: string,
  said: Description,
  documents: PackageDocuments,
): SchemaDocument | Refusal | undefined {
  const folder = posix.dirname(path);
  const beside = [...documents.own.values()].filter((d) => posix.dirname(d.path) === folder);
  if (said.entry === undefined && beside.length === 0 && said.state === 'retired') return undefined;
  const wanted = said.entry === undefined ? beside : beside.filter((d) => posix.basename(d.path) === said.entry);
  const [only, other] = wanted;
  if (only !== undefined && other === undefined) return only;
  const what = said.entry ?? '"entry"';
  return {
    code: 'description',
    document: path,
    ru: `${path}: рядом нет схемы ${what}; в поле "entry" пишется имя файла .xsd из той же папки.`,
    en: `${path}: the schema ${what} is not beside it; "entry" is the name of an .xsd file of the same folder.`,
  };
}

/** Two formats of one name cannot be told apart by people. */
export function takenBy(format: Format, others: readonly Format[]): Refusal | undefined {
  const other = others.find(
    (f) => f.id === format.id && f.version === format.version && f.namespace !== format.namespace,
  );
  if (other === undefined) return undefined;
  return {
    code: 'taken',
    ...(format.entry !== undefined && { document: format.entry }),
    ru: `Имя ${formatName(format)} уже занято видом сведений ${other.namespace}. Напишите в format.json другие "id" и "version" для ${format.namespace}.`,
    en: `The name ${formatName(format)} is taken by the format ${other.namespace}. Give ${format.namespace} another "id" and "version" in a format.json.`,
  };
}
