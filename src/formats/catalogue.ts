import { createHash } from 'node:crypto';
import canonicalJson from 'canonicalize';
import { type Fault, fault } from '../faults/index.js';
import { nameOf, type QualifiedName } from '../message/index.js';
import { editDistance, nearest } from './edit-distance.js';
import { type Format, type FormatEntry, formatName, ROLES } from './format.js';

/** The whole catalogue as plain data: part of the hashed snapshot, sent to worker threads. Sorted, so equal contents hash equally. */
export interface CatalogueData {
  readonly formats: readonly Format[];
  /** Schema documents by virtual path (relative to the schema root, `/` between). */
  readonly schemas: Readonly<Record<string, string>>;
}

/** The index over one immutable `CatalogueData`. */
export class Catalogue {
  readonly data: CatalogueData;
  readonly #entries = new Map<string, FormatEntry>();
  #hash: string | undefined;

  constructor(data: CatalogueData) {
    this.data = data;
    for (const format of data.formats)
      for (const role of ROLES) {
        const local = format.roots[role];
        if (local === undefined) continue;
        const root = { namespace: format.namespace, local };
        this.#entries.set(nameOf(root), { format, role, root });
      }
  }

  /** Lower-case hex SHA-256 of the data in RFC 8785 form. */
  get hash(): string {
    this.#hash ??= createHash('sha256')
      .update(canonicalJson(this.data) ?? '')
      .digest('hex');
    return this.#hash;
  }

  /** The format whose root element this is. Versions live side by side: the namespace tells them apart. */
  find(namespace: string, local: string): FormatEntry | undefined {
    return this.#entries.get(nameOf({ namespace, local }));
  }

  entries(): readonly FormatEntry[] {
    return [...this.#entries.values()];
  }

  /** All versions of one format id, as published. */
  versions(id: string): readonly Format[] {
    return this.data.formats.filter((f) => f.id === id);
  }

  /** The refusal of a root element that no format has; names the nearest known one. */
  unknown(name: QualifiedName): Fault {
    const beginning = `Вид сведений ${nameOf(name)} не зарегистрирован`;
    const advice = this.#adviceFor(name);
    return fault('BusinessDataTypeIsNotSupported', advice ? `${beginning}; ${advice}` : beginning);
  }

  #adviceFor(name: QualifiedName): string | undefined {
    const here = this.entries().filter((e) => e.root.namespace === name.namespace);
    if (here.length > 0) {
      const roots = here.map((e) => e.root.local);
      return `корневые элементы ${formatName(here[0]!.format)}: ${roots.join(', ')}, а найден ${name.local}`;
    }
    const family = this.data.formats.filter((f) => withoutVersion(f.namespace) === withoutVersion(name.namespace));
    if (family.length > 0) {
      const versions = family.map((f) => `${f.version} (${f.namespace})${f.state === 'retired' ? ', выведен' : ''}`);
      return `известные версии ${family[0]!.id}: ${versions.join('; ')}`;
    }
    const near = nearest(name.namespace, this.data.formats.map((f) => f.namespace)); // biome-ignore format: one thought
    const format = this.data.formats.find((f) => f.namespace === near);
    // Half of a long URI is no likeness: namespaces share their beginnings.
    if (!format || editDistance(name.namespace, format.namespace) > 6) return undefined;
    return `ближайший известный: ${formatName(format)}, пространство имён ${format.namespace}`;
  }
}

/** `urn://egisso-ru/msg/10.06.S/1.1.0` → `urn://egisso-ru/msg/10.06.S`: what versions of one format share. */
export function withoutVersion(namespace: string): string {
  return namespace.replace(/\/v?\d+(\.\d+)*\/?$/, '');
}
