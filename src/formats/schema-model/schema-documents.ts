import { Buffer } from 'node:buffer';
import { posix } from 'node:path';
import { namespaceOfPrefix, parseXml, type XmlElement, XmlTree } from '../../xml/index.js';

export const XS = 'http://www.w3.org/2001/XMLSchema';

/** Symbol spaces of a schema that have global names. */
export type Space = 'element' | 'type' | 'group' | 'attribute' | 'attributeGroup';

/** A node of a schema document with what is needed to read it: its tree, and the namespace its names belong to. */
export interface Declaration {
  readonly tree: XmlTree;
  readonly node: XmlElement;
  readonly target: string;
  readonly qualifiedElements: boolean;
  readonly qualifiedAttributes: boolean;
}

const SPACES: Readonly<Record<string, Space>> = {
  element: 'element',
  complexType: 'type',
  simpleType: 'type',
  group: 'group',
  attribute: 'attribute',
  attributeGroup: 'attributeGroup',
};

/** The documents one entry schema leads to, and their global declarations. Nothing is fetched: documents come from the catalogue. */
export class SchemaDocuments {
  readonly #schemas: Readonly<Record<string, string>>;
  readonly #globals = new Map<string, Declaration>();
  readonly #read = new Set<string>();
  /** Virtual paths in the order they were reached, the entry first. */
  readonly paths: string[] = [];
  /** Prefixes the documents use, by namespace; the first one to name a namespace wins. */
  readonly prefixes = new Map<string, string>();

  constructor(schemas: Readonly<Record<string, string>>, entry: string) {
    this.#schemas = schemas;
    this.#load(entry, undefined);
  }

  find(space: Space, name: string): Declaration | undefined {
    return this.#globals.get(`${space} ${name}`);
  }

  /** Every global declaration of a space, with its `{namespace}name`. */
  all(space: Space): readonly (readonly [string, Declaration])[] {
    const start = `${space} `;
    return [...this.#globals].flatMap(([key, declared]) =>
      key.startsWith(start) ? [[key.slice(start.length), declared] as const] : [],
    );
  }

  /** `adopt`: the namespace an included document without one of its own takes over. */
  #load(path: string, adopt: string | undefined): void {
    const text = this.#schemas[path];
    if (text === undefined || this.#read.has(`${path} ${adopt ?? ''}`)) return;
    this.#read.add(`${path} ${adopt ?? ''}`);
    if (!this.paths.includes(path)) this.paths.push(path);
    // The text is UTF-16 here, whatever the file's declaration says.
    const tree = parseXml(Buffer.from(text.replace(/^\uFEFF?\s*<\?xml[^>]*\?>/, ''), 'utf8'));
    // A document our parser refuses (a DOCTYPE in a W3C schema) leaves its names unknown, which the model can say.
    if (!(tree instanceof XmlTree)) return;
    this.#notePrefixes(text, tree);
    const own = tree.attribute(tree.root, 'targetNamespace');
    const declaration = {
      tree,
      target: own ?? adopt ?? '',
      qualifiedElements: tree.attribute(tree.root, 'elementFormDefault') === 'qualified',
      qualifiedAttributes: tree.attribute(tree.root, 'attributeFormDefault') === 'qualified',
    };
    for (const node of tree.children(tree.root)) this.#readTopLevel({ ...declaration, node }, path);
  }

  #readTopLevel(declared: Declaration, path: string): void {
    const { tree, node, target } = declared;
    if (tree.namespaceOf(node) !== XS) return;
    const kind = tree.localNameOf(node);
    const location = tree.attribute(node, 'schemaLocation');
    if (location !== undefined) {
      const next = posix.join(posix.dirname(path), location.replaceAll('\\', '/'));
      this.#load(this.#known(next), kind === 'import' ? undefined : target);
      return;
    }
    const [space, name] = [SPACES[kind], tree.attribute(node, 'name')];
    if (space === undefined || name === undefined) return;
    const key = `${space} {${target}}${name}`;
    if (!this.#globals.has(key)) this.#globals.set(key, declared);
  }

  /** Published packages escape some locations and leave others as they are. */
  #known(path: string): string {
    if (path in this.#schemas) return path;
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  }

  #notePrefixes(text: string, tree: XmlTree): void {
    for (const [, prefix = ''] of text.matchAll(/\sxmlns:([^\s=]+)\s*=/g)) {
      const namespace = namespaceOfPrefix(tree, tree.root, prefix);
      if (namespace !== undefined && prefix !== 'tns' && !this.prefixes.has(namespace))
        this.prefixes.set(namespace, prefix);
    }
  }
}

/** `{namespace}local` of a QName attribute; undefined when it is absent. */
export function nameIn(declared: Declaration, attribute: string): string | undefined {
  const written = declared.tree.attribute(declared.node, attribute)?.trim();
  return written === undefined ? undefined : resolveName(declared, written);
}

/** `{namespace}local` of a QName written at a declaration. */
export function resolveName({ tree, node, target }: Declaration, written: string): string {
  const colon = written.indexOf(':');
  const prefix = colon < 0 ? '' : written.slice(0, colon);
  const namespace = namespaceOfPrefix(tree, node, prefix);
  // In a document that adopted a namespace, names without a prefix mean that namespace.
  return `{${namespace === '' && prefix === '' ? target : (namespace ?? '')}}${written.slice(colon + 1)}`;
}

export function childrenOf(declared: Declaration, ...kinds: readonly string[]): Declaration[] {
  const { tree, node } = declared;
  return tree
    .children(node)
    .filter((c) => tree.namespaceOf(c) === XS && (kinds.length === 0 || kinds.includes(tree.localNameOf(c))))
    .map((c) => ({ ...declared, node: c }));
}

export function kindOf({ tree, node }: Declaration): string {
  return tree.localNameOf(node);
}

export function attributeOf({ tree, node }: Declaration, name: string): string | undefined {
  return tree.attribute(node, name);
}
