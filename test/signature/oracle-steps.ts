/** Steps away from a signed document, with every verifier's verdict on each and why they differ. */
import { DIGESTS } from '../../src/signature/index.js';
import { DATA } from './oracle-documents.js';

export interface Verdicts {
  readonly us: boolean;
  readonly xmlsec1?: boolean;
  readonly xmlCrypto: boolean;
}

export interface Step {
  readonly name: string;
  readonly change: (document: string) => string;
  /** Changes the data before they are signed. */
  readonly signed?: (data: string) => string;
  /** By exc-c14n alone; with the SMEV transform in `smev` where it differs. */
  readonly exclusive: Verdicts;
  readonly smev?: Verdicts;
  /** Why verdicts differ, where they do. */
  readonly because?: string;
}

export const all = (verdict: boolean): Verdicts => ({ us: verdict, xmlsec1: verdict, xmlCrypto: verdict });
export const inData = (document: string, text: string) => document.replace('<o:none/>', () => `<o:none/>${text}`);
export const base64Changed = (name: string) => (document: string) =>
  document.replace(new RegExp(`(<ds:${name}>.{8})(.)`), (_, head: string, c: string) => head + (c === 'A' ? 'B' : 'A'));

export const STEPS: readonly Step[] = [
  { name: 'as it was signed', change: (d) => d, exclusive: all(true) },
  { name: 'a text changed', change: (d) => d.replace('>100<', '>101<'), exclusive: all(false) },
  {
    name: 'U+0085 and U+2028 added and signed',
    change: (d) => d,
    signed: (data) => inData(data, '<o:eol>a\u0085b\u2028c</o:eol>'),
    exclusive: { us: true, xmlsec1: true, xmlCrypto: false },
    smev: { us: true, xmlCrypto: false },
    because: "xml-crypto's reader takes them for line ends, as XML 1.1 does; documents here are XML 1.0",
  },
  { name: 'an attribute changed', change: (d) => d.replace('b="2"', 'b="3"'), exclusive: all(false) },
  { name: 'an attribute added', change: (d) => d.replace('b="2"', 'b="2" c="3"'), exclusive: all(false) },
  {
    name: 'attributes in another order, other quotes',
    change: (d) => d.replace('a="1" b="2"', "b='2'  a='1'"),
    exclusive: all(true),
  },
  {
    name: 'an empty element as two tags',
    change: (d) => d.replace('<o:none/>', '<o:none></o:none>'),
    exclusive: all(true),
  },
  { name: 'a text as CDATA', change: (d) => d.replace('>100<', '><![CDATA[100]]><'), exclusive: all(true) },
  { name: 'a character as a reference', change: (d) => d.replace('>100<', '>1&#48;0<'), exclusive: all(true) },
  {
    name: 'an unused namespace declared',
    change: (d) => d.replace('<o:sum ', '<o:sum xmlns:zz="urn:zz" '),
    exclusive: all(true),
  },
  { name: 'a comment in the data', change: (d) => inData(d, '<!-- примечание -->'), exclusive: all(true) },
  {
    name: 'white space between tags',
    change: (d) => inData(d, '\n  '),
    exclusive: all(false),
    smev: { us: true, xmlCrypto: true },
  },
  {
    name: 'another prefix',
    change: (d) => d.replace(/<o:sum a="1" b="2">100<\/o:sum>/, `<w:sum xmlns:w="${DATA}" a="1" b="2">100</w:sum>`),
    exclusive: all(false),
    smev: { us: true, xmlCrypto: true },
  },
  {
    name: 'an element moved',
    change: (d) => d.replace(/(<o:sum .*?<\/o:sum>)(<o:none\/>)/, '$2$1'),
    exclusive: all(false),
  },
  { name: 'DigestValue changed', change: base64Changed('DigestValue'), exclusive: all(false) },
  { name: 'SignatureValue changed', change: base64Changed('SignatureValue'), exclusive: all(false) },
  {
    name: 'white space in SignedInfo',
    change: (d) => d.replace('<ds:Reference ', '\n<ds:Reference '),
    exclusive: all(false),
  },
  {
    name: 'a comment in SignedInfo',
    change: (d) => d.replace('<ds:Reference ', '<!--x--><ds:Reference '),
    exclusive: all(true),
  },
  {
    name: 'the digest of another algorithm',
    change: (d) => d.replace(DIGESTS.sha256, DIGESTS.sha512),
    exclusive: all(false),
  },
  { name: 'the Id changed', change: (d) => d.replace('Id="S"', 'Id="T"'), exclusive: all(false) },
  {
    name: 'the reference changed',
    change: (d) => d.replace('URI="#S"', 'URI="#T"').replace('Id="S"', 'Id="T"'),
    exclusive: all(false),
  },
  {
    name: 'a processing instruction in the data',
    change: (d) => inData(d, '<?evil forged?>'),
    exclusive: all(false),
    smev: { us: false, xmlCrypto: false },
  },
  {
    name: 'a text turned into a processing instruction',
    change: (d) => d.replace('>100<', '><?evil 100?><'),
    exclusive: { us: false, xmlsec1: false, xmlCrypto: true },
    smev: { us: false, xmlCrypto: true },
    because:
      'xml-crypto canonicalises an instruction as the text in it, so a signed value can be taken out of sight; we refuse all instructions',
  },
  {
    name: 'the signed element wrapped, another in its place',
    change: (d) =>
      d.replace(/<o:data [\s\S]*<\/o:data>/, (data) => `<o:data xmlns:o="${DATA}" Id="EVIL"/><wrap>${data}</wrap>`),
    exclusive: { us: false, xmlsec1: true, xmlCrypto: true },
    smev: { us: false, xmlCrypto: true },
    because:
      'both verify the reference wherever it stands; that the signed element is the one at its place is our rule alone',
  },
  {
    name: 'the Id on a second element',
    change: (d) => d.replace('<part>', '<part Id="S">'),
    exclusive: { us: false, xmlsec1: true, xmlCrypto: false },
    smev: { us: false, xmlCrypto: false },
    because: 'xmlsec1 knows as identifiers only the attributes it was told of',
  },
  {
    name: 'a DOCTYPE',
    change: (d) => `<!DOCTYPE e>${d}`,
    exclusive: { us: false, xmlsec1: true, xmlCrypto: true },
    smev: { us: false, xmlCrypto: true },
    because: 'we refuse every DOCTYPE',
  },
  {
    name: 'a comment in DigestValue',
    change: (d) => d.replace('<ds:DigestValue>', '<ds:DigestValue><!--x-->'),
    exclusive: { us: false, xmlsec1: true, xmlCrypto: true },
    smev: { us: false, xmlCrypto: true },
    because:
      'both read the text around the comment (CVE-2025-29775 was reading the comment itself); we refuse what is not plain text there',
  },
  {
    name: 'an Object in the signature',
    change: (d) => d.replace('</ds:Signature>', '<ds:Object>x</ds:Object></ds:Signature>'),
    exclusive: { us: false, xmlsec1: true, xmlCrypto: true },
    smev: { us: false, xmlCrypto: true },
    because: 'ds:Object has no place in the profile, signed or not',
  },
];
