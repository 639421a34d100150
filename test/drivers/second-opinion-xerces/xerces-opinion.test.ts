import { expect } from 'chai';
import { createXercesOpinion } from '../../../src/drivers/second-opinion-xerces/index.js';
import type { OpinionComplaint } from '../../../src/ports/index.js';
import { javaPresent, withJava } from '../../oracle/java.js';
import { accepted, command, files, NOTE, note, notes, octets, schema } from './schemas.js';

describe(`the second opinion by Xerces${withJava}`, () => {
  const opinion = createXercesOpinion({ command });
  before(function () {
    if (!javaPresent) this.skip();
  });
  after(() => opinion.close());

  async function complaintsOf(
    sources: Readonly<Record<string, string>>,
    entry: string,
  ): Promise<readonly OpinionComplaint[]> {
    const answer = await opinion.compile(files(sources), entry);
    if (answer.verdict === 'untold') throw new Error(answer.detail);
    return answer.verdict === 'refused' ? answer.complaints : [];
  }

  async function verdictsOf(documents: readonly string[]): Promise<string[]> {
    const held = accepted(await opinion.compile(notes, 'note.xsd'));
    const opinions = await held.validate(documents.map(octets));
    held.release();
    return opinions.map((o) => (o.verdict === 'invalid' ? (o.complaints[0]?.text ?? '') : o.verdict));
  }

  it('compiles a set whose files import and include each other by relative path', async () => {
    const set = files({
      'a/entry.xsd': schema(
        'urn:a',
        '<xs:element name="a" type="b:B" xmlns:b="urn:b"/>',
        '<xs:import namespace="urn:b" schemaLocation="../типы/b.xsd"/>',
      ),
      'типы/b.xsd': schema('urn:b', '', '<xs:include schemaLocation="./%D1%87%D0%B0%D1%81%D1%82%D1%8C 1.xsd"/>'),
      'типы/часть 1.xsd': schema('urn:b', '<xs:simpleType name="B"><xs:restriction base="xs:int"/></xs:simpleType>'),
    });
    const answer = await opinion.compile(set, 'a/entry.xsd');
    const held = accepted(answer);
    expect(answer)
      .to.have.property('engine')
      .that.matches(/^Xerces, Java \d/);
    const opinions = await held.validate([octets('<a xmlns="urn:a">5</a>'), octets('<a xmlns="urn:a">x</a>')]);
    expect(opinions.map((o) => o.verdict)).to.deep.equal(['valid', 'invalid']);
  });

  it('takes a location written with backslashes, as our own engine does', async () => {
    const head = '<xs:include schemaLocation="part\\b.xsd"/>';
    const set = { 'entry.xsd': schema('urn:a', '', head), 'part/b.xsd': schema('urn:a', '') };
    expect(await complaintsOf(set, 'entry.xsd')).to.deep.equal([]);
  });

  it('names file and line of what is wrong in an imported document', async () => {
    const head = '<xs:import namespace="urn:b" schemaLocation="b.xsd"/>';
    const set = {
      'in/a.xsd': schema('urn:a', '', head),
      'in/b.xsd': schema('urn:b', '\n\n<xs:element name="b" type="Unknown"/>'),
    };
    const [complaint] = await complaintsOf(set, 'in/a.xsd');
    expect(complaint).to.include({ file: 'in/b.xsd', line: 6 });
    expect(complaint?.text).to.include('src-resolve').and.include('Unknown');
  });

  it('tells of every mistake in a schema, not of the first alone', async () => {
    const body =
      '<xs:element name="a" type="A"/>\n<xs:element name="b" type="B"/>\n<xs:element name="b" type="xs:int"/>';
    const complaints = await complaintsOf({ 'a.xsd': schema('urn:a', body) }, 'a.xsd');
    expect(new Set(complaints.map((c) => c.line))).to.deep.equal(new Set([4, 5, 6]));
  });

  for (const [what, location] of [
    ['an address on the network', 'http://127.0.0.1:1/b.xsd'],
    ['an address without a scheme', '//127.0.0.1:1/b.xsd'],
    ['a file by its address', 'file:///etc/passwd'],
    ['a file by its path', '/etc/passwd'],
    ['a path above the set', '../../../../../etc/passwd'],
    ['an archive on the disk', 'jar:file:///tmp/a.jar!/b.xsd'],
    ['a resource of the runtime', 'jrt:/java.xml/module-info.class'],
    ['a file that is not in the set', 'b.xsd'],
  ] as const) {
    it(`reads nothing outside the set: ${what}`, async () => {
      const set = { 'a.xsd': schema('urn:a', '', `<xs:import namespace="urn:b" schemaLocation="${location}"/>`) };
      const [complaint] = await complaintsOf(set, 'a.xsd');
      expect(complaint?.file).to.equal('a.xsd');
      expect(complaint?.text).to.match(/^schema_reference.4: Failed to read schema document '(.*)'/);
      expect(complaint?.text).to.include(`'${location.replace(/^(?:\/|[.][.]\/)+(?=etc)/, '')}'`);
    });
  }

  it('says so when the entry itself is not in the set', async () => {
    expect(await complaintsOf({}, 'none.xsd')).to.deep.equal([
      { file: 'none.xsd', text: 'the set has no document none.xsd' },
    ]);
  });

  it('refuses a DOCTYPE in the entry and in what it imports', async () => {
    const declared = NOTE.replace('?>', '?><!DOCTYPE xs:schema [<!ENTITY e SYSTEM "file:///etc/passwd">]>');
    const importing = schema('urn:a', '', '<xs:import namespace="urn:note" schemaLocation="note.xsd"/>');
    for (const entry of ['note.xsd', 'a.xsd']) {
      const [complaint] = await complaintsOf({ 'note.xsd': declared, 'a.xsd': importing }, entry);
      expect(complaint?.text, entry).to.include('DOCTYPE is disallowed');
    }
  });

  it('does not follow what a document says about schemas, and refuses external entities', async () => {
    const hints =
      'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:note http://127.0.0.1:1/x.xsd"';
    const entity = '<!DOCTYPE note [<!ENTITY e SYSTEM "file:///etc/hostname">]><note xmlns="urn:note">&e;</note>';
    const [hinted, refused] = await verdictsOf([`<note xmlns="urn:note" ${hints}>2024-02-29</note>`, entity]);
    expect(hinted).to.equal('valid');
    expect(refused).to.include('DOCTYPE is disallowed');
  });

  it('refuses a bomb of entities at once', async () => {
    const levels = Array.from({ length: 9 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('');
    const bomb = `<!DOCTYPE note [<!ENTITY e0 "0123456789">${levels}]><note xmlns="urn:note">&e9;</note>`;
    expect((await verdictsOf([bomb]))[0]).to.include('DOCTYPE is disallowed');
  });

  it('refuses what is no XML, and nothing at all', async () => {
    for (const verdict of await verdictsOf(['', 'text', '<note xmlns="urn:note">2024-02-29', '<a:b/>'])) {
      expect(verdict).to.not.equal('valid');
    }
  });

  it('places a complaint in the document, with the code of the standard', async () => {
    const held = accepted(await opinion.compile(notes, 'note.xsd'));
    const [invalid] = await held.validate([octets('<note xmlns="urn:note"\n>30.02.2024</note>')]);
    expect(invalid).to.have.nested.property('complaints[0].line', 2);
    expect(invalid)
      .to.have.nested.property('complaints[0].text')
      .that.matches(/^cvc-datatype-valid.1.2.1: '30.02.2024'/);
  });

  it('knows Cyrillic names and namespaces', async () => {
    const set = files({ 'пф.xsd': schema('http://пф.рф/формат/1', '<xs:element name="справка" type="xs:int"/>') });
    const held = accepted(await opinion.compile(set, 'пф.xsd'));
    const documents = ['7', 'семь'].map((v) => octets(`<справка xmlns="http://пф.рф/формат/1">${v}</справка>`));
    const opinions = await held.validate(documents);
    expect(opinions[0]).to.deep.equal({ verdict: 'valid' });
    expect(opinions[1]).to.have.nested.property('complaints[0].text').that.includes('семь');
  });

  it('judges 1,000 documents of three schemas, asked all at once, in one process', async () => {
    const set = files({
      'int.xsd': schema('urn:n', '<xs:element name="n" type="xs:int"/>'),
      'date.xsd': schema('urn:n', '<xs:element name="n" type="xs:date"/>'),
      'bool.xsd': schema('urn:n', '<xs:element name="n" type="xs:boolean"/>'),
    });
    const values = ['5', '2024-02-29', 'true', '1'];
    const documents = Array.from({ length: 1000 }, (_, i) => octets(`<n xmlns="urn:n">${values[i % 4]}</n>`));
    const judged = await Promise.all(
      ['int.xsd', 'date.xsd', 'bool.xsd'].map(async (entry) => {
        const opinions = await accepted(await opinion.compile(set, entry)).validate(documents);
        return opinions.map((o) => (o.verdict === 'valid' ? '+' : '-')).join('');
      }),
    );
    expect(judged).to.deep.equal(['+--+', '-+--', '--++'].map((four) => four.repeat(250)));
  });

  it('tells only the first complaints of a document that has thousands', async () => {
    const body = `<xs:element name="all"><xs:complexType><xs:sequence>
      <xs:element name="n" type="xs:int" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>`;
    const held = accepted(await opinion.compile(files({ 'a.xsd': schema('urn:a', body) }), 'a.xsd'));
    const [invalid] = await held.validate([octets(`<all xmlns="urn:a">${'<n>x</n>'.repeat(5000)}</all>`)]);
    expect(invalid).to.have.property('complaints').with.length(10);
  });

  it('a schema that was released is not asked any more', async () => {
    const held = accepted(await opinion.compile(notes, 'note.xsd'));
    held.release();
    held.release();
    const refused = await held.validate([note('2024-02-29')]).catch((error: Error) => error.message);
    expect(refused).to.equal('the schema was released');
  });
});
