import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { XmlDocument, XmlElement, XmlText, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { projectRoot } from '../../../src/config/index.js';
import { openFiles } from '../../oracle/libxml2-files.js';

/** Our own schemas, and the published ones beside the repository, which are not always there. */
export const OURS = join(projectRoot(), 'xsd', 'egisso');
export const PUBLISHED = join(projectRoot(), '..', 'shared', 'reference', 'formats');
export const hasPublished = existsSync(PUBLISHED);

export function published(path: string): string {
  return readFileSync(join(PUBLISHED, path), 'utf8');
}

const schemas = new Map<string, XsdValidator>();

function schemaIn(path: string): XsdValidator {
  const known = schemas.get(path);
  if (known) return known;
  openFiles();
  const source = XmlDocument.fromBuffer(readFileSync(path), { url: pathToFileURL(path).href });
  const schema = XsdValidator.fromDoc(source);
  source.dispose();
  schemas.set(path, schema);
  return schema;
}

/** What is wrong with the document under the schema; empty when it is valid. */
export function violations(xml: string, schemaPath: string): string[] {
  const document = XmlDocument.fromString(xml);
  try {
    schemaIn(schemaPath).validate(document);
    return [];
  } catch (error) {
    if (error instanceof XmlValidateError) return error.details.map((detail) => detail.message);
    throw error;
  } finally {
    document.dispose();
  }
}

/** Names with their namespaces, and text: what two documents have in common whatever their prefixes and indents. */
export type Tree = readonly [name: string, content: string | readonly Tree[]];

export function treeOf(xml: string): Tree {
  const document = XmlDocument.fromString(xml);
  const tree = treeAt(document.root);
  document.dispose();
  return tree;
}

function treeAt(element: XmlElement): Tree {
  const children: Tree[] = [];
  let text = '';
  for (let node = element.firstChild; node; node = node.next) {
    if (node instanceof XmlElement) children.push(treeAt(node));
    else if (node instanceof XmlText) text += node.content;
  }
  return [`{${element.namespaceUri}}${element.name}`, children.length > 0 ? children : text.trim()];
}
