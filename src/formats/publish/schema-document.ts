import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { parseXml, type XmlElement, XmlTree } from '../../xml/index.js';
import { decodeText } from './decode-text.js';
import type { Refusal, Warning } from './plan.js';

const XS = 'http://www.w3.org/2001/XMLSchema';
const LINKS = ['import', 'include', 'redefine', 'override'] as const;

/** A reference to another document, as it is written. */
export interface Link {
  readonly kind: (typeof LINKS)[number];
  /** What an import names; for the others the namespace of the document itself. */
  readonly namespace: string;
  readonly location: string | undefined;
  /** Its start tag in the octets. */
  readonly start: number;
  readonly end: number;
}

/** One schema document of a package or of the catalogue in force. */
export interface SchemaDocument {
  readonly path: string;
  /** UTF-8, without XML declaration. */
  readonly octets: Buffer;
  readonly tree: XmlTree;
  /** '' for none: a chameleon, which takes the namespace of who includes it. */
  readonly target: string;
  readonly links: readonly Link[];
  /** Global elements that may be roots: abstract ones may not. */
  readonly elements: readonly string[];
  /** Names of global elements this document refers to, `local` only. */
  readonly refers: ReadonlySet<string>;
  /** SHA-256 of what it says, wherever its neighbours lie. */
  readonly fingerprint: string;
  readonly mended: readonly Warning[];
}

/** Parses one document; undefined when its root is not xs:schema. */
export function readSchema(path: string, bytes: Uint8Array): SchemaDocument | Refusal | undefined {
  const text = decodeText(path, bytes);
  return typeof text === 'string' ? schemaOf(path, text) : text;
}

export function schemaOf(path: string, written: string): SchemaDocument | Refusal | undefined {
  const { text, mended } = plain(path, written);
  const octets = Buffer.from(text, 'utf8');
  const tree = parseXml(octets);
  if (!(tree instanceof XmlTree))
    return {
      code: 'not-well-formed',
      document: path,
      ru: `Файл ${path}, строка ${tree.line}: ${tree.text}`,
      en: `The file ${path}, line ${tree.line}: ${tree.textEn}`,
    };
  if (tree.localNameOf(tree.root) !== 'schema' || tree.namespaceOf(tree.root) !== XS) return undefined;
  const target = tree.attribute(tree.root, 'targetNamespace') ?? '';
  const top = tree.children(tree.root).filter((node) => tree.namespaceOf(node) === XS);
  const links = top.flatMap((node) => linkOf(tree, node, octets, target));
  return {
    path,
    octets,
    tree,
    target,
    links,
    elements: top.flatMap((node) => globalElement(tree, node)),
    refers: references(tree),
    fingerprint: fingerprintOf(octets, links),
    mended,
  };
}

/**
 * Processing instructions say nothing in a schema, and a DOCTYPE, which older schemas of W3C have, nothing that a schema needs: both
 * are taken out. Where something of the DOCTYPE was needed after all, the document no longer parses and is refused.
 */
function plain(path: string, written: string): { text: string; mended: readonly Warning[] } {
  if (!/<\?|<!DOCTYPE/.test(written)) return { text: written, mended: [] };
  const text = written
    .replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>/g, (part) => (part.startsWith('<?') ? '' : part))
    .replace(/^((?:\s|<!--[\s\S]*?-->)*)<!DOCTYPE\b(?:[^[>"']|"[^"]*"|'[^']*')*(?:\[[\s\S]*?\]\s*)?>/, '$1');
  const ru = `Файл ${path}: инструкции обработки и DOCTYPE убраны, в схеме они ничего не значат.`;
  const en = `The file ${path}: processing instructions and DOCTYPE were taken out, they mean nothing in a schema.`;
  return { text, mended: text === written ? [] : [{ kind: 'mended', document: path, ru, en }] };
}

function linkOf(tree: XmlTree, node: XmlElement, octets: Buffer, target: string): Link[] {
  const kind = LINKS.find((k) => k === tree.localNameOf(node));
  if (kind === undefined) return [];
  const start = tree.startOf(node);
  const namespace = kind === 'import' ? (tree.attribute(node, 'namespace') ?? '') : target;
  const location = tree.attribute(node, 'schemaLocation')?.trim();
  return [{ kind, namespace, location, start, end: endOfTag(octets, start) }];
}

/** Offset after the `>` of the tag that begins at `start`; a `>` may stand in an attribute's value. */
function endOfTag(octets: Buffer, start: number): number {
  let quote = 0;
  for (let at = start; at < octets.length; at++) {
    const byte = octets[at];
    if (quote !== 0) quote = byte === quote ? 0 : quote;
    else if (byte === 0x22 || byte === 0x27) quote = byte;
    else if (byte === 0x3e) return at + 1;
  }
  return octets.length;
}

function globalElement(tree: XmlTree, node: XmlElement): string[] {
  const name = tree.attribute(node, 'name');
  const isRoot =
    tree.localNameOf(node) === 'element' && name !== undefined && tree.attribute(node, 'abstract') !== 'true';
  return isRoot ? [name] : [];
}

function references(tree: XmlTree): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (node: XmlElement): void => {
    for (const child of tree.children(node)) {
      const ref = tree.localNameOf(child) === 'element' ? tree.attribute(child, 'ref') : undefined;
      if (ref !== undefined) found.add(ref.replace(/^.*:/, ''));
      walk(child);
    }
  };
  walk(tree.root);
  return found;
}

/** Locations are left out: the same document may lie elsewhere. */
function fingerprintOf(octets: Buffer, links: readonly Link[]): string {
  const hash = createHash('sha256');
  let from = 0;
  for (const { kind, namespace, start, end } of links) {
    hash.update(octets.toString('utf8', from, start).trim()).update(`<${kind} ${namespace}>`);
    from = end;
  }
  return hash.update(octets.toString('utf8', from).trim()).digest('hex');
}
