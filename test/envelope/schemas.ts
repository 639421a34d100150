import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import type { Version } from '../../src/message/index.js';
import { openMemory } from '../oracle/libxml2-files.js';

/** The folder with package.json, wherever this file was compiled to. */
export const ROOT = (() => {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
})();

export const OWN = (version: Version) => join(ROOT, 'xsd', 'smev', version);
export const REFERENCE = (version: Version) => join(ROOT, '..', 'shared', 'reference', 'smev', version);

/** The version's schemas of a folder as libxml2 judges by them. */
export function schemasOf(folder: string): { validate(xml: string | Uint8Array): string | undefined } {
  const base = `memory://${folder}/`;
  const files: Record<string, Uint8Array> = {};
  const imports: string[] = [];
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.xsd'))) {
    const text = readFileSync(join(folder, name));
    files[base + name] = text;
    const namespace = /targetNamespace="([^"]*)"/.exec(text.toString())?.[1];
    // An entry schema without a namespace of its own only imports the others.
    if (namespace !== undefined) imports.push(`<xs:import namespace="${namespace}" schemaLocation="${name}"/>`);
  }
  openMemory(files);
  const all = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports.join('')}</xs:schema>`;
  const schema = XmlDocument.fromString(all, { url: `${base}all.xsd` });
  const validator = XsdValidator.fromDoc(schema);
  schema.dispose();
  return {
    validate(xml) {
      const document = typeof xml === 'string' ? XmlDocument.fromString(xml) : XmlDocument.fromBuffer(xml);
      try {
        validator.validate(document);
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      } finally {
        document.dispose();
      }
    },
  };
}
