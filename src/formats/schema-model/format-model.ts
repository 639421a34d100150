import type { CatalogueData } from '../catalogue.js';
import { type Format, ROLES, type Role } from '../format.js';
import type { ElementModel } from './model.js';
import { TypeReader } from './read-types.js';
import { SchemaDocuments } from './schema-documents.js';

/** A root element of a format. */
export interface RootModel {
  readonly role: Role;
  readonly element: ElementModel;
}

/** One version of a format as its schemas describe it. */
export interface FormatModel {
  readonly format: Format;
  readonly roots: readonly RootModel[];
  /** Virtual paths of the schemas it is made of, the entry first. */
  readonly schemas: readonly string[];
  /** Prefixes the schemas use, by namespace. */
  readonly prefixes: ReadonlyMap<string, string>;
}

/** Reads the schemas of a format; undefined for a version without any (a retired one). A root its schemas do not have is left out. */
export function formatModel(data: CatalogueData, format: Format): FormatModel | undefined {
  if (format.entry === undefined) return undefined;
  const documents = new SchemaDocuments(data.schemas, format.entry);
  const reader = new TypeReader(documents);
  const roots = ROLES.flatMap((role) => {
    const local = format.roots[role];
    const element = local === undefined ? undefined : reader.globalElement(`{${format.namespace}}${local}`);
    return element === undefined ? [] : [{ role, element }];
  });
  return { format, roots, schemas: documents.paths, prefixes: documents.prefixes };
}
