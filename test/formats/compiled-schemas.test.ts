import { expect } from 'chai';
import { CompiledSchemas } from '../../src/formats/index.js';
import { initXsd } from '../../src/xml/index.js';

const schemaOf = (name: string): string =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="${name}" type="xs:int"/></xs:schema>`;
const document = (name: string) => Buffer.from(`<${name}>1</${name}>`);

describe('compiled schemas of a thread', () => {
  before(() => initXsd());

  it('are compiled once and found again', () => {
    const compiled = new CompiledSchemas();
    const schemas = { 'a.xsd': schemaOf('a') };
    expect(compiled.of(schemas, 'a.xsd')).to.equal(compiled.of({ ...schemas }, 'a.xsd'));
    compiled.dispose();
  });

  it('are compiled anew when their entry says something else', () => {
    const compiled = new CompiledSchemas();
    compiled.of({ 'a.xsd': schemaOf('a') }, 'a.xsd');
    expect(compiled.of({ 'a.xsd': schemaOf('b') }, 'a.xsd').validate(document('b'))).to.deep.equal([]);
    compiled.dispose();
  });

  it('give up the least recently used when there are too many, and come back when asked', () => {
    const compiled = new CompiledSchemas(2);
    const schemas = { a: schemaOf('a'), b: schemaOf('b'), c: schemaOf('c') };
    const [a, b] = [compiled.of(schemas, 'a'), compiled.of(schemas, 'b')];
    compiled.of(schemas, 'a');
    compiled.of(schemas, 'c');
    expect(compiled.of(schemas, 'a')).to.equal(a);
    expect(() => b.validate(document('b'))).to.throw('disposed');
    expect(compiled.of(schemas, 'b').validate(document('b'))).to.deep.equal([]);
    compiled.dispose();
  });
});
