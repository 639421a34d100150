/** Samples are made from the schemas alone; what proves them is the validator that judges live messages. */
import { expect } from 'chai';
import { Catalogue, ContentValidator, type FormatEntry, runRules, snilsFits } from '../../src/formats/index.js';
import { sampleOf } from '../../src/formats/sample.js';
import { type FormatModel, formatModel } from '../../src/formats/schema-model/index.js';
import { initXsd } from '../../src/xml/index.js';
import { catalogue, FACTS, signedContent } from './sample.js';

describe('samples of the built-in formats', () => {
  let validator: ContentValidator;
  before(async () => {
    await initXsd();
    validator = new ContentValidator(catalogue());
  });
  after(() => validator.dispose());

  const models = new Map<string, FormatModel | undefined>();
  function modelOf({ format }: FormatEntry): FormatModel {
    const key = `${format.id} ${format.version}`;
    if (!models.has(key)) models.set(key, formatModel(catalogue().data, format));
    return models.get(key)!;
  }

  for (const entry of catalogue().entries()) {
    const { format, role } = entry;
    if (format.entry === undefined) continue;
    for (const size of ['smallest', 'full'] as const) {
      it(`the ${size} ${role} of ${format.id} ${format.version} is valid`, () => {
        const xml = sampleOf(modelOf(entry), role, size)!;
        const { tree, octets } = signedContent(xml);
        expect(validator.validate(entry, octets, { tree, element: tree.root }), xml).to.deep.equal([]);
        expect(xml, 'says that it is invented').to.include('все значения вымышлены');
        const findings = runRules(entry, tree, tree.root, { senderCodes: ['0001.000001'], today: '2026-01-15' });
        expect(findings.filter((f) => f.type === 1)).to.deep.equal([]);
      });
    }
  }

  it('is the same every time, with a SNILS that checks and identifiers that differ', () => {
    const model = formatModel(catalogue().data, catalogue().find(FACTS, 'data')!.format)!;
    const xml = sampleOf(model, 'document', 'full')!;
    expect(sampleOf(model, 'document', 'full')).to.equal(xml);
    const numbers = [...xml.matchAll(/SNILS>(\d+)</g)].map((m) => m[1]!);
    expect(numbers.length).to.be.greaterThan(2);
    expect(numbers.filter((n) => !snilsFits(n))).to.deep.equal([]);
    const ids = [...xml.matchAll(/<\w+:uuid>([^<]+)</g)].map((m) => m[1]);
    expect(new Set(ids).size).to.equal(ids.length);
    expect(sampleOf(model, 'request')).to.equal(undefined);
  });

  describe('of a schema made for the purpose', () => {
    const SCHEMA = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t" elementFormDefault="qualified">
      <xs:element name="root"><xs:complexType><xs:sequence>
        <xs:element name="tree" type="t:tree"/>
        <xs:element name="shape" type="t:shape"/>
        <xs:element ref="t:head"/>
        <xs:choice><xs:element name="deep" type="t:tree"/><xs:element name="flat" type="xs:boolean"/></xs:choice>
        <xs:choice maxOccurs="unbounded"><xs:element name="left" type="t:code"/><xs:element name="right" type="t:codes"/></xs:choice>
        <xs:element name="either" type="t:either"/>
        <xs:element name="twice" type="t:size" minOccurs="2" maxOccurs="3"/>
        <xs:any namespace="##other" processContents="lax"/>
      </xs:sequence><xs:attribute name="Id" type="xs:ID" use="required"/><xs:attribute name="note" type="xs:string"/></xs:complexType></xs:element>
      <xs:complexType name="tree"><xs:sequence><xs:element name="leaf" type="t:word" minOccurs="0"/><xs:element name="tree" type="t:tree" minOccurs="0"/></xs:sequence></xs:complexType>
      <xs:complexType name="shape" abstract="true"><xs:sequence><xs:element name="colour" type="xs:string" fixed="синий"/></xs:sequence></xs:complexType>
      <xs:complexType name="circle"><xs:complexContent><xs:extension base="t:shape"><xs:sequence><xs:element name="radius" type="t:size"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
      <xs:element name="head" type="xs:anyType" abstract="true"/>
      <xs:element name="member" type="t:word" substitutionGroup="t:head"/>
      <xs:simpleType name="word"><xs:restriction base="xs:string"><xs:minLength value="12"/><xs:maxLength value="14"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="size"><xs:restriction base="xs:decimal"><xs:minExclusive value="7"/><xs:maxInclusive value="9.5"/><xs:fractionDigits value="1"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="code"><xs:restriction base="xs:string"><xs:pattern value="[A-Z]{2}-d{3}"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="codes"><xs:list itemType="t:code"/></xs:simpleType>
      <xs:simpleType name="either"><xs:union memberTypes="t:code t:size"/></xs:simpleType>
    </xs:schema>`;

    it('keeps recursion, abstract types, substitution, lists, unions, repeated choices and wildcards valid', () => {
      const format = {
        ...catalogue().data.formats[0]!,
        id: 'T',
        namespace: 'urn:t',
        roots: { document: 'root' },
        entry: 't.xsd',
      };
      const data = { formats: [format], schemas: { 't.xsd': SCHEMA } };
      const own = new ContentValidator(new Catalogue(data));
      for (const size of ['smallest', 'full'] as const) {
        const xml = sampleOf(formatModel(data, format)!, 'document', size)!;
        const { tree, octets } = signedContent(xml);
        const entry = new Catalogue(data).find('urn:t', 'root')!;
        expect(own.validate(entry, octets, { tree, element: tree.root }), xml).to.deep.equal([]);
        expect(xml.includes('note='), size).to.equal(size === 'full');
      }
      own.dispose();
    });
  });
});
