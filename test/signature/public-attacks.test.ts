import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { expect } from 'chai';
import { isFault } from '../../src/faults/index.js';
import { DIGESTS, verifySignature } from '../../src/signature/index.js';
import { cryptoProviders } from '../../src/start/crypto-providers.js';
import { isXmlProblem, parseXml } from '../../src/xml/index.js';
import { parsed } from '../xml/parsed.js';
import { filesBelow, itWhere, REFERENCE } from '../xml/reference.js';
import { readLoosely } from './loose-read.js';
import { type Expectation, RUBY_SAML, XML_CRYPTO } from './public-expectations.js';
import { judgeFile, OLD_PROFILE, oldProvider, PUBLIC_PROFILE } from './public-files.js';
import { samlLike } from './saml-like.js';

const VECTORS = join(REFERENCE, 'vectors');
const { provider } = cryptoProviders();
const old = oldProvider();

const read = (folder: string, file: string): Buffer => {
  const bytes = readFileSync(join(VECTORS, folder, file));
  return file.endsWith('base64') ? Buffer.from(bytes.toString('latin1'), 'base64') : bytes;
};
const signedFiles = (folder: string): string[] =>
  filesBelow(join(VECTORS, folder))
    .map((path) => relative(join(VECTORS, folder), path))
    .filter((file) => /\.(xml|base64)$/.test(file) && read(folder, file).includes('SignatureValue'));

function itJudges(folder: string, expectations: readonly Expectation[]): void {
  itWhere(
    join(VECTORS, folder),
    `${folder}: every file as listed, ${expectations.flatMap((e) => e.files).length} files`,
    () => {
      expect(expectations.flatMap((e) => e.files).sort()).to.deep.equal(signedFiles(folder).sort());
      for (const { today, old: before, files } of expectations) {
        for (const file of files) {
          const bytes = read(folder, file);
          expect(judgeFile(bytes, PUBLIC_PROFILE, provider), `${file} today`).to.deep.equal(today);
          expect(judgeFile(bytes, OLD_PROFILE, old), `${file} with SHA-1`).to.deep.equal(before);
        }
      }
    },
  );
}

/** Files of xmlsec1 whose value verifies with the key they name. */
const XMLSEC_VERIFIES = `
  enveloped-gost2012-256 enveloped-gost2012-512 enveloped-sha256-ecdsa-sha256 enveloped-sha256-rsa-pss-sha256
  enveloped-x509-missing-cert enveloped-x509-same-subj-cert enveloping-rsa-pss-sha256
  enveloping-sha256-ec-prime256v1-der-encoded-key-value enveloping-sha256-ecdsa-sha256 enveloping-sha256-rsa-sha256
  enveloping-sha256-rsa2048-der-encoded-key-value enveloping-sha256-rsa2048-retrieval-method-rsa-key-value
  enveloping-sha256-rsa2048-retrieval-method-x509-data enveloping-sha256-rsa4096-der-encoded-key-value
  enveloping-sha384-ec-prime384v1-der-encoded-key-value enveloping-sha384-rsa-sha384 enveloping-sha512-rsa-sha512
  signature-enveloping-derencoded-ec signature-enveloping-p256_sha256 signature-enveloping-p384_sha384`
  .trim()
  .split(/\s+/);

/** The digest of each is right; what refuses the value. */
const XMLSEC_REFUSED: Readonly<Record<string, string>> = {
  'enveloped-sha256-ecdsa-sha256-with-asn1': 'r and s in DER',
  'enveloping-sha256-ecdsa-sha256_padded': 'r and s padded beyond the size of the curve',
  'enveloped-sha384-ecdsa-sha384': 'P-521',
  'enveloping-sha384-ecdsa-sha384': 'P-521',
  'signature-enveloping-p256_sha384': "a hash that is not the curve's",
  'signature-enveloping-p384_sha256': "a hash that is not the curve's",
  'signature-enveloping-derencoded-rsa': 'RSA-1024',
  'signature-enveloping-keyinforeference-rsa': 'RSA-1024',
  'signature-enveloping-sha256-rsa-sha256': 'RSA-1024',
  'signature-enveloping-sha384-rsa_sha256': 'RSA-1024',
  'signature-enveloping-sha512-rsa_sha256': 'RSA-1024',
};

describe('public attack files', () => {
  itJudges('xml-crypto-static', XML_CRYPTO);
  itJudges('ruby-saml-attacks', RUBY_SAML);

  itWhere(VECTORS, 'wrapping: what is proven is never the assertion a naive reader takes first', () => {
    const wrapped = judgeFile(read('ruby-saml-attacks', 'response_assertion_wrapped.xml.base64'), OLD_PROFILE, old);
    expect(wrapped.proven).to.deep.equal(['/Response/Assertion[2]']);
    for (const file of [
      'invalids/signature_wrapping_attack.xml.base64',
      'invalids/response_with_concealed_signed_assertion.xml',
      'invalids/response_with_doubled_signed_assertion.xml',
      'invalids/encrypted_new_attack.xml.base64',
      'response_wrapped.xml.base64',
    ]) {
      expect(judgeFile(read('ruby-saml-attacks', file), OLD_PROFILE, old).proven, file).to.deep.equal([]);
    }
  });

  itWhere(VECTORS, 'comments inside a value are no boundary: its text is read whole', () => {
    const tree = parsed(read('ruby-saml-attacks', 'response_node_text_attack2.xml.base64'));
    const all = (e: number): number[] => [e, ...tree.children(e).flatMap(all)];
    const commented = all(tree.root).filter((e) => tree.hasComments(e) && tree.children(e).length === 0);
    expect(commented.length).to.be.greaterThan(0);
    for (const e of commented) expect(Buffer.from(tree.textOf(e)!).includes('<!--')).to.equal(false);
    const [name] = commented.filter((e) => tree.localNameOf(e) === 'NameID');
    expect(tree.textOf(name!)).to.match(/^\S+@\S+$/);
  });

  itWhere(VECTORS, 'DOCTYPE: refused before anything else, with or without entities', () => {
    for (const [folder, file] of [
      ['ruby-saml-attacks', 'attackxee.xml'],
      ['xmlsec1-tests', 'merlin-xmldsig-twenty-three/signature.xml'],
      ['xmlsec1-tests', 'aleksey-xmldsig-01/xpointer-hmac.xml'],
      ['santuario', 'interop/c14n/Y2/signature-joseph-exc.xml'],
    ] as const) {
      expect(judgeFile(read(folder, file), OLD_PROFILE, old), file).to.deep.equal({
        proven: [],
        refused: ['xml: doctype'],
      });
    }
  });

  itWhere(VECTORS, 'HMAC: refused by name of the algorithm, a public key as its secret or not', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const bytes = read('xml-crypto-static', 'hmac_signature.xml');
    expect(judgeFile(bytes, OLD_PROFILE, old, publicKey).refused).to.deep.equal(['signature algorithm']);
    for (const file of signedFiles('xmlsec1-tests').filter((f) => /hmac/.test(f))) {
      expect(judgeFile(read('xmlsec1-tests', file), OLD_PROFILE, old, publicKey).proven, file).to.deep.equal([]);
    }
  });

  for (const folder of ['xmlsec1-tests', 'santuario']) {
    itWhere(
      join(VECTORS, folder),
      `${folder}: enveloping, XPath, XSLT, Manifest, outside URIs, several references prove nothing`,
      () => {
        const reasons = new Map<string, number>();
        for (const file of signedFiles(folder)) {
          const { proven, refused } = judgeFile(read(folder, file), PUBLIC_PROFILE, provider);
          expect(proven, file).to.deep.equal([]);
          for (const reason of refused) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        }
        const known = [
          'enveloping',
          'transforms',
          'canonicalization',
          'several references',
          'ds:Object',
          'xml: doctype',
          'no Id',
          'key: none',
          'digest algorithm',
          'signature method parameters',
        ];
        expect(known).to.include.members([...reasons.keys()]);
      },
    );
  }

  itWhere(
    join(VECTORS, 'xmlsec1-tests'),
    "xmlsec1's own files: every digest right, every value with the right key, GOST 2012 too",
    () => {
      const verified: string[] = [];
      const refused: string[] = [];
      for (const file of signedFiles('xmlsec1-tests')) {
        const bytes = read('xmlsec1-tests', file);
        const tree = parseXml(bytes);
        const loose = isXmlProblem(tree) ? undefined : readLoosely(tree);
        if (isXmlProblem(tree) || loose === undefined) continue;
        const { signature, target } = loose;
        const { signatureMethods, digestMethods } = PUBLIC_PROFILE;
        if (!signatureMethods.includes(signature.signatureMethod) || !digestMethods.includes(signature.digestMethod))
          continue;
        const key = keyNamedIn(bytes) ?? loose.key;
        if (key === undefined) continue;
        const proof = verifySignature(tree, target, signature, key, provider);
        const name = basename(file, '.xml');
        if (!isFault(proof)) verified.push(name);
        else {
          expect(proof.description, name).to.include('хэш верен');
          refused.push(name);
        }
      }
      expect(verified.sort()).to.deep.equal([...XMLSEC_VERIFIES].sort());
      expect(refused.sort()).to.deep.equal(Object.keys(XMLSEC_REFUSED).sort());
    },
  );

  /** From the suite's folder of keys. */
  function keyNamedIn(bytes: Buffer) {
    const name = /<(?:\w+:)?KeyName>\s*TestKeyName-([^<\s]*)/.exec(bytes.toString())?.[1];
    const file = ['ec', 'rsa', 'gost']
      .map((kind) => join(VECTORS, 'xmlsec1-tests', 'keys', kind, `${name}-pubkey.pem`))
      .find((path) => existsSync(path));
    if (file === undefined) return undefined;
    return provider.importPublicKey(
      Buffer.from(readFileSync(file, 'utf8').replace(/-----[^-]+-----|\s/g, ''), 'base64'),
    );
  }
});

describe('attacks on generated SAML-like documents', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const judge = (xml: string) => judgeFile(Buffer.from(xml), PUBLIC_PROFILE, provider, publicKey);
  const good = samlLike(privateKey);
  const refuses = (xml: string, ...reasons: string[]) =>
    expect(judge(xml)).to.deep.equal({ proven: [], refused: reasons });

  it('accepts the good one, signed on the assertion, and an element beside it does not matter', () => {
    expect(judge(good.document)).to.deep.equal({ proven: ['/Response/Assertion'], refused: [] });
    expect(judge(good.document.replace('<samlp:Status>', '<samlp:Status x="1">')).proven).to.have.length(1);
  });

  it('refuses a changed value, by the digest; a changed SignedInfo and another key, by the value', () => {
    refuses(good.document.replace('ivan', 'petr'), 'digest');
    refuses(good.document.replace('<ds:SignatureMethod', '<ds:SignatureMethod a="1"'), 'value');
    expect(
      judgeFile(Buffer.from(samlLike(other.privateKey).document), PUBLIC_PROFILE, provider, publicKey).refused,
    ).to.deep.equal(['value']);
  });

  it('refuses signature wrapping: repeated Id, the signed one elsewhere, concealed in the signature, doubled SignedInfo', () => {
    const evil = good.assertion.replace('ivan', 'admin');
    const unsigned = evil.replace(good.signature, '');
    const original = good.assertion.replace(good.signature, '');
    const place = (assertions: string) => good.document.replace(good.assertion, () => assertions);
    refuses(place(unsigned + good.assertion), 'Id twice');
    refuses(place(`<wrap>${original}</wrap>${evil}`), 'Id twice');
    refuses(place(`<wrap>${original}</wrap>${evil.replace('ID="A1"', 'ID="A2"')}`), 'reference elsewhere');
    refuses(place(evil.replace('</ds:Signature>', `<ds:Object>${original}</ds:Object></ds:Signature>`)), 'ds:Object');
    refuses(place(evil.replace('<ds:SignatureValue>', '<ds:SignedInfo/><ds:SignatureValue>')), 'several SignedInfo');
    expect(
      judge(place(unsigned.replace('ID="A1"', 'ID="A0"') + good.assertion)).proven,
      'the first one is not proven',
    ).to.deep.equal(['/Response/Assertion[2]']);
  });

  it('refuses comments in DigestValue and SignatureValue; reads text around a comment whole', () => {
    refuses(good.document.replace('<ds:DigestValue>', '<ds:DigestValue><!--x-->'), 'digest is no base64');
    refuses(good.document.replace('<ds:SignatureValue>', '<ds:SignatureValue><!--x-->'), 'value is no base64');
    const commented = good.document.replace('ivan@example', 'ivan<!---->@example');
    expect(judge(commented).proven).to.have.length(1);
    const tree = parsed(commented);
    const find = (e: number): number[] => (tree.localNameOf(e) === 'NameID' ? [e] : tree.children(e).flatMap(find));
    expect(tree.textOf(find(tree.root)[0]!)).to.equal('ivan@example');
  });

  it('refuses DOCTYPE, XSLT, XPath, several references, outside URIs, HMAC and SHA-1', () => {
    refuses(`<!DOCTYPE r [<!ENTITY a "ivan">]>${good.document}`, 'xml: doctype');
    const made = (change: Parameters<typeof samlLike>[1]) => samlLike(privateKey, change).document;
    refuses(
      made({ transforms: '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/>' }),
      'transforms',
    );
    refuses(
      made({ transforms: '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"/>' }),
      'transforms',
    );
    refuses(made({ info: (i) => i.replace(/<ds:Reference.*<\/ds:Reference>/s, (r) => r + r) }), 'several references');
    refuses(made({ info: (i) => i.replace('URI="#A1"', 'URI="file:///etc/passwd"') }), 'reference elsewhere');
    refuses(made({ info: (i) => i.replace(/rsa-sha256/, 'hmac-sha256') }), 'signature algorithm');
    refuses(
      made({ info: (i) => i.replace(DIGESTS.sha256, 'http://www.w3.org/2000/09/xmldsig#sha1') }),
      'digest algorithm',
    );
  });

  it('admits a PrefixList where the profile does, and only there', () => {
    const list = '<ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="xs"/>';
    const { document } = samlLike(privateKey, { prefixList: list });
    expect(judge(document).proven).to.have.length(1);
    const strict = { ...PUBLIC_PROFILE, inclusivePrefixes: false };
    expect(judgeFile(Buffer.from(document), strict, provider, publicKey).refused).to.deep.equal(['transforms']);
  });

  it('reads keys only where it is told to: without a registered key there is none', () => {
    expect(judgeFile(Buffer.from(good.document), PUBLIC_PROFILE, provider).refused).to.deep.equal(['key: none']);
  });
});
