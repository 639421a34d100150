import { expect } from 'chai';
import { isXmlProblem, PROBLEMS, parseXml, type XmlLimits, type XmlProblemCode } from '../../src/xml/index.js';
import { parsed, refused } from './parsed.js';

const numbered = (count: number, make: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join('');
const utf16 = (s: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(s, 'utf16le')]);

/** What the policy of one strict tree refuses, and under which name. */
const REFUSED: readonly (readonly [title: string, document: string | Buffer, problem: XmlProblemCode])[] = [
  ['a DOCTYPE', '<!DOCTYPE a><a/>', 'doctype'],
  ['a DOCTYPE with entities', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'doctype'],
  ['a processing instruction in content', '<a><?php x ?></a>', 'instruction'],
  ['a processing instruction before the root', '<?xml-stylesheet href="a"?><a/>', 'instruction'],
  ['a processing instruction after the root', '<a/><?x?>', 'instruction'],
  ['an XML declaration that is not first', ' <?xml version="1.0"?><a/>', 'declaration'],
  ['a malformed XML declaration', '<?xml encoding="UTF-8"?><a/>', 'declaration'],
  ['depth 101', '<a>'.repeat(101) + '</a>'.repeat(101), 'depth'],
  ['300 attributes', `<a${numbered(300, (i) => ` b${i}=""`)}/>`, 'attributes'],
  ['300 namespace declarations', `<a${numbered(300, (i) => ` xmlns:b${i}="urn:x"`)}/>`, 'attributes'],
  [
    'more than 64 prefixes in scope',
    `${numbered(65, (i) => `<a xmlns:b${i}="urn:x">`)}${'</a>'.repeat(65)}`,
    'namespacesInScope',
  ],
  ['a repeated attribute', '<a b="1" b="2"/>', 'duplicateAttribute'],
  ['a repeated expanded name', '<a xmlns:p="urn:x" xmlns:q="urn:x" p:b="1" q:b="2"/>', 'duplicateAttribute'],
  [
    'a repeated expanded name among many',
    `<a xmlns:p="urn:x" xmlns:q="urn:x"${numbered(20, (i) => ` c${i}=""`)} p:b="1" q:b="2"/>`,
    'duplicateAttribute',
  ],
  ['a repeated declaration', '<a xmlns:p="urn:x" xmlns:p="urn:y"/>', 'duplicateAttribute'],
  ['an unbound element prefix', '<p:a/>', 'prefixUnbound'],
  ['an unbound attribute prefix', '<a p:b=""/>', 'prefixUnbound'],
  ['a prefix used after its element', '<a><b xmlns:p="urn:x"/><p:c/></a>', 'prefixUnbound'],
  ['xml bound to another namespace', '<a xmlns:xml="urn:x"/>', 'prefixReserved'],
  [
    'another prefix bound to the xml namespace',
    '<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>',
    'prefixReserved',
  ],
  ['the xml namespace as default', '<a xmlns="http://www.w3.org/XML/1998/namespace"/>', 'prefixReserved'],
  ['xmlns declared', '<a xmlns:xmlns="urn:x"/>', 'prefixReserved'],
  ['a prefix bound to the xmlns namespace', '<a xmlns:p="http://www.w3.org/2000/xmlns/"/>', 'prefixReserved'],
  ['an element with the prefix xmlns', '<xmlns:a/>', 'prefixReserved'],
  ['a prefix undeclared', '<a xmlns:p="urn:x"><b xmlns:p=""/></a>', 'prefixUndeclared'],
  ['& in a namespace name', '<a xmlns="urn:x&amp;y"/>', 'namespaceName'],
  ['< in a namespace name', '<a xmlns="urn:&lt;"/>', 'namespaceName'],
  ['a quote in a namespace name', `<a xmlns='urn:"'/>`, 'namespaceName'],
  ['a line feed in a namespace name', '<a xmlns="urn:x\ny"/>', 'namespaceName'],
  ['a control character in a namespace name', '<a xmlns="urn:&#x85;"/>', 'namespaceName'],
  [']]> in text', '<a>]]></a>', 'cdataEnd'],
  ['NUL', '<a>\0</a>', 'character'],
  ['NUL in a value', '<a b="\0"/>', 'character'],
  ['U+0001 in a comment', '<a><!--\u0001--></a>', 'character'],
  ['U+FFFF', '<a>\uffff</a>', 'character'],
  ['U+FFFE in a value', '<a b="\ufffe"/>', 'character'],
  ['U+FFFF in a CDATA section', '<a><![CDATA[\uffff]]></a>', 'character'],
  ['&#0;', '<a>&#0;</a>', 'reference'],
  ['a reference beyond Unicode', '<a>&#x110000;</a>', 'reference'],
  ['a reference to a surrogate', '<a>&#xD800;</a>', 'reference'],
  ['a reference without digits', '<a>&#;</a>', 'reference'],
  ['a reference without semicolon', '<a>&amp</a>', 'reference'],
  ['an unknown entity', '<a>&nbsp;</a>', 'reference'],
  ['a lone ampersand in a value', '<a b="&"/>', 'reference'],
  ['two roots', '<a/><b/>', 'trailing'],
  ['text after the root', '<a/>x', 'trailing'],
  ['text before the root', 'x<a/>', 'noRoot'],
  ['nothing', '', 'noRoot'],
  ['white space only', ' \n', 'noRoot'],
  ['< in an attribute value', '<a b="<"/>', 'lessThan'],
  ['a value without quotes', '<a b=c/>', 'attribute'],
  ['an attribute without value', '<a b/>', 'attribute'],
  ['attributes without a blank between', '<a b=""c=""/>', 'tag'],
  ['an end tag of another name', '<a></b>', 'endTag'],
  ['an end tag of a longer name', '<a></ab>', 'endTag'],
  ['an unclosed element', '<a><b></b>', 'unclosed'],
  ['an unclosed tag', '<a b="1"', 'unclosed'],
  ['an unclosed value', '<a b="1', 'unclosed'],
  ['an unclosed comment', '<a><!-- ', 'unclosed'],
  ['an unclosed CDATA section', '<a><![CDATA[]]', 'unclosed'],
  ['-- in a comment', '<a><!-- -- --></a>', 'comment'],
  ['a declaration in content', '<a><!ELEMENT b></a>', 'markup'],
  ['a name with two colons', '<a xmlns:b="urn:x"><b:c:d/></a>', 'name'],
  ['a name beginning with a colon', '<:a/>', 'name'],
  ['a name ending in a colon', '<a:/>', 'name'],
  ['a local name that is no NCName', '<a xmlns:p="urn:x"><p:-1/></a>', 'name'],
  ['a name beginning with a combining mark', '<\u0301a/>', 'name'],
  ['too many names', `<a>${numbered(2100, (i) => `<b${i}/>`)}</a>`, 'names'],
  ['a name of 2,000 bytes', `<${'a'.repeat(2000)}/>`, 'nameBytes'],
  ['a namespace name of 2,000 bytes', `<a xmlns="${'a'.repeat(2000)}"/>`, 'namespaceBytes'],
  ['overlong UTF-8', Buffer.from([60, 97, 62, 0xc0, 0xbc, 60, 47, 97, 62]), 'utf8'],
  ['a surrogate in UTF-8', Buffer.from([60, 97, 62, 0xed, 0xa0, 0x80, 60, 47, 97, 62]), 'utf8'],
  ['UTF-16', utf16('<a/>'), 'encoding'],
  ['UTF-16 without a mark', Buffer.from('<a/>', 'utf16le'), 'encoding'],
  ['a declared UTF-7', '<?xml version="1.0" encoding="UTF-7"?><a/>', 'encoding'],
  ['a declared windows-1251', '<?xml version="1.0" encoding="windows-1251"?><a/>', 'encoding'],
  ['XML 1.1', '<?xml version="1.1"?><a/>', 'version'],
];

describe('refusals of the parser', () => {
  for (const [title, document, problem] of REFUSED) {
    it(`refuses ${title}`, () => {
      const found = refused(document);
      expect(found.problem).to.equal(problem);
      expect(found.text).to.not.match(/\{[dn]\}|undefined/);
      expect(found.text).to.match(/[а-я]/);
      expect(found.textEn).to.not.match(/\{[dn]\}|[а-я]/);
    });
  }

  it('has a test for every problem of parsing', () => {
    const elsewhere = ['bytes', 'nodes', 'attributesInAll', 'namespaces', 'repeatedNamespaceBytes'];
    const tested = new Set([...REFUSED.map(([, , problem]) => problem), ...elsewhere]);
    const missing = Object.keys(PROBLEMS).filter((p) => !p.startsWith('smev') && !tested.has(p));
    expect(missing).to.deep.equal([]);
  });

  it('refuses by the limits of bytes, nodes, attributes, namespaces and repeated namespaces', () => {
    const problem = (xml: string, limits: Partial<XmlLimits>) => {
      const result = parseXml(Buffer.from(xml), limits);
      return isXmlProblem(result) ? result.problem : 'accepted';
    };
    expect(problem('<a></a>', { bytes: 6 })).to.equal('bytes');
    expect(problem('<a></a>', { bytes: 7 })).to.equal('accepted');
    expect(problem('<a><b/></a>', { nodes: 1 })).to.equal('nodes');
    expect(problem('<a>x<!----></a>', { nodes: 2 })).to.equal('nodes');
    expect(problem('<a>x<!----></a>', { nodes: 3 })).to.equal('accepted');
    expect(problem('<a b=""><c d=""/></a>', { attributesInAll: 1 })).to.equal('attributesInAll');
    expect(problem('<a xmlns="u:1" xmlns:b="u:2"/>', { namespaces: 1 })).to.equal('namespaces');
    const long = `<r xmlns:a="${'x'.repeat(500)}">${'<a:b/>'.repeat(10)}</r>`;
    expect(problem(long, { repeatedNamespaceBytes: 4000 })).to.equal('repeatedNamespaceBytes');
    expect(problem(long, {})).to.equal('accepted');
  });

  it('says where the problem stands in the bytes of the sender', () => {
    expect(refused('\ufeff<a>\r\n\r\nё<b></c></a>')).to.include({ line: 3, column: 5, offset: 15 });
    expect(refused(Buffer.from([60, 97, 62, 10, 0xd1, 0x91, 0xff]))).to.include({ line: 2, column: 2, offset: 6 });
    expect(refused('<a>\n &nbsp;</a>')).to.include({ line: 2, column: 2, offset: 5 });
  });
});

describe('acceptance by the parser', () => {
  const accepted: readonly (readonly [string, string])[] = [
    ['a byte-order mark', '\ufeff<a/>'],
    ['a declaration of UTF-8 in any letters', '<?xml version=\'1.0\' encoding="utf-8" standalone="yes" ?>\r\n<a/>'],
    ['DOCTYPE inside a comment or CDATA', '<!--<!DOCTYPE a>--><a><![CDATA[<!DOCTYPE a>]]></a>'],
    [']] and > apart', '<a>]] > ]]&gt; ] ]></a>'],
    ['> in a value', '<a b="]]>"/>'],
    ['xml declared as itself', '<a xmlns:xml="http://www.w3.org/XML/1998/namespace" xml:lang="ru"/>'],
    ['a default namespace undeclared', '<a xmlns="urn:x"><b xmlns=""/></a>'],
    ['the same local name with and without namespace', '<a xmlns:p="urn:x" p:b="1" b="2"/>'],
    ['a Cyrillic namespace', '<п:а xmlns:п="http://пф.рф/АФ/2017-08-21" п:ё=""/>'],
    ['an entity written as a reference', '<a>&#38;lt;&#x10FFFF;</a>'],
    ['characters of all planes', '<a b="\u{1f600}">\u{10ffff}\ud7ff\ue000\ufffd</a>'],
    ['depth 100', '<a>'.repeat(100) + '</a>'.repeat(100)],
    ['256 attributes', `<a${numbered(256, (i) => ` b${i}=""`)}/>`],
  ];
  for (const [title, document] of accepted) {
    it(`accepts ${title}`, () => {
      parsed(document);
    });
  }
});
