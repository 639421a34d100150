import type { XmlElement, XmlTree } from '../../src/xml/index.js';

/** Values that stand just inside or just outside some facet of some type. */
export const VALUES: readonly string[] = [
  '',
  ' ',
  'x',
  '3b1f0a52-1c2d-11ef-9e35-0242ac120002',
  ' 3b1f0a52-1c2d-11ef-9e35-0242ac120002',
  '3B1F0A52-1c2d-11ef-9e35-0242ac120002',
  '3b1f0a52-1c2d-41ef-9e35-0242ac120002',
  ...[50, 51, 100, 101, 200, 201, 500, 501, 1500, 1501, 4000, 4001].map((n) => 'я'.repeat(n)),
  '😀'.repeat(50),
  '2024-05-17T10:00:00',
  '2024-05-17T10:00:00Z',
  ' 2024-05-17T10:00:00.123456+03:00\n',
  '2024-05-17T24:00:00',
  '2024-05-17T24:00:01',
  '2024-05-17T10:00:00+14:00',
  '2024-05-17T10:00:00-14:01',
  '2024-02-29T10:00:00',
  '2023-02-29T10:00:00',
  '1900-02-29T00:00:00',
  '02024-05-17T10:00:00',
  '12024-05-17T10:00:00',
  '-2024-05-17T10:00:00',
  '2024-05-17',
  '2024-05-17 10:00:00',
  '2024-5-17T10:00:00',
  '2024-05-17T10:00',
  '2024-13-17T10:00:00',
  '2024-05-17T10:60:00',
  '2024-05-17T10:00:60',
  '2024-05-17T10:00:00.',
  'true',
  ' 1 ',
  'TRUE',
  '0',
  '-0',
  '+7',
  '2147483647',
  '2147483648',
  '-2147483648',
  '-2147483649',
  '0000000000000000000000012',
  '1.0',
  'name',
  ' name ',
  '1name',
  'na:me',
  'имя',
  'na me',
  '_-.',
  'urn:a',
  'urn://пример/1',
  'http://[::1]/',
  '%zz',
  'a%20b',
  '#a#b',
  'a b',
  'http://a/b?c=d#e',
  'application/pdf',
  'application/',
  'application/x-y+z.1',
  'application/pdf; charset=x',
  'model/x',
  ' text/plain',
  'YQ==',
  'YQ=',
  'YR==',
  'Y Q = =',
  'YQ',
  'YWJj\nYWJj',
  'Я===',
  'requestIsQueued',
  'messageIsDelivered',
  'responseIsDelivered',
  'NO_DATA',
  ' NO_DATA',
  'InvalidContent',
];

const EXTRAS = [
  '<z:Unknown xmlns:z="urn:z"></z:Unknown>',
  '<Unknown xmlns=""></Unknown>',
  'text',
  ' ',
  '<!-- comment -->',
];

/** One change of one element, as the document's new bytes. */
export type Mutation = (tree: XmlTree, source: Buffer, element: XmlElement) => readonly string[];

const part = (source: Buffer, from: number, to?: number) => source.toString('utf8', from, to);

const escaped = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Each value in place of the element's content; a few where elements belong. */
export const revalue: Mutation = (tree, source, element) => {
  const { open, close } = inner(tree, source, element);
  const values = tree.children(element).length === 0 ? VALUES : VALUES.slice(0, 4);
  return values.map((value) => part(source, 0, open) + escaped(value) + part(source, close));
};

/** The element dropped, doubled, renamed, put in another namespace, moved before and after its sibling. */
export const move: Mutation = (tree, source, element) => {
  const start = tree.startOf(element);
  const end = tree.endOf(element);
  const own = part(source, start, end);
  const before = part(source, 0, start);
  const after = part(source, end);
  const name = tree.qualifiedNameOf(element);
  const renamed = own.replace(`<${name}`, `<${name}Other`).replace(new RegExp(`</${name}>$`), `</${name}Other>`);
  const results = [before + after, before + own + own + after, before + renamed + after];
  for (const wrapped of [`<z:z xmlns:z="urn:z">${own}</z:z>`]) results.push(before + wrapped + after);
  const parent = tree.parentOf(element);
  const siblings = parent === undefined ? [] : tree.children(parent).filter((child) => child !== element);
  for (const sibling of siblings) {
    const at = tree.startOf(sibling);
    if (at < start) results.push(part(source, 0, at) + own + part(source, at, start) + after);
    else results.push(before + part(source, end, at) + own + part(source, at));
    // The sibling's copy beside it: choices and groups mixed.
    results.push(before + part(source, at, tree.endOf(sibling)) + own + after);
  }
  return results;
};

/** Something put into the element, at its beginning and at its end, and beside it. */
export const insert: Mutation = (tree, source, element) => {
  const { open, close } = inner(tree, source, element);
  const results: string[] = [];
  for (const extra of EXTRAS) {
    results.push(part(source, 0, open) + extra + part(source, open));
    results.push(part(source, 0, close) + extra + part(source, close));
    if (tree.parentOf(element) !== undefined) {
      const start = tree.startOf(element);
      results.push(part(source, 0, start) + extra + part(source, start));
    }
  }
  return results;
};

const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** Attributes added: unknown ones, Ids good, bad and repeated, xsi's own. */
export const attribute: Mutation = (tree, source, element) => {
  const at = tree.startOf(element) + 1 + Buffer.byteLength(tree.qualifiedNameOf(element));
  const additions = [
    ' other="x"',
    ' z:a="x" xmlns:z="urn:z"',
    ' xml:lang="ru"',
    ` ${XSI} xsi:schemaLocation="a b"`,
    ` ${XSI} xsi:type="none"`,
    ` ${XSI} xsi:type="xs:string" xmlns:xs="http://www.w3.org/2001/XMLSchema"`,
    ` ${XSI} xsi:nil="true"`,
    ` ${XSI} xsi:nil="false"`,
  ];
  if (tree.attribute(element, 'Id') === undefined) additions.push(' Id="OTHER"', ' Id="ID"', ' Id="1"', ' Id=" b "');
  else additions.push('DROP');
  if (tree.attribute(element, 'accepted') === undefined) additions.push(' accepted="true"');
  return additions.map((addition) => {
    if (addition !== 'DROP') return part(source, 0, at) + addition + part(source, at);
    return part(source, 0, at) + part(source, at).replace(/ Id="[^"]*"/, '');
  });
};

/** Byte range of an element's content; the builders write no empty-element tags. */
function inner(tree: XmlTree, source: Buffer, element: XmlElement): { open: number; close: number } {
  const start = tree.startOf(element);
  return { open: source.indexOf('>', start) + 1, close: source.lastIndexOf('</', tree.endOf(element) - 1) };
}

export function descendants(tree: XmlTree, element: XmlElement = tree.root): readonly XmlElement[] {
  return [element, ...tree.children(element).flatMap((child) => descendants(tree, child))];
}
