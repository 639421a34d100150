import { posix } from 'node:path';
import type { Phrase } from '../messages/phrase.js';
import { XS } from '../schema-model/schema-documents.js';
import type { SchemaDocument } from './schema-document.js';

export interface Names {
  readonly id: string;
  readonly version: string;
  readonly family: string;
  /** False when the namespace names no version and neither does the file. */
  readonly versionFound: boolean;
}

const VERSION = /^v?(\d+(?:\.\d+)*)$/;
const FILE_VERSION = /[-_]v?(\d+(?:[._]\d+)+)(?:\.xsd)?$/i;
/** Steps of a namespace that say nothing: zags-rogd/root/112-01/4.0.5. */
const EMPTY_STEPS = new Set(['root', 'msg', 'types', 'xsd', 'schema', 'schemas']);
/** Families of the built-in formats by the authority of their namespaces. */
const FAMILIES: Readonly<Record<string, string>> = {
  'egisso-ru': 'egisso',
  'kvs.pfr.com': 'pfr',
  'kvs.fri.com': 'fri',
  'fri.pfr.ru': 'fri',
  mincomsvyaz: 'esia',
  'roskazna.ru': 'gisec',
};

/** Id, version and family by the rules publishers follow: `urn://egisso-ru/msg/10.06.S/1.1.0`, `urn://x-artefacts-zags-rogd/root/112-01/4.0.5`, `http://kvs.pfr.com/name/1.0.1`. */
export function deriveNames({ target, path }: SchemaDocument): Names {
  const [authority = '', ...steps] = target
    .replace(/^[a-z][a-z0-9+.-]*:(\/\/)?/i, '')
    .split(/[/:]/)
    .filter((step) => step !== '');
  const last = steps.findLastIndex((step) => VERSION.test(step));
  const inFile = FILE_VERSION.exec(posix.basename(path, '.xsd'))?.[1]?.replaceAll('_', '.');
  const version = VERSION.exec(steps[last] ?? '')?.[1] ?? inFile;
  const named = steps.filter((step, i) => i !== last && !EMPTY_STEPS.has(step));
  const isArtefact = authority.startsWith('x-artefacts-');
  const owner = authority.replace(/^x-artefacts-/, '');
  const id = [...(isArtefact || named.length === 0 ? [owner] : []), ...named].join('-');
  return {
    id: clean(id) || clean(posix.basename(path, '.xsd')),
    version: version ?? '1.0.0',
    family: FAMILIES[authority] ?? clean(isArtefact ? (owner.split('-')[0] ?? owner) : familyOfHost(authority)),
    versionFound: version !== undefined,
  };
}

/** `services.gosuslugi.ru` → `gosuslugi`: the last name but the zone. */
function familyOfHost(host: string): string {
  const names = host.replace(/:\d+$/, '').split('.');
  return names.at(-2) ?? names[0] ?? 'other';
}

function clean(name: string): string {
  return name
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+|-+$/gu, '')
    .slice(0, 100);
}

/** What the schema says of itself: a title in guillemets that begins with the id, its annotation, the root's; else the id. */
export function deriveTitle(document: SchemaDocument, id: string, roots: readonly string[]): Phrase {
  const text = document.octets.toString('utf8');
  const quoted = [...text.matchAll(/«([^»]{1,300})»/g)].map(([, t = '']) => t.replace(/\s+/g, ' ').trim());
  const ofId = quoted.find((t) => t.startsWith(id) && t.length > id.length)?.slice(id.length).replace(/^[.\s–—-]+/, ''); // biome-ignore format: one thought
  const said = ofId ?? documented(document, undefined) ?? roots.map((root) => documented(document, root)).find(Boolean);
  const title = (said ?? id).replace(/^(\d\d\.\d\d\.\p{L})[.\s–—-]+(?=\S)/u, '');
  return { ru: title, en: title };
}

/** The annotation of the schema, or of one of its global elements. */
function documented({ tree }: SchemaDocument, element: string | undefined): string | undefined {
  const children = (of: number) => tree.children(of).filter((node) => tree.namespaceOf(node) === XS);
  const holder =
    element === undefined ? tree.root : children(tree.root).find((n) => tree.attribute(n, 'name') === element);
  if (holder === undefined) return undefined;
  const texts = children(holder)
    .filter((node) => tree.localNameOf(node) === 'annotation')
    .flatMap((node) => children(node))
    .map((node) => tree.textOf(node)?.replace(/\s+/g, ' ').trim() ?? '');
  return texts.find((t) => t !== '')?.slice(0, 300);
}
