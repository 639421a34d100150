import { XMLParser } from 'fast-xml-parser';
import type { QualifiedName } from '../../src/message/index.js';

/** Elements by local name: text for a leaf, a node for the rest, a list where an element repeats. */
export interface Node {
  readonly [name: string]: Value | readonly Value[];
}
export type Value = string | Node;

/**
 * Octets here are validated: a DTD or an undeclared entity cannot occur. `htmlEntities` is what makes the library decode
 * numeric references (exclusive c14n writes a carriage return as one); nothing is trimmed or turned into a number.
 */
const PARSER = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
});

/** The content of the root element. Call only with validated octets in UTF-8. */
export function readXml(octets: Uint8Array): Node {
  const document = PARSER.parse(textOf(octets)) as Record<string, Value>; // the library's shape under these options
  const [root = ''] = Object.entries(document).flatMap(([name, value]) => (name === '#text' ? [] : [value]));
  return typeof root === 'string' ? {} : root;
}

/** Name of the root element; undefined when the octets are not XML. Reads no further than its start tag. */
export function rootOf(octets: Uint8Array): QualifiedName | undefined {
  const start =
    /^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]*?-->\s*)*<([^\s/>!?]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/;
  const [, name = '', attributes = ''] = start.exec(textOf(octets)) ?? [];
  if (name === '') return undefined;
  const [prefix, local] = name.includes(':') ? name.split(':', 2) : ['', name];
  const wanted = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
  for (const [, attribute, double, single] of attributes.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (attribute === wanted) return { namespace: double ?? single ?? '', local: local ?? '' };
  }
  return { namespace: '', local: local ?? '' };
}

function textOf(octets: Uint8Array): string {
  return new TextDecoder('utf-8').decode(octets);
}

/** Every element of that name, in document order. */
export function every(node: Node, name: string): readonly Node[] {
  return valuesOf(node, name).map((value) => (typeof value === 'string' ? {} : value));
}

/** The first element of that name as a node; undefined when there is none. */
export function child(node: Node, name: string): Node | undefined {
  return every(node, name)[0];
}

/** Text of the first leaf of that name, exactly as written. */
export function textIn(node: Node, name: string): string | undefined {
  const [value] = valuesOf(node, name);
  return typeof value === 'string' ? value : undefined;
}

/** Text of every leaf of that name. */
export function textsIn(node: Node, name: string): readonly string[] {
  return valuesOf(node, name).flatMap((value) => (typeof value === 'string' ? [value] : []));
}

/** A number, day or code: XML Schema collapses the space around it. */
export function tokenIn(node: Node, name: string): string | undefined {
  return textIn(node, name)?.trim();
}

/** xs:boolean in both of its spellings. */
export function flagIn(node: Node, name: string): boolean {
  return ['true', '1'].includes(tokenIn(node, name) ?? '');
}

/** xs:date without its zone: the day is the one the sender wrote, wherever the sender was. */
export function dayIn(node: Node, name: string): string | undefined {
  return tokenIn(node, name)?.replace(/(?:Z|[+-]\d\d:\d\d)$/, '');
}

function valuesOf(node: Node, name: string): readonly Value[] {
  const held = Object.hasOwn(node, name) ? node[name] : undefined;
  if (held === undefined) return [];
  return Array.isArray(held) ? held : [held as Value]; // Array.isArray does not narrow readonly lists
}
