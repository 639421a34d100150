import { at, clone, node, type TreeNode, walk } from './document-tree.js';
import type { Random } from './random.js';
import { borderValues } from './sample-values.js';
import type { SchemaSet } from './schema-set.js';
import { wildcardContent } from './valid-documents.js';

/** One change to a document. Whether it breaks the document is for the schemas to say; `apply` only makes it. */
export interface Mutation {
  readonly kind: string;
  readonly where: string;
  apply(): TreeNode;
}

type Change = (target: TreeNode, parent: TreeNode | undefined, index: number) => void;

/** Every mutation this module knows, at every place of the document. */
export function mutationsOf(document: TreeNode, schema: SchemaSet, random: Random): Mutation[] {
  const found: Mutation[] = [];
  for (const [path, target] of walk(document)) {
    const where = describe(document, path);
    for (const [kind, change] of changesAt(target, path.length > 0, schema, random)) {
      found.push({ kind, where, apply: () => changed(document, path, change) });
    }
  }
  return found;
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

function changesAt(target: TreeNode, inside: boolean, schema: SchemaSet, random: Random): [string, Change][] {
  return [
    ...(inside ? structural : []),
    ...naming,
    ...content,
    ...attributeChanges(target, random),
    ...valueChanges(target, random),
    ...limitChanges(target),
    ...typeChanges(target, schema),
    ...wildcardChanges(target),
  ];
}

const structural: [string, Change][] = [
  ['drop', (_, parent, index) => parent?.children.splice(index, 1)],
  ['double', (target, parent, index) => parent?.children.splice(index, 0, clone(target))],
  ['swap', (target, parent, index) => parent?.children.splice(index, 2, ...parent.children.slice(index + 1, index + 2), target)],
  ['move to end', (target, parent, index) => parent?.children.push(...parent.children.splice(index, 1), ...(index < 0 ? [target] : []))],
  ['stranger before', (_, parent, index) => parent?.children.splice(index, 0, node('urn:stranger', 'stranger'))],
  ['stranger after', (target, parent, index) => parent?.children.splice(index + 1, 0, node(target.namespace, 'stranger'))],
]; // biome-ignore format: one row a change

const naming: [string, Change][] = [
  ['rename', (target) => { target.local = `${target.local}x`; }],
  ['other case', (target) => { target.local = target.local[0]?.toLowerCase() === target.local[0] ? target.local.toUpperCase() : target.local.toLowerCase(); }],
  ['other namespace', (target) => { target.namespace = `${target.namespace}x`; }],
  ['no namespace', (target) => { target.namespace = ''; }],
]; // biome-ignore format: one row a change

const content: [string, Change][] = [
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

function attributeChanges(target: TreeNode, random: Random): [string, Change][] {
  return target.attributes.flatMap(({ name, value, type }, index): [string, Change][] => [
    [`attribute ${name} dropped`, (copy) => copy.attributes.splice(index, 1)],
    [`attribute ${name} renamed`, (copy) => Object.assign(copy.attributes[index] as object, { name: `${name}x` })],
    ...(type === undefined ? [] : borderValues(random, type, value)).map((changed): [string, Change] => [
      `attribute ${name} = ${JSON.stringify(changed)}`,
      (copy) => Object.assign(copy.attributes[index] as object, { value: changed }),
    ]),
  ]);
}

function valueChanges(target: TreeNode, random: Random): [string, Change][] {
  if (target.text === undefined || target.type?.text === undefined) return [];
  return borderValues(random, target.type.text, target.text).map((value) => [
    `value ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}… ${value.length}` : value)}`,
    (copy) => {
      copy.text = value;
    },
  ]);
}

/** As many siblings as allowed, and one more; bounded so that a document stays small enough to judge quickly. */
function limitChanges(target: TreeNode): [string, Change][] {
  if (target.max <= 1 || target.max > 1000) return [];
  return [target.max, target.max + 1].map((count) => [
    `${count} times`,
    (copy, parent, index) => parent?.children.splice(index, 1, ...Array.from({ length: count }, () => clone(copy))),
  ]);
}

function typeChanges(target: TreeNode, schema: SchemaSet): [string, Change][] {
  const name = target.type?.name;
  if (name === undefined) return [];
  return schema.extensionsOf(name).map((extension) => {
    const [uri, local] = extension.slice(1).split('}') as [string, string];
    const attributes = [{ name: 'xmlns:t', value: uri }, { name: 'xsi:type', value: `t:${local}` }]; // biome-ignore format: a pair
    return [`xsi:type ${local}`, (copy) => copy.attributes.push(...attributes)];
  });
}

const ofSmev = /^(urn:\/\/x-artefacts-smev-gov-ru\/services\/message-exchange\/types)\/(?:basic\/)?(1\.\d)$/;

function wildcardChanges(target: TreeNode): [string, Change][] {
  const stranger = target.children[0];
  if (stranger === undefined || stranger.type !== undefined || target.type === undefined) return [];
  const [, base = 'urn:x', version = ''] = ofSmev.exec(target.namespace) ?? [];
  const known = node(`${base}/${version}`, 'AckRequest');
  const replacements: [string, TreeNode[]][] = [
    ['none', []],
    ['two', [wildcardContent('##other'), wildcardContent('##other')]],
    ['of the own namespace', [node(target.namespace, 'own')]],
    ['without a namespace', [node('', 'bare')]],
    ['a signature', [node('http://www.w3.org/2000/09/xmldsig#', 'Signature')]],
    ['a known element, invalid', [known]],
    ['text only', []],
  ];
  return replacements.map(([kind, children]) => [
    `wildcard: ${kind}`,
    (copy) => {
      copy.children = children.map(clone);
      if (kind === 'text only') copy.raw = 'text';
    },
  ]);
}
