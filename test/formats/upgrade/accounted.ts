import type { Upgraded } from '../../../src/formats/index.js';
import { parseXml, type XmlElement, XmlTree } from '../../../src/xml/index.js';

/**
 * «No loss is silent», by walking both ends without the upgrade's own code: every value of the source stands in the result or lies
 * under a named loss, and the result has no value the source had not. Returns what breaks this.
 */
export function unaccounted(source: Uint8Array, upgraded: Upgraded): readonly string[] {
  const left = new Map<string, number>();
  for (const document of upgraded.documents)
    for (const { value } of values(treeOf(document))) left.set(value, (left.get(value) ?? 0) + 1);
  const problems: string[] = [];
  const schemaAttributes = upgraded.changed.some((c) => c.ru.startsWith('xsi:'));
  const lost = new Set(upgraded.lost.map((l) => l.path));
  const all = values(treeOf(source)).map((v) => ({ ...v, named: isUnder(v.path, lost) }));
  // What is not named as lost has the first claim on an equal value.
  for (const { path, value, attribute, named } of [...all.filter((v) => !v.named), ...all.filter((v) => v.named)]) {
    const rest = left.get(value) ?? 0;
    if (rest > 0 && !attribute) left.set(value, rest - 1);
    else if (!named && !(attribute && schemaAttributes)) problems.push(`${path} «${value}» is gone silently`);
  }
  for (const [value, count] of left) if (count > 0) problems.push(`«${value}» is invented`);
  return problems;
}

interface Value {
  readonly path: string;
  readonly value: string;
  readonly attribute: boolean;
}

/** Every text that is more than white space, and every attribute. */
function values(tree: XmlTree): Value[] {
  const found: Value[] = [];
  const walk = (element: XmlElement, path: string): void => {
    for (const { local, value } of tree.attributes(element))
      found.push({ path: `${path}/@${local}`, value, attribute: true });
    const children = tree.children(element);
    if (children.length > 0 && tree.hasText(element))
      found.push({ path: `${path}/text()`, value: 'text', attribute: false });
    const text = children.length > 0 ? '' : (tree.textOf(element) ?? '');
    if (text.trim() !== '') found.push({ path, value: text, attribute: false });
    const names = children.map((c) => tree.qualifiedNameOf(c));
    const numbers = new Map<string, number>();
    const repeated = new Set(names.filter((n, i) => names.indexOf(n) !== i));
    for (const [i, name] of names.entries()) {
      const number = (numbers.get(name) ?? 0) + 1;
      numbers.set(name, number);
      walk(children[i]!, `${path}/${name}${repeated.has(name) ? `[${number}]` : ''}`);
    }
  };
  walk(tree.root, `/${tree.qualifiedNameOf(tree.root)}`);
  return found;
}

function isUnder(path: string, lost: ReadonlySet<string>): boolean {
  for (let p = path; p !== ''; p = p.slice(0, p.lastIndexOf('/')))
    if (lost.has(p) || lost.has(`${p}/text()`)) return true;
  return false;
}

function treeOf(bytes: Uint8Array): XmlTree {
  const tree = parseXml(bytes, { nodes: 4_000_000 });
  if (!(tree instanceof XmlTree)) throw new Error(`not XML: ${tree.textEn}`);
  return tree;
}
