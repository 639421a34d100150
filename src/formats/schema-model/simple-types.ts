import { BOUNDS, type Bound, type EnumerationValue, type SimpleType } from './model.js';
import { readDocumentation } from './read-documentation.js';
import {
  attributeOf,
  childrenOf,
  type Declaration,
  nameIn,
  resolveName,
  type SchemaDocuments,
  XS,
} from './schema-documents.js';

/** What stands for a type that is not there or that contains itself: anything may stand in such a place. */
export const UNKNOWN: SimpleType = { primitive: 'anySimpleType', patterns: [], bounds: {} };

/** Reads simple types; each named one once. */
export class SimpleTypes {
  readonly #documents: SchemaDocuments;
  readonly #named = new Map<string, SimpleType>();

  constructor(documents: SchemaDocuments) {
    this.#documents = documents;
  }

  /** The type of that `{namespace}name`; undefined when it is complex or not there. */
  named(name: string): SimpleType | undefined {
    const known = this.#named.get(name);
    if (known !== undefined) return known;
    if (name.startsWith(`{${XS}}`)) return builtIn(name.slice(XS.length + 2));
    const declared = this.#documents.find('type', name);
    if (declared === undefined || declared.tree.localNameOf(declared.node) !== 'simpleType') return undefined;
    // Until it is read, a type that leads back to itself finds this.
    this.#named.set(name, UNKNOWN);
    const type = { ...this.read(declared), name: name.slice(name.indexOf('}') + 1) };
    this.#named.set(name, type);
    return type;
  }

  /** The type an xs:simpleType node declares. */
  read(declared: Declaration): SimpleType {
    const [list] = childrenOf(declared, 'list');
    if (list !== undefined) return { ...UNKNOWN, primitive: 'list', list: this.#reference(list, 'itemType') };
    const [union] = childrenOf(declared, 'union');
    if (union !== undefined) return { ...UNKNOWN, primitive: 'union', union: this.#members(union) };
    const [restriction] = childrenOf(declared, 'restriction');
    return restriction === undefined ? UNKNOWN : this.restrict(this.#reference(restriction, 'base'), restriction);
  }

  /** `base` narrowed by the facets of a restriction. */
  restrict(base: SimpleType, restriction: Declaration): SimpleType {
    const bounds: Partial<Record<Bound, string>> = { ...base.bounds };
    for (const name of BOUNDS)
      for (const facet of childrenOf(restriction, name)) bounds[name] = attributeOf(facet, 'value') ?? '';
    const patterns = childrenOf(restriction, 'pattern').map((f) => attributeOf(f, 'value') ?? '');
    const values: EnumerationValue[] = childrenOf(restriction, 'enumeration').map((f) => ({
      value: attributeOf(f, 'value') ?? '',
      documentation: readDocumentation(f),
    }));
    return {
      ...base,
      bounds,
      patterns: patterns.length > 0 ? [...base.patterns, patterns] : base.patterns,
      ...(values.length > 0 && { enumeration: values }),
    };
  }

  #members(union: Declaration): SimpleType[] {
    const names = (attributeOf(union, 'memberTypes') ?? '').split(/\s+/).filter((n) => n !== '');
    const named = names.map((n) => this.named(resolveName(union, n)) ?? UNKNOWN);
    return [...named, ...childrenOf(union, 'simpleType').map((t) => this.read(t))];
  }

  /** The type a QName attribute names, else the one declared inside. */
  #reference(declared: Declaration, attribute: string): SimpleType {
    const name = nameIn(declared, attribute);
    if (name !== undefined) return this.named(name) ?? UNKNOWN;
    const [inside] = childrenOf(declared, 'simpleType');
    return inside === undefined ? UNKNOWN : this.read(inside);
  }
}

function builtIn(primitive: string): SimpleType {
  return { primitive, patterns: [], bounds: {} };
}
