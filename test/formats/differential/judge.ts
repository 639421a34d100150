import { readFileSync } from 'node:fs';
import { XmlDocument, XmlError, XmlParseError, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { openFiles } from '../../oracle/libxml2-files.js';

openFiles();

/** What a schema says of a document: undefined = valid, else its first complaint. */
export type Judge = (xml: string | Uint8Array) => string | undefined;

/** Compiles the schema at `path` with everything it imports; throws when libxml2 refuses the schema itself. */
export function judgeOf(path: string, mended: Readonly<Record<string, string>> = {}): Judge {
  const text = Object.entries(mended).reduce((all, [from, to]) => all.replaceAll(from, to), readFileSync(path, 'utf8'));
  const schema = XmlDocument.fromString(text, { url: path });
  const validator = XsdValidator.fromDoc(schema);
  schema.dispose();
  return (xml) => {
    const document = parse(xml);
    if (typeof document === 'string') return document;
    try {
      validator.validate(document);
      return undefined;
    } catch (error) {
      if (error instanceof XmlValidateError) return (error.details[0]?.message ?? error.message).trim();
      // A year of eight digits is more than libxml2 can compare with a limit: it cannot say yes, so it says no.
      if (error instanceof XmlError) return error.message;
      throw error;
    } finally {
      document.dispose();
    }
  };
}

function parse(xml: string | Uint8Array): XmlDocument | string {
  try {
    return typeof xml === 'string' ? XmlDocument.fromString(xml) : XmlDocument.fromBuffer(xml);
  } catch (error) {
    if (error instanceof XmlParseError) return `not XML: ${error.message}`;
    throw error;
  }
}
