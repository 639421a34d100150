import { type ContentOf, expectedContent } from '../../../src/formats/messages/index.js';
import { formatModel } from '../../../src/formats/schema-model/index.js';
import { factsEntry } from '../sample.js';

/** One element of every kind the schema language has, so that every sentence of libxml2 can be provoked. */
export const SMALL_SCHEMA = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t" xmlns="urn:t" elementFormDefault="qualified">
  <xs:simpleType name="dayOrSign"><xs:union memberTypes="xs:date xs:boolean"/></xs:simpleType>
  <xs:simpleType name="numbers"><xs:list itemType="xs:int"/></xs:simpleType>
  <xs:complexType name="base"><xs:sequence><xs:element name="q" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType>
  <xs:complexType name="abstract" abstract="true"><xs:sequence/></xs:complexType>
  <xs:element name="data"><xs:complexType><xs:sequence>
    <xs:element name="code" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="[A-F]{2}-\\d{3}"/></xs:restriction></xs:simpleType></xs:element>
    <xs:element name="when" type="xs:dateTime" minOccurs="0"/>
    <xs:element name="price" minOccurs="0"><xs:simpleType><xs:restriction base="xs:decimal"><xs:fractionDigits value="2"/><xs:totalDigits value="5"/><xs:minInclusive value="0"/><xs:maxExclusive value="900"/></xs:restriction></xs:simpleType></xs:element>
    <xs:element name="share" minOccurs="0"><xs:simpleType><xs:restriction base="xs:decimal"><xs:minExclusive value="0"/><xs:maxInclusive value="100"/></xs:restriction></xs:simpleType></xs:element>
    <xs:element name="count" type="xs:positiveInteger" minOccurs="0"/>
    <xs:element name="whole" type="xs:int" minOccurs="0"/>
    <xs:element name="year" type="xs:gYear" minOccurs="0"/>
    <xs:element name="short" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string"><xs:minLength value="2"/><xs:maxLength value="3"/></xs:restriction></xs:simpleType></xs:element>
    <xs:element name="either" type="dayOrSign" minOccurs="0"/>
    <xs:element name="numbers" type="numbers" minOccurs="0"/>
    <xs:element name="named" type="xs:QName" minOccurs="0"/>
    <xs:element name="pair" minOccurs="0"><xs:complexType><xs:sequence><xs:element name="x" type="xs:string"/><xs:element name="y" type="xs:string" minOccurs="0" maxOccurs="2"/></xs:sequence><xs:attribute name="a" type="xs:int" use="required"/><xs:attribute name="f" fixed="1"/></xs:complexType></xs:element>
    <xs:element name="choice" minOccurs="0"><xs:complexType><xs:choice><xs:element name="x"/><xs:element name="y"/></xs:choice></xs:complexType></xs:element>
    <xs:element name="empty" minOccurs="0"><xs:complexType/></xs:element>
    <xs:element name="always" fixed="true" type="xs:string" minOccurs="0"/>
    <xs:element name="typed" type="base" minOccurs="0"/>
    <xs:element name="ghost" type="abstract" minOccurs="0"/>
    <xs:element name="nil" type="xs:string" minOccurs="0" nillable="true"/>
    <xs:element name="open" minOccurs="0"><xs:complexType><xs:sequence><xs:any namespace="##other" processContents="strict"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="key" type="xs:string" minOccurs="0" maxOccurs="5"/>
    <xs:element name="ref" type="xs:string" minOccurs="0"/>
    <xs:element name="pairs" minOccurs="0"><xs:complexType><xs:sequence maxOccurs="unbounded"><xs:element name="x" type="xs:string"/><xs:element name="y" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="either-then" minOccurs="0"><xs:complexType><xs:sequence><xs:choice><xs:element name="x"/><xs:element name="y"/></xs:choice><xs:element name="w"/><xs:element name="z"/></xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType>
  <xs:key name="keys"><xs:selector xpath="k:key" xmlns:k="urn:t"/><xs:field xpath="."/></xs:key>
  <xs:keyref name="refs" refer="keys"><xs:selector xpath="k:ref" xmlns:k="urn:t"/><xs:field xpath="."/></xs:keyref>
  </xs:element>
</xs:schema>`;

/** What the small schema wants where. */
export function smallContent(): ContentOf {
  const { format } = factsEntry();
  const small = { ...format, namespace: 'urn:t', roots: { document: 'data' }, entry: 'small.xsd' };
  return expectedContent(formatModel({ formats: [small], schemas: { 'small.xsd': SMALL_SCHEMA } }, small));
}
