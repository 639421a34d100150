import { XMLBuilder } from 'fast-xml-parser';

/** What the builder takes: `@name` is an attribute, a list repeats its element, '' is an empty element. Keys keep their order. */
export interface Written {
  readonly [name: string]: string | Written | readonly (string | Written)[];
}

const BUILDER = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressEmptyNode: true,
  processEntities: true,
});

/** One element with its namespaces declared, as text without an XML declaration. */
export function writeXml(name: string, content: Written): string {
  // The library escapes markup only; a bare carriage return would be read back as a line feed (XML 1.0 §2.11).
  return BUILDER.build({ [name]: content }).replaceAll('\r', '&#xD;');
}

/** One child with text, or nothing when there is no value: spread it where the schema's order has it. */
export function leaf(name: string, value: string | undefined): Written {
  return value === undefined ? {} : { [name]: value };
}
