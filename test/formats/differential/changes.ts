import { clone, node, type TreeNode, walk } from './document-tree.js';
import type { SchemaSet } from './schema-set.js';
import { wildcardContent } from './valid-documents.js';

/** Changes a copy of the document in place: the node, its parent (none at the root), its index there. */
export type Change = (target: TreeNode, parent: TreeNode | undefined, index: number) => void;
export type Tier = 1 | 2 | 3;
export type Row = readonly [kind: string, change: Change, tier?: Tier];

/** Every change at one place that is not a change of its value. */
export function changesAt(target: TreeNode, inside: boolean, schema: SchemaSet): Row[] {
  return [
    ...(inside ? structural : []),
    ...naming,
    ...content,
    ...attributeChanges(target),
    ...typeProbes(target),
    ...limitChanges(target),
    ...typeChanges(target, schema),
    ...wildcardChanges(target),
  ];
}

/** What tells at every single place which type stands there: nonsense, and the length limit from both sides. */
function typeProbes({ text, type }: TreeNode): Row[] {
  if (text === undefined || type?.text === undefined) return [];
  const limit = type.text.bounds.maxLength;
  const filler = text[0] ?? 'а';
  const probes = ['?', ...(limit === undefined ? [] : [filler.repeat(limit), filler.repeat(limit + 1)])];
  return probes.map((value, n) => [`probe ${n}`, (copy) => void Object.assign(copy, { text: value }), 1]);
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
