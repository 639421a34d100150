import { expect } from 'chai';
import {
  compileSchema,
  elementAtPath,
  initXsd,
  isXsdProblem,
  MOST_VIOLATIONS,
  type XsdProblem,
  type XsdSchema,
} from '../../src/xml/index.js';
import { parsed } from './parsed.js';

const XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"';
const CYRILLIC = 'http://пф.рф/АФ/2017-08-21';

function documents(files: Record<string, string>): Map<string, Uint8Array> {
  return new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
}

function compiled(files: Record<string, string>, entry = Object.keys(files)[0] as string): XsdSchema {
  const schema = compileSchema(documents(files), entry);
  if (isXsdProblem(schema)) throw new Error(`${schema.textEn} ${JSON.stringify(schema.details)}`);
  return schema;
}

function problem(files: Record<string, string>, entry = Object.keys(files)[0] as string): XsdProblem {
  const schema = compileSchema(documents(files), entry);
  if (!isXsdProblem(schema)) throw new Error('compiled');
  return schema;
}

/** A schema of three documents in two folders, one of them with a Cyrillic name and namespace. */
const SET = {
  'main/package.xsd': `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema ${XS} targetNamespace="${CYRILLIC}" xmlns="${CYRILLIC}" xmlns:т="urn:типы" elementFormDefault="qualified">
  <xs:import namespace="urn:типы" schemaLocation="../общие/типы.xsd"/>
  <xs:include schemaLocation="сумма.xsd"/>
  <xs:element name="Пакет"><xs:complexType><xs:sequence>
    <xs:element name="Имя" type="т:Имя" maxOccurs="unbounded"/>
    <xs:element ref="Сумма"/>
  </xs:sequence><xs:attribute name="Id" type="xs:ID"/></xs:complexType></xs:element>
</xs:schema>`,
  'main/сумма.xsd': `<xs:schema ${XS} targetNamespace="${CYRILLIC}"><xs:element name="Сумма" type="xs:decimal"/></xs:schema>`,
  'общие/типы.xsd': `<xs:schema ${XS} targetNamespace="urn:типы"><xs:simpleType name="Имя"><xs:restriction base="xs:string">
    <xs:maxLength value="5"/></xs:restriction></xs:simpleType></xs:schema>`,
};

describe('the XSD engine', () => {
  before(initXsd);

  it('resolves imports and includes among the given documents, Cyrillic paths and namespaces included', () => {
    const schema = compiled(SET);
    expect(
      schema.validate(Buffer.from(`<Пакет xmlns="${CYRILLIC}"><Имя>Иван</Имя><Сумма>1.50</Сумма></Пакет>`)),
    ).to.deep.equal([]);
    schema.dispose();
  });

  it('lists every violation with line, code and a path that leads to the element of the tree', () => {
    const schema = compiled(SET);
    const octets = Buffer.from(
      `<п:Пакет xmlns:п="${CYRILLIC}">\n<п:Имя>Иван</п:Имя>\n<п:Имя>Константин</п:Имя>\n<п:Сумма>много</п:Сумма></п:Пакет>`,
    );
    const violations = schema.validate(octets);
    expect(violations.map((v) => [v.line, v.code])).to.deep.equal([
      [3, 1832],
      [4, 1824],
    ]);
    const tree = parsed(octets);
    const found = violations.map((v) => elementAtPath(tree, tree.root, v.path as string));
    expect(found.map((e) => e !== undefined && tree.pathOf(e))).to.deep.equal([
      '/п:Пакет/п:Имя[2]',
      '/п:Пакет/п:Сумма',
    ]);
    schema.dispose();
  });

  it('finds elements by path in a default namespace, where libxml2 counts all siblings', () => {
    const schema = compiled(SET);
    const octets = Buffer.from(
      `<Пакет xmlns="${CYRILLIC}"><Имя>Иван</Имя><Имя>Константин</Имя><Сумма>x</Сумма></Пакет>`,
    );
    const tree = parsed(octets);
    const paths = schema
      .validate(octets)
      .map((v) => tree.pathOf(elementAtPath(tree, tree.root, v.path as string) as number));
    expect(paths).to.deep.equal(['/Пакет/Имя[2]', '/Пакет/Сумма']);
    expect(elementAtPath(tree, tree.root, '/*/*[9]')).to.equal(undefined);
    expect(elementAtPath(tree, tree.root, '/*/*[2]/@x')).to.equal(tree.children(tree.root)[1]);
    schema.dispose();
  });

  it('still refuses an unbound prefix where the namespace is Cyrillic', () => {
    const schema = compiled(SET);
    const [violation] = schema.validate(Buffer.from(`<Пакет xmlns="${CYRILLIC}"><q:Имя/></Пакет>`));
    expect(violation?.message).to.include('prefix q');
    schema.dispose();
  });

  it('checks xs:ID', () => {
    const schema = compiled({
      'a.xsd': `<xs:schema ${XS}><xs:element name="a"><xs:complexType><xs:sequence><xs:element name="b" maxOccurs="9">
        <xs:complexType><xs:attribute name="Id" type="xs:ID"/></xs:complexType></xs:element></xs:sequence></xs:complexType>
        </xs:element></xs:schema>`,
    });
    expect(schema.validate(Buffer.from('<a><b Id="x"/><b Id="y"/></a>'))).to.deep.equal([]);
    expect(schema.validate(Buffer.from('<a><b Id="x"/><b Id="x"/></a>'))).to.have.length(1);
    schema.dispose();
  });

  it('refuses documents with a DTD or not well-formed, as violations', () => {
    const schema = compiled({ 'a.xsd': `<xs:schema ${XS}><xs:element name="a" type="xs:string"/></xs:schema>` });
    for (const bad of [
      '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
      '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
      '<a>',
      '',
    ]) {
      expect(schema.validate(Buffer.from(bad)), bad).to.have.length.above(0);
    }
    expect(schema.validate(Buffer.from('<a>ok</a>'))).to.deep.equal([]);
    schema.dispose();
  });

  it('never follows schemaLocation of an instance', () => {
    const schema = compiled({ 'a.xsd': `<xs:schema ${XS}><xs:element name="a" type="xs:string"/></xs:schema>` });
    const hint =
      'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://127.0.0.1:1/a.xsd"';
    expect(schema.validate(Buffer.from(`<a ${hint}>x</a>`))).to.deep.equal([]);
    schema.dispose();
  });

  it('names the document that is missing, not well-formed or no schema', () => {
    const { 'общие/типы.xsd': _, ...without } = SET;
    expect(problem(without)).to.include({ xsdProblem: 'missing-document', document: 'общие/типы.xsd' });
    expect(problem({ ...SET, 'общие/типы.xsd': '<xs:schema' }, 'main/package.xsd')).to.include({
      xsdProblem: 'not-well-formed',
      document: 'общие/типы.xsd',
    });
    const doctype = `<!DOCTYPE x [<!ENTITY e "y">]>${SET['общие/типы.xsd']}`;
    expect(problem({ ...SET, 'общие/типы.xsd': doctype })).to.include({ xsdProblem: 'not-well-formed' });
    const broken = problem({ 'a.xsd': `<xs:schema ${XS}>\n<xs:element name="a" type="нет"/></xs:schema>` });
    expect(broken).to.include({ xsdProblem: 'not-a-schema', document: 'a.xsd' });
    expect(broken.details[0]).to.include({ line: 2 });
    expect(problem({}, 'b.xsd')).to.include({ xsdProblem: 'missing-document', document: 'b.xsd' });
  });

  it('reads neither disk nor network for imports', () => {
    for (const location of [
      'file:///etc/hostname',
      '/etc/hostname',
      'http://127.0.0.1:1/x.xsd',
      '../../../../etc/hostname',
    ]) {
      const schema = `<xs:schema ${XS}><xs:import namespace="urn:x" schemaLocation="${location}"/></xs:schema>`;
      expect(problem({ 'a/b.xsd': schema }), location).to.include({ xsdProblem: 'missing-document' });
    }
  });

  it('refuses a value that libxml2 cannot compare with a limit, and goes on with the next document', () => {
    const type = '<xs:restriction base="xs:gYear"><xs:minInclusive value="1826"/></xs:restriction>';
    const schema = compiled({
      'year.xsd': `<xs:schema ${XS}><xs:element name="Год"><xs:simpleType>${type}</xs:simpleType></xs:element></xs:schema>`,
    });
    const [violation] = schema.validate(Buffer.from('<Год>19991999</Год>'));
    expect(violation?.path).to.equal('/Год');
    expect(schema.validate(Buffer.from('<Год>1999</Год>'))).to.deep.equal([]);
    schema.dispose();
  });

  it('does not list more violations than it says', () => {
    const schema = compiled({
      'a.xsd': `<xs:schema ${XS}><xs:element name="a"><xs:complexType><xs:sequence><xs:element name="b" type="xs:int"
        maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element></xs:schema>`,
    });
    expect(schema.validate(Buffer.from(`<a>${'<b>x</b>'.repeat(191)}</a>`))).to.have.length(191);
    expect(schema.validate(Buffer.from(`<a>${'<b>x</b>'.repeat(20_000)}</a>`))).to.have.length(MOST_VIOLATIONS);
    schema.dispose();
  });

  it('gives back the memory of every document', () => {
    const schema = compiled(SET);
    const valid = Buffer.from(`<Пакет xmlns="${CYRILLIC}">${'<Имя>Иван</Имя>'.repeat(500)}<Сумма>1</Сумма></Пакет>`);
    const invalid = Buffer.from(`<Пакет xmlns="${CYRILLIC}">${'<Имя>Иван</Имя>'.repeat(500)}</Пакет>`);
    const round = () => {
      for (const octets of [valid, invalid, invalid.subarray(0, -5)]) schema.validate(octets);
    };
    for (let i = 0; i < 50; i++) round();
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 300; i++) round();
    // Unfreed they would be 300 documents of well over 100 KB each.
    expect(process.memoryUsage().rss - before).to.be.below(30e6);
    schema.dispose();
    expect(() => schema.validate(valid)).to.throw('disposed');
    schema.dispose();
  });
});
