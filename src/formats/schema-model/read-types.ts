import type {
  AttributeModel,
  Documentation,
  ElementModel,
  Occurrence,
  Particle,
  SimpleType,
  TypeModel,
} from './model.js';
import { firstSaid, readDocumentation } from './read-documentation.js';
import {
  attributeOf,
  childrenOf,
  type Declaration,
  kindOf,
  nameIn,
  type SchemaDocuments,
  XS,
} from './schema-documents.js';
import { SimpleTypes, UNKNOWN } from './simple-types.js';

const PARTICLES = ['element', 'sequence', 'choice', 'all', 'group', 'any'];
/** Groups and bases nest a few levels in life; a schema that names itself must not hang us. */
const DEEPEST = 64;

interface Parts {
  readonly text: SimpleType | undefined;
  readonly attributes: readonly AttributeModel[];
  readonly content: Particle | undefined;
}

const NOTHING: Parts = { text: undefined, attributes: [], content: undefined };

/** Reads elements and complex types; each named type once, so that equal types are the same object. */
export class TypeReader {
  readonly #documents: SchemaDocuments;
  readonly #simple: SimpleTypes;
  readonly #named = new Map<string, TypeModel>();
  #depth = 0;

  constructor(documents: SchemaDocuments) {
    this.#documents = documents;
    this.#simple = new SimpleTypes(documents);
  }

  /** The global element of that `{namespace}name`. */
  globalElement(name: string): ElementModel | undefined {
    const declared = this.#documents.find('element', name);
    return declared === undefined ? undefined : this.#element(declared, { min: 1, max: 1 }, declared.target, {});
  }

  #element(declared: Declaration, occurs: Occurrence, namespace: string, outer: Documentation): ElementModel {
    const type = this.#typeOf(declared);
    const local = attributeOf(declared, 'name') ?? '';
    const fixed = attributeOf(declared, 'fixed');
    const substitutes = () => this.#substitutes(`{${declared.target}}${local}`);
    return {
      kind: 'element',
      namespace,
      local,
      type,
      ...occurs,
      ...(fixed !== undefined && { fixed }),
      nillable: isTrue(attributeOf(declared, 'nillable')),
      abstract: isTrue(attributeOf(declared, 'abstract')),
      documentation: firstSaid(outer, readDocumentation(declared), type.documentation),
      get substitutes() {
        return substitutes();
      },
    };
  }

  #substitutes(head: string): ElementModel[] {
    return this.#documents
      .all('element')
      .filter(([, d]) => nameIn(d, 'substitutionGroup') === head)
      .flatMap(([name]) => this.globalElement(name) ?? []);
  }

  #typeOf(declared: Declaration): TypeModel {
    const name = nameIn(declared, 'type');
    if (name !== undefined) return this.#namedType(name);
    const [inside] = childrenOf(declared, 'complexType', 'simpleType');
    if (inside === undefined) return this.#namedType(`{${XS}}anyType`);
    return kindOf(inside) === 'complexType' ? this.#complex(inside, undefined) : ofText(this.#simple.read(inside));
  }

  #namedType(name: string): TypeModel {
    const known = this.#named.get(name);
    if (known !== undefined) return known;
    const simple = this.#simple.named(name);
    const declared = this.#documents.find('type', name);
    const type =
      simple !== undefined
        ? { ...ofText(simple), key: name, ...(declared && { documentation: readDocumentation(declared) }) }
        : declared === undefined
          ? { ...ofText(UNKNOWN), key: name }
          : this.#complex(declared, name);
    this.#named.set(name, type);
    return type;
  }

  /** Its parts are read when first asked for: a type may contain elements of its own type. */
  #complex(declared: Declaration, key: string | undefined): TypeModel {
    let made: Parts | undefined;
    const parts = (): Parts => {
      made ??= this.#guarded(() => this.#parts(declared)) ?? NOTHING;
      return made;
    };
    const derived = () => this.#derived(key);
    return {
      ...(key !== undefined && { key }),
      documentation: readDocumentation(declared),
      abstract: isTrue(attributeOf(declared, 'abstract')),
      mixed: isTrue(attributeOf(declared, 'mixed')),
      get text() {
        return parts().text;
      },
      get attributes() {
        return parts().attributes;
      },
      get content() {
        return parts().content;
      },
      get derived() {
        return derived();
      },
    };
  }

  #derived(base: string | undefined): TypeModel[] {
    if (base === undefined) return [];
    return this.#documents.all('type').flatMap(([name, declared]) => {
      const [content] = childrenOf(declared, 'complexContent', 'simpleContent');
      const [derivation] = content === undefined ? [] : childrenOf(content, 'extension', 'restriction');
      return derivation !== undefined && nameIn(derivation, 'base') === base ? [this.#namedType(name)] : [];
    });
  }

  #parts(declared: Declaration): Parts {
    const [content] = childrenOf(declared, 'simpleContent', 'complexContent');
    const [derivation] = content === undefined ? [] : childrenOf(content, 'extension', 'restriction');
    if (content === undefined || derivation === undefined)
      return { text: undefined, attributes: this.#attributes(declared, []), content: this.#content(declared) };
    const base = this.#namedType(nameIn(derivation, 'base') ?? '');
    const attributes = this.#attributes(derivation, base.attributes);
    const restricts = kindOf(derivation) === 'restriction';
    if (kindOf(content) === 'simpleContent') {
      const text = restricts ? this.#simple.restrict(base.text ?? UNKNOWN, derivation) : base.text;
      return { text, attributes, content: undefined };
    }
    const own = this.#content(derivation);
    return { text: undefined, attributes, content: restricts ? own : joined(base.content, own) };
  }

  #content(holder: Declaration): Particle | undefined {
    return childrenOf(holder, ...PARTICLES)
      .map((child) => this.#particle(child))
      .find((p) => p !== undefined);
  }

  #particle(declared: Declaration): Particle | undefined {
    const occurs = occurrenceOf(declared);
    switch (kindOf(declared)) {
      case 'element':
        return this.#localElement(declared, occurs);
      case 'any': {
        const namespace = attributeOf(declared, 'namespace') ?? '##any';
        return { kind: 'any', namespace, ...occurs, documentation: readDocumentation(declared) };
      }
      case 'group': {
        const group = this.#documents.find('group', nameIn(declared, 'ref') ?? '');
        const inside = group && this.#guarded(() => this.#content(group));
        return inside && { kind: 'sequence', parts: [inside], ...occurs };
      }
      default: {
        const parts = this.#guarded(() =>
          childrenOf(declared, ...PARTICLES).flatMap((child) => this.#particle(child) ?? []),
        );
        return { kind: kindOf(declared) as 'sequence' | 'choice' | 'all', parts: parts ?? [], ...occurs };
      }
    }
  }

  #localElement(declared: Declaration, occurs: Occurrence): ElementModel | undefined {
    const ref = nameIn(declared, 'ref');
    if (ref !== undefined) {
      const global = this.#documents.find('element', ref);
      return global && this.#element(global, occurs, global.target, readDocumentation(declared));
    }
    const form = attributeOf(declared, 'form');
    const qualified = form === undefined ? declared.qualifiedElements : form === 'qualified';
    return this.#element(declared, occurs, qualified ? declared.target : '', {});
  }

  /** The base's attributes with those of `holder` in their place or added. */
  #attributes(holder: Declaration, inherited: readonly AttributeModel[]): AttributeModel[] {
    const found = new Map(inherited.map((a) => [`{${a.namespace}}${a.local}`, a]));
    for (const child of childrenOf(holder, 'attribute', 'attributeGroup')) {
      if (kindOf(child) === 'attributeGroup') {
        const group = this.#documents.find('attributeGroup', nameIn(child, 'ref') ?? '');
        const inside = group && this.#guarded(() => this.#attributes(group, []));
        for (const a of inside ?? []) found.set(`{${a.namespace}}${a.local}`, a);
        continue;
      }
      const made = this.#attribute(child);
      const name = `{${made.namespace}}${made.local}`;
      if (attributeOf(child, 'use') === 'prohibited') found.delete(name);
      else found.set(name, made);
    }
    return [...found.values()];
  }

  #attribute(written: Declaration): AttributeModel {
    const declared = this.#documents.find('attribute', nameIn(written, 'ref') ?? '') ?? written;
    const [inside] = childrenOf(declared, 'simpleType');
    const name = nameIn(declared, 'type');
    const type = name !== undefined ? this.#simple.named(name) : inside && this.#simple.read(inside);
    const fixed = attributeOf(written, 'fixed') ?? attributeOf(declared, 'fixed');
    const form = attributeOf(written, 'form');
    const qualified = declared !== written || (form === undefined ? written.qualifiedAttributes : form === 'qualified');
    return {
      namespace: qualified ? declared.target : '',
      local: attributeOf(declared, 'name') ?? '',
      type: type ?? UNKNOWN,
      required: attributeOf(written, 'use') === 'required',
      ...(fixed !== undefined && { fixed }),
      documentation: firstSaid(readDocumentation(written), readDocumentation(declared)),
    };
  }

  #guarded<T>(read: () => T): T | undefined {
    if (this.#depth >= DEEPEST) return undefined;
    this.#depth++;
    try {
      return read();
    } finally {
      this.#depth--;
    }
  }
}

function ofText(text: SimpleType): TypeModel {
  return { documentation: {}, abstract: false, mixed: false, text, attributes: [], content: undefined, derived: [] };
}

/** What an extension makes of its base's content and its own. */
function joined(base: Particle | undefined, own: Particle | undefined): Particle | undefined {
  if (base === undefined || own === undefined) return own ?? base;
  return { kind: 'sequence', parts: [base, own], min: 1, max: 1 };
}

function occurrenceOf(declared: Declaration): Occurrence {
  const max = attributeOf(declared, 'maxOccurs') ?? '1';
  return {
    min: Number(attributeOf(declared, 'minOccurs') ?? '1'),
    max: max === 'unbounded' ? Number.POSITIVE_INFINITY : Number(max),
  };
}

function isTrue(text: string | undefined): boolean {
  return text === 'true' || text === '1';
}
