import { xercesCommand } from '../../../src/drivers/second-opinion-xerces/index.js';
import type { SchemaOpinion, SecondSchema } from '../../../src/ports/index.js';
import { repository } from '../../formats/differential/pairs.js';

/** Sources and documents of these tests, as bytes. */
export function octets(text: string): Uint8Array {
  return Buffer.from(text);
}

export function files(texts: Readonly<Record<string, string>>): ReadonlyMap<string, Uint8Array> {
  return new Map(Object.entries(texts).map(([path, text]) => [path, octets(text)]));
}

/** A schema document of one namespace; `head` stands where imports do. */
export function schema(namespace: string, body: string, head = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="${namespace}" targetNamespace="${namespace}" elementFormDefault="qualified">
${head}
${body}
</xs:schema>`;
}

/** The compiled schema, when it was accepted. */
export function accepted(opinion: SchemaOpinion): SecondSchema {
  if (opinion.verdict !== 'accepted') throw new Error(JSON.stringify(opinion));
  return opinion.schema;
}

export const NOTE = schema('urn:note', '<xs:element name="note" type="xs:date"/>');
export const notes = files({ 'note.xsd': NOTE });

export function note(value: string): Uint8Array {
  return octets(`<note xmlns="urn:note">${value}</note>`);
}

export const command = xercesCommand(repository);

/** A key over many rows: Xerces compares every two of them. */
const rows =
  '<xs:element name="row" maxOccurs="unbounded"><xs:complexType><xs:attribute name="key"/></xs:complexType></xs:element>';
const unique =
  '<xs:unique name="u"><xs:selector xpath="n:row" xmlns:n="urn:rows"/><xs:field xpath="@key"/></xs:unique>';
export const slow = files({
  'rows.xsd': schema(
    'urn:rows',
    `<xs:element name="rows"><xs:complexType><xs:sequence>${rows}</xs:sequence></xs:complexType>${unique}</xs:element>`,
  ),
});

export function rowsDocument(count: number): Uint8Array {
  const each = Array.from({ length: count }, (_, i) => `<row key="${i}"/>`);
  return octets(`<rows xmlns="urn:rows">${each.join('')}</rows>`);
}

/** A process that greets as the judge does and dies, or falls silent, at the first question. */
export function fake(onQuestion: string): readonly [string, ...string[]] {
  const greeting = `const text = Buffer.from('fake'); const head = Buffer.alloc(8);
    head.writeInt32BE(8); head.writeInt32BE(4, 4); process.stdout.write(Buffer.concat([head, text]));`;
  return [process.execPath, '-e', `${greeting} process.stdin.on('data', () => { ${onQuestion} });`];
}
