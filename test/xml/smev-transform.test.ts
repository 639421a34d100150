import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  canonicalize,
  escapeText,
  isXmlProblem,
  type SmevTransformOptions,
  smevTransform,
  type XmlElement,
  type XmlTree,
} from '../../src/xml/index.js';
import { parsed } from './parsed.js';
import { itWhere, REFERENCE } from './reference.js';
import { smevTextByStrings } from './smev-text.js';

const VECTORS = join(REFERENCE, 'smev', 'transform-vectors');

function transformed(tree: XmlTree, element: XmlElement, options?: SmevTransformOptions): string {
  const octets = smevTransform(tree, element, options);
  if (isXmlProblem(octets)) throw new Error(`${octets.problem}: ${octets.textEn}`);
  return octets.toString();
}

function form(xml: string, options?: SmevTransformOptions): string {
  const tree = parsed(xml);
  return transformed(tree, tree.root, options);
}

describe('the SMEV transform, published vectors', () => {
  // As published they are read directly: CDATA is kept. Our parser refuses instructions, which the transform drops
  // like comments; so they are made comments.
  const read = (name: string) =>
    parsed(readFileSync(join(VECTORS, name), 'utf8').replace(/<\?(?!xml )[^?]*\?>/g, '<!---->'));
  const names = existsSync(VECTORS) ? readdirSync(VECTORS).filter((name) => name.endsWith('.xml')) : [];
  const expectedOf = (name: string) => join(VECTORS, name.replace('.xml', '.expected-woodstox.bin'));

  itWhere(VECTORS, 'gives all 18 outputs byte for byte', () => {
    const withOutput = names.filter((name) => existsSync(expectedOf(name)));
    expect(withOutput).to.have.length(18);
    for (const name of withOutput) {
      const tree = read(name);
      const octets = transformed(tree, tree.root, { keepCdata: true, allowSupplementary: true });
      expect(octets, name).to.equal(readFileSync(expectedOf(name), 'utf8'));
    }
  });

  itWhere(VECTORS, 'refuses the two inputs with elements without namespace', () => {
    const without = names.filter((name) => !existsSync(expectedOf(name)));
    expect(without).to.deep.equal(['nons.xml', 'nons_in_ns.xml']);
    for (const name of without) {
      const tree = read(name);
      expect(smevTransform(tree, tree.root), name).to.include({ problem: 'smevNamespace' });
    }
  });

  itWhere(VECTORS, 'gives the text form of cdata.xml, as after exclusive c14n', () => {
    const tree = read('cdata.xml');
    const again = parsed(canonicalize(tree, tree.root));
    expect(transformed(tree, tree.root)).to.equal(transformed(again, again.root, { keepCdata: true }));
  });

  itWhere(VECTORS, 'refuses emoji unless asked not to', () => {
    const tree = read('emoji.xml');
    expect(smevTransform(tree, tree.root)).to.include({ problem: 'smevCharacter' });
  });
});

describe('the SMEV transform, by its published steps', () => {
  it('2: drops texts of characters up to U+0020 only, keeps blanks around other text', () => {
    expect(form('<a xmlns="u:1"> <b>\n\t&#13;</b> <c> x </c><d>\u00a0</d></a>')).to.equal(
      '<ns1:a xmlns:ns1="u:1"><ns1:b></ns1:b><ns1:c> x </ns1:c><ns1:d>\u00a0</ns1:d></ns1:a>',
    );
  });

  it('3: writes empty elements as a pair of tags', () => {
    expect(form('<p:a xmlns:p="u:1"/>')).to.equal('<ns1:a xmlns:ns1="u:1"></ns1:a>');
  });

  it('4, 5, 6: declares a namespace where it is needed, with one counter for the whole fragment', () => {
    expect(form('<a xmlns="u:1" xmlns:x="u:2"><x:b/><x:c><d/></x:c><e xmlns="u:3"/></a>')).to.equal(
      '<ns1:a xmlns:ns1="u:1"><ns2:b xmlns:ns2="u:2"></ns2:b><ns3:c xmlns:ns3="u:2"><ns1:d></ns1:d></ns3:c>' +
        '<ns4:e xmlns:ns4="u:3"></ns4:e></ns1:a>',
    );
  });

  it('6: counts past 9 and past 99', () => {
    const xml = `<a xmlns="u:0">${Array.from({ length: 120 }, (_, i) => `<b xmlns="u:${i + 1}"/>`).join('')}</a>`;
    const octets = form(xml);
    for (const n of [9, 10, 11, 99, 100, 121])
      expect(octets).to.include(`<ns${n}:b xmlns:ns${n}="u:${n - 1}"></ns${n}:b>`);
  });

  it('7, 8: qualified attributes first by namespace and name, then the others; declarations before them', () => {
    expect(form('<a xmlns="u:5" b="1" Z="2" я="3" xmlns:q="u:2" xmlns:p="u:9" p:a="4" q:z="5" q:B="6"/>')).to.equal(
      '<ns1:a xmlns:ns1="u:5" xmlns:ns2="u:2" xmlns:ns3="u:9" ns2:B="6" ns2:z="5" ns3:a="4" Z="2" b="1" я="3"></ns1:a>',
    );
  });

  it('9: escapes attribute values', () => {
    expect(form('<a xmlns="u:1" x="&amp;&lt;&gt;&quot;\'&#13;&#10;&#9;\t&#x85;\u007f\u0416&#x416;"/>')).to.equal(
      '<ns1:a xmlns:ns1="u:1" x="&amp;&lt;>&quot;\'&#xd;&#xa;&#x9; &#x85;&#x7f;\u0416\u0416"></ns1:a>',
    );
  });

  it('9: escapes > by where it stands', () => {
    const text = (s: string) =>
      form(`<a xmlns="u:1">${s}</a>`).slice('<ns1:a xmlns:ns1="u:1">'.length, -'</ns1:a>'.length);
    expect(text('x&gt;y')).to.equal('x>y');
    expect(text('&gt;x')).to.equal('&gt;x');
    expect(text('x]&gt;')).to.equal('x]&gt;');
    expect(text('&lt;&gt;')).to.equal('&lt;>');
    expect(text('длинный текст &lt;&gt;')).to.equal('длинный текст &lt;&gt;');
    expect(text('длинный текст &amp;&gt;>')).to.equal('длинный текст &amp;&gt;&gt;');
    expect(text(`${'x'.repeat(512)}>>`)).to.equal(`${'x'.repeat(512)}&gt;&gt;`);
    expect(text(`${'x'.repeat(511)}>`)).to.equal(`${'x'.repeat(511)}>`);
  });

  it('9: escapes texts of all lengths as its description says', () => {
    const signs = ['>', ']', '&', '<', '\r', 'x', ' ', 'я', '\u0085', '\u00a0', '\t', '\u2028', '>>', ']]>'];
    let state = 20260122;
    const pick = () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return signs[(state >>> 16) % signs.length] as string;
    };
    for (let round = 0; round < 1500; round++) {
      const value = Array.from({ length: round % 24 === 0 ? 900 : round % 24 }, pick).join('');
      const expected = `<ns1:a xmlns:ns1="u:1">${smevTextByStrings(value)}</ns1:a>`;
      expect(form(`<a xmlns="u:1">${escapeText(value)}</a>`), JSON.stringify(value)).to.equal(expected);
    }
  });

  it('takes text, sections and comments between two tags for one text', () => {
    expect(form('<a xmlns="u:1"> <![CDATA[ ]]> <!-- x --><b/>x<![CDATA[<]]><!---->&gt;</a>')).to.equal(
      '<ns1:a xmlns:ns1="u:1"><ns1:b></ns1:b>x&lt;></ns1:a>',
    );
  });

  it('leaves out the excluded descendant and joins the texts around it', () => {
    const tree = parsed('<a xmlns="u:1">x<S xmlns="u:2"><y/></S> <b/> <S/></a>');
    const exclude = tree.children(tree.root)[0] as number;
    expect(transformed(tree, tree.root, { exclude })).to.equal(
      '<ns1:a xmlns:ns1="u:1">x <ns1:b></ns1:b><ns1:S></ns1:S></ns1:a>',
    );
  });

  it('leaves prefixes inside values as they are', () => {
    expect(form('<a xmlns="u:1" xmlns:t="u:2" xmlns:x="u:3" x:type="t:T"/>')).to.equal(
      '<ns1:a xmlns:ns1="u:1" xmlns:ns2="u:3" ns2:type="t:T"></ns1:a>',
    );
  });
});

describe('what the SMEV transform refuses', () => {
  const problem = (xml: string) => {
    const tree = parsed(xml);
    const result = smevTransform(tree, tree.root);
    return isXmlProblem(result) ? result : undefined;
  };

  it('refuses an element without namespace and says which and where', () => {
    const found = problem('<a xmlns="u:1">\n <b xmlns=""/></a>');
    expect(found).to.include({ problem: 'smevNamespace', line: 2, column: 2, offset: 17 });
    expect(found?.text).to.include(' b ');
  });

  it('refuses attributes with the prefix xml', () => {
    expect(problem('<a xmlns="u:1"><b xml:lang="ru"/></a>')).to.include({ problem: 'smevXmlAttribute' });
  });

  it('refuses characters above U+FFFF, wherever they stand inside the element', () => {
    for (const inner of [
      '\u{1f600}',
      '&#x1F600;',
      '<![CDATA[\u{1f600}]]>',
      '<b c="\u{1f600}"/>',
      '<b c="&#128512;"/>',
      '<\u{20000}/>',
    ]) {
      const found = problem(`<a xmlns="u:1">${inner}</a>`);
      expect(found, inner).to.include({ problem: 'smevCharacter' });
    }
  });

  it('does not mind them outside the element, in comments, or in the excluded part', () => {
    const tree = parsed('<e a="\u{1f600}">\u{1f600}<a xmlns="u:1">x<!-- \u{1f600} --><S>\u{1f600}</S></a></e>');
    const a = tree.children(tree.root)[0] as number;
    const exclude = tree.children(a)[0] as number;
    expect(transformed(tree, a, { exclude })).to.equal('<ns1:a xmlns:ns1="u:1">x</ns1:a>');
  });

  it('leaves nothing behind after a refusal', () => {
    problem('<a xmlns="u:1"><b xmlns=""/></a>');
    expect(form('<a xmlns="u:1"/>')).to.equal('<ns1:a xmlns:ns1="u:1"></ns1:a>');
  });
});
