import { expect } from 'chai';
import { DEFAULT_LIMITS, escapeAttribute, escapeText, parseXml, type XmlTree } from '../../src/xml/index.js';
import { parsed } from './parsed.js';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const ENVELOPE =
  '\ufeff<?xml version="1.0"?>\r\n' +
  `<s:Envelope xmlns:s="${SOAP}" xmlns="urn:д">\r\n` +
  '  <s:Body Id="one" wsu:Id="two" xmlns:wsu="urn:wsu">\r\n' +
  '    <данные ID="one" x="&lt;&#10;\t"/><item xmlns="">1<!-- c -->2<![CDATA[&3]]>&amp;</item>\r\n' +
  '    <item xmlns=""> \t</item><item xmlns=""/><t:item xmlns:t="urn:t" id="one"/>\r\n' +
  '  </s:Body>\r\n' +
  '</s:Envelope>';

function body(tree: XmlTree): number {
  return tree.child(tree.root, SOAP, 'Body') as number;
}

describe('the tree', () => {
  const tree = parsed(ENVELOPE);
  const bytes = Buffer.from(ENVELOPE);
  const [data, first, second, third, foreign] = tree.children(body(tree)) as [number, number, number, number, number];

  it('names elements', () => {
    expect(tree.qualifiedNameOf(tree.root)).to.equal('s:Envelope');
    expect(tree.localNameOf(tree.root)).to.equal('Envelope');
    expect(tree.namespaceOf(tree.root)).to.equal(SOAP);
    expect([tree.qualifiedNameOf(data), tree.namespaceOf(data)]).to.deep.equal(['данные', 'urn:д']);
    expect([tree.namespaceOf(first), tree.namespaceOf(foreign)]).to.deep.equal(['', 'urn:t']);
  });

  it('finds children and parents', () => {
    expect(tree.children(tree.root)).to.deep.equal([body(tree)]);
    expect(tree.children(data)).to.deep.equal([]);
    expect(tree.child(body(tree), 'urn:д', 'данные')).to.equal(data);
    expect(tree.child(body(tree), '', 'item')).to.equal(first);
    expect(tree.child(body(tree), 'urn:t', 'item')).to.equal(foreign);
    expect(tree.child(body(tree), 'urn:t', 'items')).to.equal(undefined);
    expect(tree.child(body(tree), 'urn:none', 'item')).to.equal(undefined);
    expect(tree.parentOf(third)).to.equal(body(tree));
    expect(tree.parentOf(tree.root)).to.equal(undefined);
  });

  it('reads the whole text of a leaf, whatever it is made of', () => {
    expect(tree.textOf(first)).to.equal('12&3&');
    expect(tree.textOf(third)).to.equal('');
    expect(tree.textOf(body(tree))).to.equal(undefined);
    const mixed = parsed('<a>x<b/></a>');
    expect(mixed.textOf(mixed.root)).to.equal(undefined);
  });

  it('sees comments and text that stand directly in an element', () => {
    expect([tree.hasComments(first), tree.hasComments(body(tree))]).to.deep.equal([true, false]);
    expect([tree.hasText(first), tree.hasText(second), tree.hasText(body(tree))]).to.deep.equal([true, false, false]);
    const later = parsed('<a><b>x</b>&#13;<c/>y</a>');
    expect(later.hasText(later.root)).to.equal(true);
  });

  it('reads attributes, normalised, without declarations', () => {
    expect(tree.attribute(data, 'x')).to.equal('<\n ');
    expect(tree.attribute(body(tree), 'Id')).to.equal('one');
    expect(tree.attribute(body(tree), 'Id', 'urn:wsu')).to.equal('two');
    expect(tree.attribute(body(tree), 'id')).to.equal(undefined);
    expect(tree.attributes(body(tree))).to.deep.equal([
      { namespace: '', local: 'Id', value: 'one' },
      { namespace: 'urn:wsu', local: 'Id', value: 'two' },
    ]);
  });

  it('finds every attribute that some reader could take for an identifier', () => {
    expect(tree.idOccurrences('one')).to.deep.equal([
      { element: body(tree), attribute: 'Id' },
      { element: data, attribute: 'ID' },
      { element: foreign, attribute: 'id' },
    ]);
    expect(tree.idOccurrences('two')).to.deep.equal([{ element: body(tree), attribute: 'wsu:Id' }]);
    const xml = parsed('<a xml:id="o&#x6e;e"/>');
    expect(xml.idOccurrences('one')).to.deep.equal([{ element: xml.root, attribute: 'xml:id' }]);
  });

  it('tells places in the bytes of the sender, CRLF and byte-order mark counted', () => {
    for (const element of [tree.root, body(tree), data, first, second, third, foreign]) {
      const text = bytes.subarray(tree.startOf(element), tree.endOf(element)).toString();
      const name = tree.qualifiedNameOf(element);
      expect(text.startsWith(`<${name}`)).to.equal(true);
      expect(
        text.endsWith(element === third || element === data || element === foreign ? '/>' : `</${name}>`),
      ).to.equal(true);
      const lines = bytes.subarray(3, tree.startOf(element)).toString().split('\r\n');
      const column = [...(lines.at(-1) as string)].length + 1;
      expect(tree.positionOf(element)).to.deep.equal({ line: lines.length, column });
    }
  });

  it('tells places far inside a document with CRLF', () => {
    const long = `<a>${'<b>строка</b>\r\n'.repeat(3000)}<c/></a>`;
    const far = parsed(long);
    const c = far.children(far.root).at(-1) as number;
    expect(far.positionOf(c)).to.deep.equal({ line: 3001, column: 1 });
    expect(Buffer.from(long).subarray(far.startOf(c), far.endOf(c)).toString()).to.equal('<c/>');
    const b = far.children(far.root)[1500] as number;
    expect(far.positionOf(b)).to.deep.equal({ line: 1501, column: 1 });
  });

  it('writes XPath with the names of the document, numbered where siblings repeat', () => {
    expect(tree.pathOf(tree.root)).to.equal('/s:Envelope');
    expect(tree.pathOf(data)).to.equal('/s:Envelope/s:Body/данные');
    expect(tree.pathOf(second)).to.equal('/s:Envelope/s:Body/item[2]');
    expect(tree.pathOf(foreign)).to.equal('/s:Envelope/s:Body/t:item');
  });

  it('does not change when the bytes it was made of do, or when other documents are parsed', () => {
    const source = Buffer.from('<a b="1"><c>text</c></a>');
    const kept = parsed(source);
    source.fill(0);
    for (let i = 0; i < 50; i++) parseXml(Buffer.from(`<x${i} y${i}="z" xmlns:w${i}="urn:${i}"><w${i}:v/></x${i}>`));
    parseXml(Buffer.from('<broken xmlns:q="urn:q"><q:b'));
    expect(kept.textOf(kept.children(kept.root)[0] as number)).to.equal('text');
    expect(kept.attributes(kept.root)).to.deep.equal([{ namespace: '', local: 'b', value: '1' }]);
  });

  it('does not know the prefixes of a document parsed before', () => {
    parsed('<p:a xmlns:p="urn:p"/>');
    expect(parseXml(Buffer.from('<p:a/>'))).to.include({ problem: 'prefixUnbound' });
  });

  it('escapes what it writes so that it reads back the same', () => {
    const hostile = '<&>"\'\t\n\r]]>я\u0085';
    const back = parsed(`<a b="${escapeAttribute(hostile)}">${escapeText(hostile)}</a>`);
    expect(back.attribute(back.root, 'b')).to.equal(hostile);
    expect(back.textOf(back.root)).to.equal(hostile);
  });

  it('has limits that cannot be changed in place', () => {
    expect(Object.isFrozen(DEFAULT_LIMITS)).to.equal(true);
  });
});
