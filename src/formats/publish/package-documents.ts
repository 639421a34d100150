import { Buffer } from 'node:buffer';
import { posix } from 'node:path';
import type { CatalogueData } from '../catalogue.js';
import type { PackageFiles } from './package-files.js';
import type { Refusal, Warning } from './plan.js';
import { type Link, readSchema, type SchemaDocument } from './schema-document.js';
import { WELL_KNOWN } from './well-known.js';

/** Where documents that the package takes from the catalogue in force stand among its own. */
const BORROWED = 'in-force';

/** A document with all it leads to. */
export interface Closure {
  readonly paths: readonly string[];
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Warning[];
}

/** The schema documents of a package, those of the catalogue in force behind them, and the way from one to another. Nothing is fetched. */
export class PackageDocuments {
  readonly own = new Map<string, SchemaDocument>();
  /** Of documents that cannot be read at all. */
  readonly refusals: Refusal[] = [];
  readonly #inForce: Readonly<Record<string, string>>;
  readonly #borrowed = new Map<string, SchemaDocument | undefined>();
  readonly #byNamespace = new Map<string, string[]>();

  constructor(files: PackageFiles, inForce: CatalogueData) {
    this.#inForce = inForce.schemas;
    for (const [path, bytes] of files) if (/\.xsd$/i.test(path)) this.#read(path, bytes);
    for (const [path, text] of Object.entries(inForce.schemas)) this.#note(path, text);
  }

  #read(path: string, bytes: Uint8Array): void {
    const read = readSchema(path, bytes);
    if (read === undefined)
      this.refusals.push({
        code: 'not-a-schema',
        document: path,
        ru: `Файл ${path} не схема: его корневой элемент не xs:schema.`,
        en: `The file ${path} is no schema: its root element is not xs:schema.`,
      });
    else if ('code' in read) this.refusals.push(read);
    else this.own.set(path, read);
  }

  #note(path: string, text: string): void {
    const target = /\stargetNamespace\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(text);
    const namespace = target?.[1] ?? target?.[2];
    if (namespace !== undefined) this.#byNamespace.set(namespace, [...(this.#byNamespace.get(namespace) ?? []), path]);
  }

  get(path: string): SchemaDocument | undefined {
    return this.own.get(path) ?? this.#borrow(path);
  }

  #borrow(path: string): SchemaDocument | undefined {
    if (!path.startsWith(`${BORROWED}/`)) return undefined;
    if (this.#borrowed.has(path)) return this.#borrowed.get(path);
    const text = this.#inForce[path.slice(BORROWED.length + 1)] ?? wellKnown(path);
    const read = text === undefined ? undefined : readSchema(path, Buffer.from(text, 'utf8'));
    const document = read === undefined || 'code' in read ? undefined : read;
    this.#borrowed.set(path, document);
    return document;
  }

  /** The path of the document a link leads to, or why it leads nowhere. */
  resolve(from: SchemaDocument, link: Link): string | Refusal {
    const beside = besideOf(from.path, link.location).find((path) => this.get(path) !== undefined);
    if (beside !== undefined) return beside;
    const named = this.#suiting(link).filter((d) => basename(d.path) === basename(link.location ?? '/'));
    const inPackage = named.length > 0 ? named : link.kind === 'import' ? this.#suiting(link) : [];
    const others = inPackage.filter((d) => d.path !== from.path);
    if (others.length > 0) return this.#only(others, from, link);
    const borrowed = link.kind === 'import' ? this.#inForceFor(link.namespace) : undefined;
    return borrowed ?? unresolved(from.path, link);
  }

  /** Documents of the package a link may mean: an included one has the same namespace or none. */
  #suiting({ kind, namespace }: Link): SchemaDocument[] {
    const suits = ({ target }: SchemaDocument): boolean => target === namespace || (kind !== 'import' && target === '');
    return [...this.own.values()].filter(suits);
  }

  /** Copies are one document; a part that another candidate includes is no candidate of its own. */
  #only(candidates: readonly SchemaDocument[], from: SchemaDocument, link: Link): string | Refusal {
    const parts = new Set(candidates.flatMap((d) => this.#included(d)));
    const whole = candidates.filter((d) => !parts.has(d.path));
    const [first = candidates[0]!] = whole;
    if (whole.every((d) => d.fingerprint === first.fingerprint)) return first.path;
    const names = whole.map((d) => d.path).join(', ');
    return {
      code: 'ambiguous-import',
      document: from.path,
      ru: `${from.path}: ${inWords(link)} может означать разные документы: ${names}. Укажите schemaLocation.`,
      en: `${from.path}: ${inWords(link)} may mean different documents: ${names}. Give a schemaLocation.`,
    };
  }

  #included(document: SchemaDocument): string[] {
    return document.links
      .filter((link) => link.kind !== 'import')
      .flatMap((link) => besideOf(document.path, link.location).filter((path) => path !== document.path));
  }

  /** A built-in document before a published one, the newest of those: paths come in the order of publication. */
  #inForceFor(namespace: string): string | undefined {
    const paths = this.#byNamespace.get(namespace) ?? [];
    const path = paths.find((p) => !p.startsWith('published/')) ?? paths.at(-1);
    if (path !== undefined) return `${BORROWED}/${path}`;
    return namespace in WELL_KNOWN ? `${BORROWED}/${slugOf(namespace)}` : undefined;
  }

  /** Everything a document leads to, itself first. */
  closure(entry: string): Closure {
    const paths = new Set([entry]);
    const refusals: Refusal[] = [];
    for (const path of paths) {
      const document = this.get(path);
      for (const link of document?.links ?? []) {
        const next = this.resolve(document!, link);
        if (typeof next === 'string') paths.add(next);
        else refusals.push(next);
      }
    }
    const documents = [...paths].flatMap((path) => this.get(path) ?? []);
    return {
      paths: [...paths],
      refusals,
      warnings: [...contradictions(documents), ...documents.flatMap((d) => d.mended)],
    };
  }

  /** The text of a document with its links pointing where they were resolved to, relative as ever. */
  linked(document: SchemaDocument): string {
    const { octets, path } = document;
    let text = '<?xml version="1.0" encoding="UTF-8"?>';
    let from = 0;
    for (const link of document.links) {
      const target = this.resolve(document, link);
      if (typeof target !== 'string' || besideOf(path, link.location)[0] === target) continue;
      text += octets.toString('utf8', from, link.start);
      text += withLocation(octets.toString('utf8', link.start, link.end), posix.relative(posix.dirname(path), target));
      from = link.end;
    }
    return text + octets.toString('utf8', from);
  }
}

/** A file name for a well-known namespace: nothing in it that a location would have to escape. */
function slugOf(namespace: string): string {
  return `${namespace.replace(/[^A-Za-z0-9]+/g, '-')}.xsd`;
}

function wellKnown(path: string): string | undefined {
  return Object.entries(WELL_KNOWN).find(([namespace]) => path === `${BORROWED}/${slugOf(namespace)}`)?.[1];
}

function basename(path: string): string {
  return posix.basename(unescaped(path.replaceAll('\\', '/'))).toLowerCase();
}

/** Paths a location may mean beside its document: as written, and with its escapes read. None for an address of a network. */
function besideOf(path: string, location: string | undefined): string[] {
  if (location === undefined || location === '' || isRemote(location)) return [];
  const plain = location.replaceAll('\\', '/');
  return [plain, unescaped(plain)].map((l) => posix.join(posix.dirname(path), l));
}

function isRemote(location: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(location);
}

function unescaped(location: string): string {
  try {
    return decodeURIComponent(location);
  } catch {
    return location;
  }
}

function withLocation(tag: string, location: string): string {
  const value = location.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  const attribute = /(\sschemaLocation\s*=\s*)("[^"]*"|'[^']*')/;
  if (attribute.test(tag)) return tag.replace(attribute, (_all, name: string) => `${name}"${value}"`);
  return tag.replace(/^<[^\s/>]+/, (name) => `${name} schemaLocation="${value}"`);
}

function inWords({ kind, namespace, location }: Link): string {
  const where = location === undefined ? '' : ` schemaLocation="${location}"`;
  return `xs:${kind}${kind === 'import' ? ` namespace="${namespace}"` : ''}${where}`;
}

function unresolved(path: string, link: Link): Refusal {
  const isFromNetwork = link.location !== undefined && isRemote(link.location);
  return {
    code: isFromNetwork ? 'http-import' : 'missing-import',
    document: path,
    ru: `${path}: ${inWords(link)} — ${isFromNetwork ? 'из сети схемы не берутся, а ' : ''}ни в пакете, ни в каталоге такого документа нет. Добавьте его в пакет.`,
    en: `${path}: ${inWords(link)} — ${isFromNetwork ? 'schemas are never fetched, and ' : ''}neither the package nor the catalogue has that document. Add it to the package.`,
  };
}

/** libxml2 reads the first document of a namespace and passes over the others without a word. */
function contradictions(documents: readonly SchemaDocument[]): Warning[] {
  const byTarget = new Map<string, SchemaDocument[]>();
  const included = new Set(
    documents.flatMap((d) => d.links.filter((l) => l.kind !== 'import').flatMap((l) => besideOf(d.path, l.location))),
  );
  for (const d of documents)
    if (d.target !== '' && !included.has(d.path)) byTarget.set(d.target, [...(byTarget.get(d.target) ?? []), d]);
  return [...byTarget].flatMap(([namespace, all]) => {
    if (new Set(all.map((d) => d.fingerprint)).size < 2) return [];
    const names = all.map((d) => d.path).join(', ');
    const ru = `Пространство имён ${namespace} описано по-разному: ${names}. Действует первый документ.`;
    const en = `The namespace ${namespace} is described in different ways: ${names}. The first document counts.`;
    return [{ kind: 'contradiction' as const, document: documents[0]!.path, ru, en }];
  });
}
