import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Format } from '../../src/formats/index.js';
import { type FieldRow, fieldRows, formatModel } from '../../src/formats/schema-model/index.js';
import { catalogue, FACTS, repositoryRoot } from './sample.js';

const PUBLISHED = join(repositoryRoot(), '..', 'shared', 'reference', 'formats', 'schemas', 'egisso');
const HAVE = existsSync(PUBLISHED);

function rowsOf(schemas: Readonly<Record<string, string>>, entry: string, root: string, namespace: string): FieldRow[] {
  const format: Format = {
    ...catalogue().data.formats[0]!,
    namespace,
    roots: { document: root },
    entry,
  };
  const model = formatModel({ formats: [format], schemas }, format)!;
  return [...fieldRows(model.roots[0]!).rows];
}

const schema = (body: string, attributes = 'targetNamespace="urn:t" xmlns:t="urn:t"'): string =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified" ${attributes}>${body}</xs:schema>`;

describe('the schema model', () => {
  it('tells the fields of 10.06.S 1.1.0 in document order, with words, facets and documentation', () => {
    const { format } = catalogue().find(FACTS, 'data')!;
    const model = formatModel(catalogue().data, format)!;
    const { rows, cut } = fieldRows(model.roots[0]!);
    expect(cut).to.equal(false);
    expect(model.schemas[0]).to.equal('egisso/10.06.S/1.1.0/10.06.S.xsd');
    expect(model.schemas.length).to.equal(7);
    const at = (path: string) => rows.find((r) => r.path === `data/package/elements/${path}`)!;
    expect(at('fact')).to.include({ min: 0, max: 1000, depth: 3 });
    expect(at('fact').occurs).to.deep.equal({ ru: 'до 1000', en: 'up to 1000' });
    expect(at('fact/mszReceiver/SNILS').type.ru).to.equal('строка');
    expect(at('fact/mszReceiver/SNILS').facets[0]!.en).to.equal('a SNILS is 11 digits without hyphens and spaces');
    expect(at('fact/mszReceiver/Gender').values.map((v) => v.value)).to.deep.equal(['Male', 'Female']);
    expect(at('fact/assignmentInfo/serviceForm').choice).to.deep.equal({ number: 1, option: 4, of: 4 });
    expect(at('fact/dateFinish').occurs.ru).to.equal('необязательно');
    expect(at('fact/decisionDate').documentation).to.deep.equal({ ru: 'День решения.', en: 'Day of the decision.' });
    expect(at('fact/reasonPersons/basisPerson/prsnInfo').sameAs).to.equal('data/package/elements/fact/mszReceiver');
  });

  it('gives every row of every built-in format a type in both languages and a place that is told once', () => {
    for (const format of catalogue().data.formats) {
      for (const root of formatModel(catalogue().data, format)?.roots ?? []) {
        const { rows, cut } = fieldRows(root);
        expect(cut, format.id).to.equal(false);
        for (const row of rows) {
          const where = `${format.id} ${format.version} ${row.path}`;
          expect(row.type.ru, where).to.match(/[а-яё]/i);
          expect(row.type.en, where).to.not.match(/[а-яё]/i);
          expect(row.type.ru, `${where}: a type that could not be read`).to.not.equal('любое значение');
        }
      }
    }
  });

  it('reads groups, attribute groups, extensions, restrictions, unions and references', () => {
    const rows = rowsOf(
      {
        'a/t.xsd': schema(
          `<xs:import namespace="urn:u" schemaLocation="../b/u.xsd"/><xs:include schemaLocation="part.xsd"/>
          <xs:element name="root"><xs:complexType><xs:complexContent><xs:extension base="t:base"><xs:sequence>
            <xs:group ref="t:pair" minOccurs="0"/><xs:element ref="u:ref" maxOccurs="unbounded"/><xs:any minOccurs="0"/>
          </xs:sequence><xs:attributeGroup ref="t:marks"/></xs:extension></xs:complexContent></xs:complexType></xs:element>
          <xs:group name="pair"><xs:sequence><xs:element name="one" type="xs:int"/><xs:element name="two" type="u:kind"/></xs:sequence></xs:group>
          <xs:attributeGroup name="marks"><xs:attribute name="mark" type="xs:date" use="required"/></xs:attributeGroup>`,
          'targetNamespace="urn:t" xmlns:t="urn:t" xmlns:u="urn:u"',
        ),
        'a/part.xsd': schema(
          '<xs:complexType name="base"><xs:sequence><xs:element name="first" type="xs:string"/></xs:sequence></xs:complexType>',
          '',
        ),
        'b/u.xsd': `<?xml version="1.0" encoding="windows-1251"?>${schema(
          `<xs:element name="ref"><xs:annotation><xs:documentation>Ссылка</xs:documentation></xs:annotation><xs:complexType><xs:simpleContent>
            <xs:extension base="xs:decimal"><xs:attribute name="unit" type="xs:string" fixed="руб"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
          <xs:simpleType name="kind"><xs:union><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="3"/></xs:restriction></xs:simpleType>
            <xs:simpleType><xs:restriction base="xs:date"/></xs:simpleType></xs:union></xs:simpleType>`,
          'targetNamespace="urn:u"',
        )}`,
      },
      'a/t.xsd',
      'root',
      'urn:t',
    );
    expect(rows.map((r) => `${r.path} ${r.occurs.en}: ${r.type.en}`)).to.deep.equal([
      'root required: made of parts',
      'root/@mark required: date',
      'root/first required: string',
      'root/one optional: whole number',
      'root/two optional: string or date',
      'root/ref 1 or more: decimal number',
      'root/ref/@unit optional: string',
      'root/* optional: any elements (##any)',
    ]);
    expect(rows[4]!.facets.map((f) => f.ru)).to.deep.equal(['до 3 символов']);
    expect(rows[5]!.documentation).to.deep.equal({ ru: 'Ссылка' });
    expect(rows[6]!.fixed).to.equal('руб');
    expect(rows[2]!.namespace).to.equal('urn:t');
  });

  it('ends on types, groups and bases that contain themselves', () => {
    const body = `<xs:element name="root" type="t:loop"/>
      <xs:complexType name="loop"><xs:choice><xs:element name="again" type="t:loop"/><xs:group ref="t:round"/></xs:choice></xs:complexType>
      <xs:group name="round"><xs:sequence><xs:element name="x" type="t:simple"/><xs:group ref="t:round"/></xs:sequence></xs:group>
      <xs:simpleType name="simple"><xs:restriction base="t:simple"/></xs:simpleType>`;
    const rows = rowsOf({ 't.xsd': schema(body) }, 't.xsd', 'root', 'urn:t');
    expect(rows[1]).to.include({ path: 'root/again', sameAs: 'root' });
    expect(rows.length).to.be.lessThan(200);
  });

  it('reads a schema whose import is missing or refused by the parser', () => {
    const body = '<xs:import namespace="urn:d" schemaLocation="d.xsd"/><xs:element name="root" type="d:type"/>';
    const missing = schema(body, 'targetNamespace="urn:t" xmlns:d="urn:d"');
    for (const schemas of [{ 't.xsd': missing }, { 't.xsd': missing, 'd.xsd': '<!DOCTYPE x><x/>' }])
      expect(rowsOf(schemas, 't.xsd', 'root', 'urn:t').map((r) => r.type.en)).to.deep.equal(['any value']);
  });

  it(`reads every message schema of the published EGISSO package${HAVE ? '' : ' (skipped: ../shared/reference is not here)'}`, function () {
    if (!HAVE) this.skip();
    const files = readdirSync(PUBLISHED, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.xsd'));
    const schemas = Object.fromEntries(files.map((f) => [f, readFileSync(join(PUBLISHED, f), 'utf8')]));
    let read = 0;
    for (const entry of files.filter((f) => /^[12]0\.\d\d\.[A-Z]/.test(f))) {
      const namespace = /targetNamespace="([^"]+)"/.exec(schemas[entry]!)?.[1] ?? '';
      const roots = [...schemas[entry]!.matchAll(/^ {0,4}\t?<\w+:element name="(\w+)"/gm)].map((m) => m[1]!);
      for (const root of roots) read += rowsOf(schemas, entry, root, namespace).length;
    }
    expect(read).to.be.greaterThan(1000);
  });
});
