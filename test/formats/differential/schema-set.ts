import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { XmlDocument, XmlElement } from 'libxml2-wasm';

/** The structure of one of our schemas with its imports, read for generating documents. Only what our schemas use is understood. */
export const XS = 'http://www.w3.org/2001/XMLSchema';

export interface Facets {
  readonly primitive: string;
  readonly patterns: readonly string[];
  readonly enumeration: readonly string[] | undefined;
  readonly bounds: Readonly<Record<string, number>>;
}
export interface Attribute {
  readonly name: string;
  readonly type: Facets;
  readonly required: boolean;
}
export interface Type {
  readonly name: string | undefined;
  readonly text: Facets | undefined;
  readonly content: Particle | undefined;
  readonly attributes: readonly Attribute[];
}
export interface ElementParticle {
  readonly kind: 'element';
  readonly namespace: string;
  readonly local: string;
  readonly type: Type;
  readonly fixed: string | undefined;
  readonly min: number;
  readonly max: number;
}
export interface GroupParticle {
  readonly kind: 'sequence' | 'choice';
  readonly parts: readonly Particle[];
  readonly min: number;
  readonly max: number;
}
export interface AnyParticle {
  readonly kind: 'any';
  readonly namespace: string;
  readonly min: number;
  readonly max: number;
}
export type Particle = ElementParticle | GroupParticle | AnyParticle;

interface Declaration {
  readonly element: XmlElement;
  readonly target: string;
}

export class SchemaSet {
  readonly #global = new Map<string, Declaration>();
  readonly #types = new Map<string, Type>();
  readonly #read = new Set<string>();
  readonly #derived = new Map<string, string[]>();
  readonly entryNamespace: string;

  constructor(path: string) {
    this.entryNamespace = this.#load(path);
  }

  /** Local names of the elements a document of this schema may begin with. */
  roots(): string[] {
    const prefix = `element {${this.entryNamespace}}`;
    return [...this.#global.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  }

  root(local: string): ElementParticle {
    return this.#element(this.#find('element', `{${this.entryNamespace}}${local}`), 1, 1);
  }

  /** Named complex types that extend the named one, directly or through others; usable in xsi:type. */
  extensionsOf(name: string): string[] {
    const direct = this.#derived.get(name) ?? [];
    return direct.flatMap((child) => [child, ...this.extensionsOf(child)]);
  }

  #load(path: string): string {
    const root = XmlDocument.fromBuffer(readFileSync(path), { url: path }).root;
    const target = attr(root, 'targetNamespace') ?? '';
    this.#read.add(path);
    for (const element of childrenOf(root)) {
      const location = attr(element, 'schemaLocation');
      const name = attr(element, 'name');
      if (element.name === 'import' && location !== undefined) {
        const next = resolve(dirname(path), location);
        if (!this.#read.has(next)) this.#load(next);
      } else if (name !== undefined) {
        this.#global.set(`${kindOf(element)} {${target}}${name}`, { element, target });
        this.#noteDerivation(element, `{${target}}${name}`);
      }
    }
    return target;
  }

  #noteDerivation(element: XmlElement, name: string): void {
    const extension = childrenOf(element, 'complexContent').flatMap((content) => childrenOf(content, 'extension'))[0];
    if (extension === undefined) return;
    const base = qname(extension, 'base');
    this.#derived.set(base, [...(this.#derived.get(base) ?? []), name]);
  }

  #find(kind: string, name: string): Declaration {
    const found = this.#global.get(`${kind} ${name}`);
    if (found === undefined) throw new Error(`no ${kind} ${name}`);
    return found;
  }

  #element(declaration: Declaration, min: number, max: number): ElementParticle {
    const { element, target } = declaration;
    return {
      kind: 'element',
      namespace: target,
      local: attr(element, 'name') ?? '',
      type: this.#typeOf(element, target),
      fixed: attr(element, 'fixed'),
      min,
      max,
    };
  }

  #typeOf(element: XmlElement, target: string): Type {
    if (attr(element, 'type') !== undefined) return this.#named(qname(element, 'type'));
    const inline = childrenOf(element).find((child) => child.name === 'complexType' || child.name === 'simpleType');
    if (inline === undefined) throw new Error(`${element.name} without a type`);
    return this.#define(inline, target, undefined);
  }

  #named(name: string): Type {
    const known = this.#types.get(name);
    if (known !== undefined) return known;
    const type = name.startsWith(`{${XS}}`) ? builtIn(name.slice(XS.length + 2)) : this.#declared(name);
    this.#types.set(name, type);
    return type;
  }

  #declared(name: string): Type {
    const { element, target } = this.#find('type', name);
    return this.#define(element, target, name);
  }

  #define(element: XmlElement, target: string, name: string | undefined): Type {
    if (element.name === 'simpleType') return { name, text: this.#facets(element), content: undefined, attributes: [] };
    const derived = childrenOf(element)
      .filter((child) => child.name === 'simpleContent' || child.name === 'complexContent')
      .flatMap((child) => childrenOf(child, 'extension'))[0];
    const holder = derived ?? element;
    const base = derived === undefined ? undefined : this.#named(qname(derived, 'base'));
    const own = this.#particles(holder, target);
    const parts = [...(base?.content === undefined ? [] : [base.content]), ...own];
    const attributes = [...(base?.attributes ?? []), ...this.#attributes(holder, target)];
    const content: Particle | undefined = parts.length === 0 ? undefined : { kind: 'sequence', parts, min: 1, max: 1 };
    return { name, text: base?.text, content, attributes };
  }

  #attributes(holder: XmlElement, target: string): Attribute[] {
    return childrenOf(holder, 'attribute').map((attribute) => ({
      name: attr(attribute, 'name') ?? '',
      type: this.#typeOf(attribute, target).text ?? fail('attribute of a complex type'),
      required: attr(attribute, 'use') === 'required',
    }));
  }

  #particles(holder: XmlElement, target: string): Particle[] {
    return childrenOf(holder).flatMap((child) => this.#particle(child, target));
  }

  #particle(child: XmlElement, target: string): Particle[] {
    const min = Number(attr(child, 'minOccurs') ?? '1');
    const written = attr(child, 'maxOccurs') ?? '1';
    const max = written === 'unbounded' ? Number.POSITIVE_INFINITY : Number(written);
    switch (child.name) {
      case 'all':
        return [{ kind: 'sequence', parts: this.#particles(child, target), min, max }];
      case 'sequence':
      case 'choice':
        return [{ kind: child.name, parts: this.#particles(child, target), min, max }];
      case 'group': {
        const group = this.#find('group', qname(child, 'ref'));
        return [{ kind: 'sequence', parts: this.#particles(group.element, group.target), min, max }];
      }
      case 'any':
        return [{ kind: 'any', namespace: attr(child, 'namespace') ?? '##any', min, max }];
      case 'element': {
        const declared = attr(child, 'ref') === undefined ? undefined : this.#find('element', qname(child, 'ref'));
        return [this.#element(declared ?? { element: child, target }, min, max)];
      }
      default:
        return [];
    }
  }

  #facets(simpleType: XmlElement): Facets {
    const restriction = childrenOf(simpleType, 'restriction')[0] ?? fail('simple type without restriction');
    const base = this.#named(qname(restriction, 'base')).text ?? fail('simple type from a complex one');
    const values = (name: string): string[] => childrenOf(restriction, name).map((facet) => attr(facet, 'value') ?? '');
    const bounds: Record<string, number> = { ...base.bounds };
    for (const name of facetsWithNumbers) {
      for (const value of values(name)) bounds[name] = Number(value);
    }
    const enumeration = values('enumeration');
    return {
      primitive: base.primitive,
      patterns: [...values('pattern'), ...base.patterns],
      enumeration: enumeration.length > 0 ? enumeration : base.enumeration,
      bounds,
    };
  }
}

const facetsWithNumbers = [
  'length',
  'minLength',
  'maxLength',
  'totalDigits',
  'fractionDigits',
  'minExclusive',
  'maxInclusive',
];

function builtIn(primitive: string): Type {
  const text = { primitive, patterns: [], enumeration: undefined, bounds: {} };
  return { name: undefined, text, content: undefined, attributes: [] };
}

function kindOf(element: XmlElement): string {
  return element.name.endsWith('Type') ? 'type' : element.name;
}

function attr(element: XmlElement, name: string): string | undefined {
  return element.attr(name)?.value;
}

function qname(element: XmlElement, name: string): string {
  const [prefix, local] = (attr(element, name) ?? '').split(':');
  return `{${element.namespaceForPrefix(prefix ?? '') ?? ''}}${local}`;
}

function childrenOf(element: XmlElement, name?: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof XmlElement && (name === undefined || node.name === name)) found.push(node);
  }
  return found;
}

function fail(message: string): never {
  throw new Error(message);
}
