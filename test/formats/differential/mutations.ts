import { at, clone, node, type TreeNode, walk } from './document-tree.js';
import type { Random } from './random.js';
import { borderValues } from './sample-values.js';
import type { Facets, SchemaSet } from './schema-set.js';
import { wildcardContent } from './valid-documents.js';

/** One change to a document. Whether it breaks the document is for the schemas to say; `apply` only makes it. */
export interface Mutation {
  readonly kind: string;
  readonly where: string;
  /** 1 = where schemas most likely differ (presence, limits, borders of values), 2 = the rest. */
  readonly tier: 1 | 2;
  apply(): TreeNode;
}

type Change = (target: TreeNode, parent: TreeNode | undefined, index: number) => void;
type Row = readonly [kind: string, change: Change, tier?: 1];

/** Places at which the values of one and the same type are tried; further places would repeat the question. */
const placesPerType = 2;

/** Finds the mutations of one document after another, each kind once per place of the schema (values: per type). */
export class MutationFinder {
  readonly #seen = new Set<string>();
  readonly #places = new Map<string, Set<string>>();
  readonly #schema: SchemaSet;
  readonly #random: Random;

  constructor(schema: SchemaSet, random: Random) {
    this.#schema = schema;
    this.#random = random;
  }

  find(document: TreeNode): Mutation[] {
    const found: Mutation[] = [];
    for (const [path, target] of walk(document)) {
      const where = describe(document, path);
      for (const [kind, change, tier = 2] of this.#changesAt(target, path.length > 0, where)) {
        if (this.#seen.has(`${kind} ${where}`)) continue;
        this.#seen.add(`${kind} ${where}`);
        found.push({ kind, where, tier, apply: () => changed(document, path, change) });
      }
    }
    return found;
  }

  #changesAt(target: TreeNode, inside: boolean, where: string): Row[] {
    return [
      ...(inside ? structural : []),
      ...naming,
      ...content,
      ...attributeChanges(target),
      ...limitChanges(target),
      ...typeChanges(target, this.#schema),
      ...wildcardChanges(target),
      ...this.#valueChanges(target, where),
    ];
  }

  #valueChanges(target: TreeNode, where: string): Row[] {
    const rows: Row[] = [];
    const text = target.type?.text;
    if (target.text !== undefined && text !== undefined && this.#fresh(text, where)) {
      rows.push(
        ...valueRows('value', this.#random, text, target.text, (copy, value) => Object.assign(copy, { text: value })),
      );
    }
    for (const [index, { name, value, type }] of target.attributes.entries()) {
      if (type === undefined || !this.#fresh(type, `${where}@${name}`)) continue;
      rows.push(
        ...valueRows(`@${name}`, this.#random, type, value, (copy, v) =>
          Object.assign(copy.attributes[index] as object, { value: v }),
        ),
      );
    }
    return rows;
  }

  #fresh(type: Facets, where: string): boolean {
    const key = JSON.stringify(type);
    const places = this.#places.get(key) ?? new Set<string>();
    this.#places.set(key, places);
    if (places.size < placesPerType) places.add(where);
    return places.has(where);
  }
}

function valueRows(
  label: string,
  random: Random,
  facets: Facets,
  value: string,
  set: (copy: TreeNode, value: string) => unknown,
): Row[] {
  const { near, far } = borderValues(random, facets, value);
  const row = (v: string, tier?: 1): Row => {
    const shown = v.length > 40 ? `${v.slice(0, 8)}… ${v.length}` : v;
    const change: Change = (copy) => {
      set(copy, v);
    };
    return tier === undefined
      ? [`${label} = ${JSON.stringify(shown)}`, change]
      : [`${label} = ${JSON.stringify(shown)}`, change, tier];
  };
  return [...near.map((v) => row(v, 1)), ...far.map((v) => row(v))];
}

function changed(document: TreeNode, path: readonly number[], change: Change): TreeNode {
  const copy = clone(document);
  const parent = path.length === 0 ? undefined : at(copy, path.slice(0, -1));
  change(at(copy, path), parent, path.at(-1) ?? 0);
  return copy;
}

function describe(document: TreeNode, path: readonly number[]): string {
  return path.reduce((text, _, depth) => `${text}/${at(document, path.slice(0, depth + 1)).local}`, document.local);
}

const structural: Row[] = [
  ['drop', (_, parent, index) => parent?.children.splice(index, 1)],
  ['drop all of the name', dropAll, 1],
  ['double', (target, parent, index) => parent?.children.splice(index, 1, ...copies(target, 2)), 1],
  ['swap', (target, parent, index) => parent?.children.splice(index, 2, ...parent.children.slice(index + 1, index + 2), target)],
  ['move to end', (_, parent, index) => parent?.children.push(...parent.children.splice(index, 1))],
  ['stranger before', (_, parent, index) => parent?.children.splice(index, 0, node('urn:stranger', 'stranger'))],
  ['stranger after', (target, parent, index) => parent?.children.splice(index + 1, 0, node(target.namespace, 'stranger'))],
]; // biome-ignore format: one row a change

const naming: Row[] = [
  ['rename', (target) => { target.local = `${target.local}x`; }],
  ['other case', (target) => { target.local = target.local[0]?.toLowerCase() === target.local[0] ? target.local.toUpperCase() : target.local.toLowerCase(); }],
  ['other namespace', (target) => { target.namespace = `${target.namespace}x`; }],
  ['no namespace', (target) => { target.namespace = ''; }],
]; // biome-ignore format: one row a change

const content: Row[] = [
  ['empty', (target) => { target.children = []; target.text = ''; }],
  ['stray text', (target) => { target.raw = 'text'; }],
  ['blanks', (target) => { target.raw = '\n  '; }],
  ['comment', (target) => { target.raw = '<!-- note -->'; }],
  ['cdata', (target) => { target.raw = '<![CDATA[]]>'; }],
  ['stray element', (target) => { target.children.push(node(target.namespace, 'stranger')); }],
  ['unknown attribute', (target) => { target.attributes.push({ name: 'unknown', value: '1' }); }],
  ['Id attribute', (target) => { if (!target.attributes.some((a) => a.name === 'Id')) target.attributes.push({ name: 'Id', value: 'ADDED' }); }],
  ['xsi:nil', (target) => { target.attributes.push({ name: 'xsi:nil', value: 'true' }); }],
]; // biome-ignore format: one row a change

function attributeChanges(target: TreeNode): Row[] {
  return target.attributes.flatMap(({ name }, index): Row[] => [
    [`@${name} dropped`, (copy) => copy.attributes.splice(index, 1), 1],
    [`@${name} renamed`, (copy) => Object.assign(copy.attributes[index] as object, { name: `${name}x` }), 1],
  ]);
}

/** As many siblings as allowed, and one more; bounded so that a document stays small enough to judge quickly. */
function limitChanges(target: TreeNode): Row[] {
  if (target.max <= 1 || target.max > 1000) return [];
  return [target.max, target.max + 1].map((count): Row => {
    const change: Change = (copy, parent) => {
      if (parent === undefined) return;
      const first = parent.children.findIndex((child) => sameName(child, copy));
      parent.children = parent.children.filter((child) => !sameName(child, copy));
      parent.children.splice(first, 0, ...copies(copy, count));
    };
    return [`${count} times`, change, 1];
  });
}

function dropAll(target: TreeNode, parent: TreeNode | undefined): void {
  if (parent !== undefined) parent.children = parent.children.filter((child) => !sameName(child, target));
}

function sameName(a: TreeNode, b: TreeNode): boolean {
  return a.local === b.local && a.namespace === b.namespace;
}

/** Copies that differ in their xs:ID values only, since an ID may stand in a document once. */
function copies(target: TreeNode, count: number): TreeNode[] {
  return Array.from({ length: count }, (_, n) => {
    const copy = clone(target);
    for (const [, { attributes }] of walk(copy)) {
      for (const attribute of attributes) if (attribute.type?.primitive === 'ID') attribute.value += `_${n}`;
    }
    for (const [, inner] of walk(copy)) if (inner.type?.text?.primitive === 'ID') inner.text += `_${n}`;
    return copy;
  });
}

function typeChanges(target: TreeNode, schema: SchemaSet): Row[] {
  const name = target.type?.name;
  if (name === undefined) return [];
  return schema.extensionsOf(name).map((extension): Row => {
    const [uri, local] = extension.slice(1).split('}') as [string, string];
    const attributes = [{ name: 'xmlns:t', value: uri }, { name: 'xsi:type', value: `t:${local}` }]; // biome-ignore format: a pair
    return [`xsi:type ${local}`, (copy) => copy.attributes.push(...attributes), 1];
  });
}

const ofSmev = /^(urn:\/\/x-artefacts-smev-gov-ru\/services\/message-exchange\/types)\/(?:\w+\/)?(1\.\d)$/;

function wildcardChanges(target: TreeNode): Row[] {
  const stranger = target.children[0];
  if (stranger === undefined || stranger.type !== undefined || target.type === undefined) return [];
  const [, base = 'urn:x', version = ''] = ofSmev.exec(target.namespace) ?? [];
  const known = [node(`${base}/${version}`, 'AckRequest'), node(`${base}/basic/${version}`, 'MessageReference', 'x')];
  const replacements: [string, TreeNode[]][] = [
    ['none', []],
    ['two', [wildcardContent('##other'), wildcardContent('##other')]],
    ['of the own namespace', [node(target.namespace, 'own')]],
    ['without a namespace', [node('', 'bare')]],
    ['a signature', [node('http://www.w3.org/2000/09/xmldsig#', 'Signature')]],
    ...known.map((element): [string, TreeNode[]] => [`a known element, invalid: ${element.local}`, [element]]),
    ['text only', []],
  ];
  return replacements.map(([kind, children]): Row => {
    const change: Change = (copy) => {
      copy.children = children.map(clone);
      if (kind === 'text only') copy.raw = 'text';
    };
    return [`wildcard: ${kind}`, change, 1];
  });
}
