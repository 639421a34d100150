import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { Catalogue } from './catalogue.js';
import { compare } from './compose-catalogue.js';
import type { Format, LifeCycleState, PersonPath, RecordPlace, Role } from './format.js';

/** `format.json` as it is written: everything but id, version, family, namespace and title may be absent. */
interface FormatFile extends Partial<Record<Role, string>> {
  readonly id: string;
  readonly version: string;
  readonly family: string;
  readonly namespace: string;
  readonly title: { readonly ru: string; readonly en: string };
  readonly entry?: string;
  readonly state?: LifeCycleState;
  readonly activeFrom?: string;
  readonly retiredFrom?: string;
  readonly successor?: string;
  readonly carries?: readonly string[];
  readonly persons?: readonly PersonPath[];
  readonly personal?: readonly string[];
  readonly personalSignature?: 'required';
  readonly records?: readonly RecordPlace[];
  readonly rules?: Partial<Format['rules']>;
}

/**
 * Reads every `format.json` and `.xsd` below `root`.
 * A file that cannot be read as what it should be is an error of the installation, so it throws, naming the file.
 */
export function loadCatalogue(root: string): Catalogue {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((f) => f.split(sep).join('/'))
    .sort();
  const schemas: Record<string, string> = {};
  for (const file of files.filter((f) => f.endsWith('.xsd'))) schemas[file] = readFileSync(join(root, file), 'utf8');
  const formats = files
    .filter((f) => posix.basename(f) === 'format.json')
    .map((file) => readFormat(root, file, schemas))
    .sort((a, b) => compare(a.id, b.id) || compare(a.version, b.version));
  return new Catalogue({ formats, schemas });
}

function readFormat(root: string, file: string, schemas: Readonly<Record<string, string>>): Format {
  const said = JSON.parse(readFileSync(join(root, file), 'utf8')) as FormatFile;
  const entry = said.entry === undefined ? undefined : posix.join(posix.dirname(file), said.entry);
  if (entry !== undefined && !(entry in schemas)) throw new Error(`${file}: the entry schema ${entry} does not exist`);
  return {
    id: said.id,
    version: said.version,
    family: said.family,
    namespace: said.namespace,
    title: said.title,
    roots: {
      ...(said.request && { request: said.request }),
      ...(said.response && { response: said.response }),
      ...(said.document && { document: said.document }),
    },
    ...(entry !== undefined && { entry }),
    state: said.state ?? 'active',
    ...(said.activeFrom && { activeFrom: said.activeFrom }),
    ...(said.retiredFrom && { retiredFrom: said.retiredFrom }),
    ...(said.successor && { successor: said.successor }),
    carries: said.carries ?? [],
    persons: said.persons ?? [],
    personal: said.personal ?? [],
    ...(said.personalSignature && { personalSignature: said.personalSignature }),
    ...(said.records && { records: said.records }),
    rules: { ...said.rules, gateway: said.rules?.gateway ?? [], registry: said.rules?.registry ?? [] },
  };
}
