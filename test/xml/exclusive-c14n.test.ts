import { expect } from 'chai';
import { canonicalize, canonicalizeWithSpans } from '../../src/xml/index.js';
import { parsed } from './parsed.js';

/** Canonical form of the whole document. */
function form(xml: string, inclusivePrefixes: string[] = []): string {
  const tree = parsed(xml);
  return canonicalize(tree, tree.root, { inclusivePrefixes }).toString();
}

/** Expected forms are computed by hand from Canonical XML 1.0 §2.3 and Exclusive XML Canonicalization 1.0 §3. */
describe('exclusive c14n, by hand', () => {
  it('writes empty elements as a pair of tags and white space in tags as one blank', () => {
    expect(form('<a ><b  x = "1"\n y=\'2\'/></a\n>')).to.equal('<a><b x="1" y="2"></b></a>');
  });

  it('drops the declaration, comments, and white space outside the root', () => {
    expect(form('<?xml version="1.0"?>\n<!-- c --> <a>1<!-- c -->2</a> <!-- c -->\n')).to.equal('<a>12</a>');
  });

  it('renders a namespace where it is first used, not where it is declared', () => {
    expect(form('<a xmlns:p="urn:p" xmlns:q="urn:q"><p:b/><p:c/></a>')).to.equal(
      '<a><p:b xmlns:p="urn:p"></p:b><p:c xmlns:p="urn:p"></p:c></a>',
    );
  });

  it('does not repeat a namespace that an output ancestor rendered, and renders a prefix bound anew', () => {
    expect(form('<p:a xmlns:p="urn:1"><p:b xmlns:p="urn:2"><p:c xmlns:p="urn:2"/></p:b><p:d/></p:a>')).to.equal(
      '<p:a xmlns:p="urn:1"><p:b xmlns:p="urn:2"><p:c></p:c></p:b><p:d></p:d></p:a>',
    );
  });

  it('renders xmlns="" only where an output ancestor rendered another default namespace', () => {
    expect(form('<a xmlns="urn:1"><b xmlns=""><c xmlns=""/></b></a>')).to.equal(
      '<a xmlns="urn:1"><b xmlns=""><c></c></b></a>',
    );
    expect(form('<a xmlns=""><b xmlns=""/></a>')).to.equal('<a><b></b></a>');
  });

  it('sorts declarations by prefix, attributes by namespace URI and local name, unqualified ones first', () => {
    expect(form('<a xmlns:b="urn:1" xmlns:a="urn:2" a:x="1" b:y="2" z="3" b:x="4" a="5"/>')).to.equal(
      '<a xmlns:a="urn:2" xmlns:b="urn:1" a="5" z="3" b:x="4" b:y="2" a:x="1"></a>',
    );
  });

  it('sorts names by code point, not by UTF-16 unit', () => {
    expect(form('<a \u{10000}="1" \uf900="2"/>')).to.equal('<a \uf900="2" \u{10000}="1"></a>');
  });

  it('escapes text: &, <, > and CR; replaces other references and CDATA by characters', () => {
    expect(form('<a>&amp;&lt;&gt;&quot;&apos;&#13;&#x9;&#10;&#x416;<![CDATA[<&>]]]]>&gt;</a>')).to.equal(
      '<a>&amp;&lt;&gt;"\'&#xD;\t\n\u0416&lt;&amp;&gt;]]&gt;</a>',
    );
  });

  it('escapes attribute values: &, <, ", TAB, LF, CR; leaves > alone', () => {
    expect(form('<a x=\'&amp;&lt;>"&#9;&#10;&#13;\' y="\t\n\r\n"/>')).to.equal(
      '<a x="&amp;&lt;>&quot;&#x9;&#xA;&#xD;" y="   "></a>',
    );
  });

  it('normalises line ends before anything else', () => {
    expect(form('<a>1\r\n2\r3\n</a>')).to.equal('<a>1\n2\n3\n</a>');
  });

  it('keeps xml: attributes of the elements themselves and never declares xml', () => {
    const tree = parsed('<a xml:lang="ru" xml:space="preserve"><b xml:lang="en"/></a>');
    expect(canonicalize(tree, tree.root).toString()).to.equal(
      '<a xml:lang="ru" xml:space="preserve"><b xml:lang="en"></b></a>',
    );
    expect(canonicalize(tree, tree.children(tree.root)[0] as number).toString()).to.equal('<b xml:lang="en"></b>');
  });

  it('canonicalises a subtree the same in two different surroundings', () => {
    const inner = '<n1:b xmlns:n1="urn:n1"><n3:c xmlns:n3="urn:n3"/></n1:b>';
    const one = parsed(`<n0:a xmlns:n0="urn:n0" xmlns:n3="urn:other">${inner}</n0:a>`);
    const two = parsed(`<n2:a xmlns:n2="urn:n2" xmlns="urn:d" xml:lang="ru">${inner}</n2:a>`);
    const expected = '<n1:b xmlns:n1="urn:n1"><n3:c xmlns:n3="urn:n3"></n3:c></n1:b>';
    for (const tree of [one, two]) {
      expect(canonicalize(tree, tree.children(tree.root)[0] as number).toString()).to.equal(expected);
    }
  });

  it('treats the prefixes of a PrefixList as inclusive c14n would', () => {
    const tree = parsed('<a xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q"><b><q:c xmlns:p="urn:p2"/></b></a>');
    const b = tree.children(tree.root)[0] as number;
    expect(canonicalize(tree, b, { inclusivePrefixes: ['p'] }).toString()).to.equal(
      '<b xmlns="urn:d" xmlns:p="urn:p"><q:c xmlns:p="urn:p2" xmlns:q="urn:q"></q:c></b>',
    );
    const c = tree.children(b)[0] as number;
    expect(canonicalize(tree, c, { inclusivePrefixes: ['#default'] }).toString()).to.equal(
      '<q:c xmlns="urn:d" xmlns:q="urn:q"></q:c>',
    );
  });

  it('works with Cyrillic names, prefixes and namespaces', () => {
    expect(form('<п:а xmlns:п="http://пф.рф/АФ" п:б="в"/>')).to.equal('<п:а xmlns:п="http://пф.рф/АФ" п:б="в"></п:а>');
  });

  it('leaves out the excluded descendant', () => {
    const tree = parsed('<a>1<s:Signature xmlns:s="urn:s"><x/></s:Signature>2</a>');
    const exclude = tree.children(tree.root)[0] as number;
    expect(canonicalize(tree, tree.root, { exclude }).toString()).to.equal('<a>12</a>');
  });

  it('says where descendants stand in the octets', () => {
    const tree = parsed('<p:a xmlns:p="urn:п"><p:b ><p:c>я</p:c></p:b><p:b/></p:a>');
    const [b, b2] = tree.children(tree.root) as [number, number];
    const c = tree.children(b)[0] as number;
    const { octets, spans } = canonicalizeWithSpans(tree, tree.root, [b2, c, b, tree.root]);
    const texts = spans.map((s) => [s.element, octets.subarray(s.start, s.end).toString()]);
    expect(texts).to.deep.equal([
      [tree.root, '<p:a xmlns:p="urn:п"><p:b><p:c>я</p:c></p:b><p:b></p:b></p:a>'],
      [b, '<p:b><p:c>я</p:c></p:b>'],
      [c, '<p:c>я</p:c>'],
      [b2, '<p:b></p:b>'],
    ]);
    expect(octets.equals(canonicalize(tree, tree.root))).to.equal(true);
  });

  it('gives octets that later calls do not touch', () => {
    const tree = parsed('<a>1</a>');
    const octets = canonicalize(tree, tree.root);
    const other = parsed('<b>22222</b>');
    canonicalize(other, other.root);
    expect(octets.toString()).to.equal('<a>1</a>');
    expect(canonicalize(tree, tree.root).toString()).to.equal('<a>1</a>');
  });
});
