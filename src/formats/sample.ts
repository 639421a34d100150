import { escapeAttribute, escapeText } from '../xml/index.js';
import { formatName, type Role } from './format.js';
import { type SampleCounter, sampleValue } from './sample-values.js';
import type { AttributeModel, ElementModel, FormatModel, Particle, TypeModel } from './schema-model/index.js';

/** `smallest`: only what must stand. `full`: every optional part once, repeated ones once, of a choice the first (of a repeating choice each). */
export type SampleSize = 'smallest' | 'full';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
/** Deeper than any published schema; a type that contains itself ends at its second occurrence anyway. */
const DEEPEST = 60;

interface Node {
  readonly namespace: string;
  readonly local: string;
  readonly attributes: readonly { readonly name: string; readonly namespace: string; readonly value: string }[];
  readonly children: readonly Node[];
  readonly text: string | undefined;
}

interface Making {
  readonly full: boolean;
  readonly counter: SampleCounter;
  /** Types being made, the outermost first: one that comes again is left out where it may be. */
  readonly open: readonly TypeModel[];
}

/**
 * A document of the format's root for that role, valid under its schema, with invented values only and a comment that says so.
 * The same every time. Undefined when the format has no such root.
 */
export function sampleOf(model: FormatModel, role: Role, size: SampleSize = 'smallest'): string | undefined {
  const root = model.roots.find((r) => r.role === role);
  if (root === undefined) return undefined;
  const node = elementNode(root.element, { full: size === 'full', counter: { next: 1 }, open: [] });
  return written(node, model);
}

function elementNode(declared: ElementModel, making: Making): Node {
  const element = declared.abstract ? (declared.substitutes[0] ?? declared) : declared;
  const type = element.type.abstract ? concrete(element.type) : element.type;
  const inside = { ...making, open: [...making.open, type] };
  const attributes = type.attributes
    .filter((a) => a.required || making.full)
    .map((a) => ({ name: a.local, namespace: a.namespace, value: attributeValue(a, making) }));
  const named = type === element.type ? [] : [{ name: 'type', namespace: XSI, value: type.key ?? '' }];
  return {
    namespace: element.namespace,
    local: element.local,
    attributes: [...named, ...attributes],
    children: type.content === undefined ? [] : particle(type.content, inside),
    text: type.text === undefined ? undefined : textFor(element, type, making),
  };
}

/** The first derived type that may stand in a document. */
function concrete(type: TypeModel): TypeModel {
  const found = type.derived.map((t) => (t.abstract ? concrete(t) : t)).find((t) => !t.abstract);
  return found ?? type;
}

function textFor(element: ElementModel, type: TypeModel, { counter }: Making): string {
  return element.fixed ?? (type.text && sampleValue(type.text, element.local, counter)) ?? '';
}

function attributeValue(a: AttributeModel, { counter }: Making): string {
  return a.fixed ?? sampleValue(a.type, a.local, counter) ?? '';
}

function particle(part: Particle, making: Making): Node[] {
  const times = timesOf(part, making);
  if (part.kind === 'choice' && making.full && times > 0 && part.max >= part.parts.length)
    return part.parts.flatMap((option) => particle(option, making));
  return Array.from({ length: times }, () => once(part, making)).flat();
}

function timesOf(part: Particle, { full, open }: Making): number {
  if (!full || part.max === 0 || open.length > DEEPEST) return part.min;
  const again = part.kind === 'element' && open.includes(part.type);
  // A place for anything stays empty where it may: nothing invented belongs there.
  return again || part.kind === 'any' ? part.min : Math.max(part.min, 1);
}

function once(part: Particle, making: Making): Node[] {
  switch (part.kind) {
    case 'element':
      return [elementNode(part, making)];
    case 'any':
      return [foreign(part.namespace)];
    case 'choice':
      return particle(option(part.parts, making), making);
    default:
      return part.parts.flatMap((inner) => particle(inner, making));
  }
}

function option(parts: readonly Particle[], making: Making): Particle {
  const usable = parts.filter((p) => !(p.kind === 'element' && making.open.includes(p.type)));
  const among = usable.length > 0 ? usable : parts;
  if (making.full) return among[0]!;
  const sizes = among.map((p) => smallestSize(p, making.open));
  return among[sizes.indexOf(Math.min(...sizes))]!;
}

/** Elements the smallest document needs for a part; Infinity when it would need itself. */
function smallestSize(part: Particle, open: readonly TypeModel[]): number {
  if (part.min === 0) return 0;
  if (part.kind === 'any') return part.min;
  if (part.kind === 'element') {
    if (open.includes(part.type) || open.length > DEEPEST) return Number.POSITIVE_INFINITY;
    const { content } = part.type;
    return part.min * (1 + (content === undefined ? 0 : smallestSize(content, [...open, part.type])));
  }
  const sizes = part.parts.map((p) => smallestSize(p, open));
  const one = part.kind === 'choice' ? Math.min(...sizes) : sizes.reduce((sum, n) => sum + n, 0);
  return part.min * one;
}

/** Something for a wildcard that must be filled. */
function foreign(namespaces: string): Node {
  const [first = '##any'] = namespaces.split(/\s+/);
  const namespace = first === '##local' ? '' : first.startsWith('##') ? 'urn:sample' : first;
  return { namespace, local: 'sample', attributes: [], children: [], text: 'Образец' };
}

function written(root: Node, model: FormatModel): string {
  const prefixes = prefixesFor(root, model);
  const declarations = [...prefixes].map(([uri, prefix]) => ` xmlns:${prefix}="${escapeAttribute(uri)}"`).join('');
  const name = formatName(model.format);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<!-- ${name}: образец, составленный по схеме; все значения вымышлены. A sample made from the schema; every value is invented. -->`,
    `${lines(root, prefixes, '', declarations)}\n`,
  ].join('\n');
}

/** The schemas' own prefixes where they do not clash; the root's namespace is always `tns`. */
function prefixesFor(root: Node, model: FormatModel): ReadonlyMap<string, string> {
  const prefixes = new Map<string, string>(root.namespace === '' ? [] : [[root.namespace, 'tns']]);
  const add = (namespace: string): void => {
    if (namespace === '' || prefixes.has(namespace)) return;
    const own = namespace === XSI ? 'xsi' : model.prefixes.get(namespace);
    const taken = own === undefined || [...prefixes.values()].includes(own);
    prefixes.set(namespace, taken ? `ns${prefixes.size + 1}` : own);
  };
  const visit = (node: Node): void => {
    add(node.namespace);
    for (const a of node.attributes) {
      add(a.namespace);
      if (a.namespace === XSI) add(clark(a.value).namespace);
    }
    node.children.forEach(visit);
  };
  visit(root);
  return prefixes;
}

function lines(node: Node, prefixes: ReadonlyMap<string, string>, indent: string, declarations: string): string {
  const name = qualified(node.namespace, node.local, prefixes);
  const attributes = node.attributes.map((a) => {
    const { namespace, local } = clark(a.value);
    const value = a.namespace === XSI ? qualified(namespace, local, prefixes) : a.value;
    return ` ${qualified(a.namespace, a.name, prefixes)}="${escapeAttribute(value)}"`;
  });
  const start = `${indent}<${name}${declarations}${attributes.join('')}`;
  if (node.children.length === 0) {
    const text = node.text ?? '';
    return text === '' ? `${start}/>` : `${start}>${escapeText(text)}</${name}>`;
  }
  const inside = node.children.map((child) => lines(child, prefixes, `${indent}  `, ''));
  return `${start}>\n${inside.join('\n')}\n${indent}</${name}>`;
}

function qualified(namespace: string, local: string, prefixes: ReadonlyMap<string, string>): string {
  const prefix = prefixes.get(namespace);
  return prefix === undefined ? local : `${prefix}:${local}`;
}

function clark(name: string): { namespace: string; local: string } {
  const end = name.indexOf('}');
  return { namespace: end < 0 ? '' : name.slice(1, end), local: name.slice(end + 1) };
}
