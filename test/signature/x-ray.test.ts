import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { issueIdentity } from '../../certs-dev/generate.js';
import { projectRoot } from '../../src/config/index.js';
import { createCryptoProvider } from '../../src/drivers/crypto-openssl/index.js';
import {
  DIGESTS,
  DSIG,
  EXC_C14N,
  MISTAKE_CODES,
  type MistakeCode,
  SIGNATURES,
  SMEV_TRANSFORM,
  signElement,
  signerFromPem,
  variantTransform,
  type XRay,
  type XRayQuestion,
  xRay,
} from '../../src/signature/index.js';
import { canonicalize, isXmlProblem, smevTransform, type XmlTree } from '../../src/xml/index.js';
import { generatedDocument } from '../xml/generated-document.js';
import { parsed } from '../xml/parsed.js';

const provider = createCryptoProvider();
const AT = Date.parse('2026-02-03T10:00:00Z');
const ELEMENT =
  '<b:data xmlns:b="urn:b" xmlns:unused="urn:unused" Id="S" z="1" b:y="2"> <b:text> края </b:text>' +
  '<c:note xmlns:c="urn:c">a&gt;b &amp; c&#13;&amp; &lt;</c:note><b:none></b:none><b:raw><![CDATA[один & два]]></b:raw></b:data>';

const sha = (octets: string | Uint8Array, name = 'sha256') => createHash(name).update(octets).digest();
const pem = (key: { export(options: { type: 'pkcs8'; format: 'pem' }): string | Buffer }) =>
  key.export({ type: 'pkcs8', format: 'pem' }) as string;

interface Making {
  readonly element?: string;
  /** What DigestValue says, from our own forms of the element. */
  readonly digest?: (forms: { canonical: string; transformed: Buffer; tree: XmlTree }) => Buffer;
  /** What is signed, from canonical SignedInfo. */
  readonly signed?: (signedInfo: Buffer, transformed: Buffer) => string | Uint8Array;
  readonly value?: (value: Buffer) => Buffer;
  readonly hash?: string;
  /** Changes SignedInfo after it was signed. */
  readonly later?: (signature: string) => string;
  readonly elliptic?: boolean;
}

describe('signature X-ray', () => {
  let rsa: { key: string; certificate: string };
  let ec: { key: string; certificate: string };
  before(async () => {
    const make = async (kind: 'rsa' | 'ec') => {
      const key =
        kind === 'rsa'
          ? generateKeyPairSync('rsa', { modulusLength: 2048 })
          : generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const identity = await issueIdentity(
        { cn: 'Отправитель', organisation: 'Ведомство' },
        { privateKeyPem: pem(key.privateKey) },
      );
      return { key: identity.privateKeyPem, certificate: identity.certificatePem.replace(/-----[^-]+-----|\s/g, '') };
    };
    rsa = await make('rsa');
    ec = await make('ec');
  });

  /** An envelope whose signature was made wrongly, as told. */
  const made = (making: Making): string => {
    const { element = ELEMENT, hash = 'sha256' } = making;
    const { key, certificate } = making.elliptic === true ? ec : rsa;
    const tree = parsed(element);
    const transformed = smevTransform(tree, tree.root);
    if (isXmlProblem(transformed)) throw new Error(transformed.textEn);
    const canonical = canonicalize(tree, tree.root).toString();
    const digest = making.digest?.({ canonical, transformed, tree }) ?? sha(transformed);
    const info =
      `<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${EXC_C14N}"></ds:CanonicalizationMethod>` +
      `<ds:SignatureMethod Algorithm="${making.elliptic === true ? SIGNATURES.ecdsaSha256 : SIGNATURES.rsaSha256}"></ds:SignatureMethod>` +
      `<ds:Reference URI="#S"><ds:Transforms><ds:Transform Algorithm="${EXC_C14N}"></ds:Transform><ds:Transform Algorithm="${SMEV_TRANSFORM}"></ds:Transform></ds:Transforms>` +
      `<ds:DigestMethod Algorithm="${DIGESTS.sha256}"></ds:DigestMethod><ds:DigestValue>${digest.toString('base64')}</ds:DigestValue></ds:Reference></ds:SignedInfo>`;
    const infoTree = parsed(`<ds:Signature xmlns:ds="${DSIG}">${info}</ds:Signature>`);
    const signedInfo = canonicalize(infoTree, infoTree.children(infoTree.root)[0]!);
    const octets = making.signed?.(signedInfo, transformed) ?? signedInfo;
    const encoding = making.elliptic === true ? { dsaEncoding: 'ieee-p1363' as const } : {};
    const value = sign(hash, typeof octets === 'string' ? Buffer.from(octets) : octets, { key, ...encoding });
    const signature =
      `<ds:Signature xmlns:ds="${DSIG}">${info}<ds:SignatureValue>${(making.value?.(value) ?? value).toString('base64')}</ds:SignatureValue>` +
      `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`;
    return `<e xmlns="urn:envelope" xmlns:out="urn:out"><out:part>x</out:part>${element}<block>${making.later?.(signature) ?? signature}</block></e>`;
  };
  const rayOf = (envelope: string, question: Partial<XRayQuestion> = {}): XRay => {
    const tree = parsed(envelope);
    const [, target, block] = tree.children(tree.root);
    return xRay(tree, target!, block!, { provider, at: AT, ...question });
  };
  const finds = (code: MistakeCode, making: Making, ...says: string[]) => {
    const ray = rayOf(made(making));
    expect(ray.mistake?.code, JSON.stringify(ray.verdict)).to.equal(code);
    expect(ray.mistake?.fix).to.match(/[а-я]/);
    expect(ray.verdict.ru).to.include(ray.mistake!.ru.slice(1)).and.include('Исправление: ');
    expect(ray.verdict.en).to.include(ray.mistake!.en.slice(1)).and.include('Fix: ');
    for (const part of says) expect(ray.verdict.ru).to.include(part);
  };

  it('has every mistake in its document, and no other', () => {
    const text = readFileSync(join(projectRoot(), 'docs', 'signature-x-ray.md'), 'utf8');
    const listed = [...text.slice(text.indexOf('## Known mistakes')).matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(
      ([, code]) => code,
    );
    expect(listed).to.deep.equal(MISTAKE_CODES);
  });

  it('sees a good signature as good: both forms, both digests, SignedInfo, certificate', () => {
    const ray = rayOf(made({}));
    expect(ray.verdict).to.deep.equal({ ru: 'Подпись верна', en: 'The signature verifies' });
    expect(ray.digest?.matches).to.equal(true);
    expect(ray.value).to.deep.equal({ verifies: true, key: 'message' });
    expect(ray.canonical.text).to.match(/^<b:data xmlns:b="urn:b" Id="S" z="1" b:y="2">/);
    expect(ray.transformed?.text).to.match(/^<ns1:data xmlns:ns1="urn:b" ns1:y="2" Id="S" z="1"><ns1:text>/);
    expect(ray.signedInfo?.text).to.include(ray.digest!.computed);
    expect(ray.certificate?.subject).to.include('Отправитель');
    expect(ray.element).to.equal('/e/b:data');
    expect(ray).to.not.have.any.keys('mistake', 'departure', 'structure');
    expect(structuredClone(ray)).to.deep.equal(ray);
  });

  it('runs its own transform as the real one does, where no mistake is switched on (seeds 1–400)', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const tree = parsed(generatedDocument(seed, { forSmev: true }));
      const real = smevTransform(tree, tree.root);
      if (isXmlProblem(real)) continue;
      expect(variantTransform(canonicalize(tree, tree.root).toString()), `seed ${seed}`).to.equal(real.toString());
    }
  });

  describe('knows the mistakes of hashing', () => {
    const variant = (mistakes: Parameters<typeof variantTransform>[1]) => (forms: { canonical: string }) =>
      sha(variantTransform(forms.canonical, mistakes));

    it('the SMEV transform was not applied', () =>
      finds('no-smev-transform', { digest: (f) => sha(f.canonical) }, 'преобразование СМЭВ не применено'));

    it('inclusive c14n instead of exclusive', () => {
      const envelope = made({});
      const inclusive =
        '<b:data xmlns="urn:envelope" xmlns:b="urn:b" xmlns:out="urn:out" xmlns:unused="urn:unused" Id="S"';
      finds('inclusive-c14n', {
        digest: ({ canonical }) => sha(canonical.replace('<b:data xmlns:b="urn:b" Id="S"', inclusive)),
      });
      expect(envelope).to.include('xmlns:out');
    });

    it('no transform, and the document formatted afterwards', () =>
      finds(
        'reformatted',
        {
          element: '<b:data xmlns:b="urn:b" Id="S">\n  <b:x>1</b:x>\n  <b:y>2</b:y>\n</b:data>',
          digest: () => sha('<b:data xmlns:b="urn:b" Id="S"><b:x>1</b:x><b:y>2</b:y></b:data>'),
        },
        'похоже, после подписания документ переформатирован',
      ));

    it('">" always escaped, by an old port; never escaped', () => {
      finds('greater-sign', { digest: variant({ greater: 'always' }) }, 'Woodstox');
      finds('greater-sign', {
        element: '<b:d xmlns:b="urn:b" Id="S">&gt;x</b:d>',
        digest: variant({ greater: 'never' }),
      });
    });

    it('CR written as itself or lost', () => {
      finds('carriage-return', { digest: variant({ carriageReturn: 'raw' }) }, '&#xd;');
      finds('carriage-return', { digest: variant({ carriageReturn: 'dropped' }) });
    });

    it('texts divided at references, as the JDK reads them', () =>
      finds(
        'divided-text',
        { digest: variant({ dividesText: true, greater: 'always', carriageReturn: 'raw' }) },
        'StAX',
      ));

    it('blank texts kept; texts trimmed', () => {
      finds('kept-blanks', { digest: variant({ keepsBlanks: true }) });
      finds('trimmed-texts', { digest: variant({ trimsTexts: true }) }, 'переформатирован');
    });

    it('empty elements as one tag', () =>
      finds('empty-elements', {
        digest: (f) => sha(f.transformed.toString().replace('<ns1:none></ns1:none>', '<ns1:none/>')),
      }));

    it('attributes in canonical order; prefixes from ns0', () => {
      finds('attribute-order', { digest: variant({ canonicalOrder: true }) });
      finds('first-prefix', { digest: variant({ firstPrefix: 0 }) });
    });

    it('the transform before exc-c14n: CDATA kept', () =>
      finds('transform-before-c14n', {
        digest: ({ tree }) => {
          const kept = smevTransform(tree, tree.root, { keepCdata: true });
          return isXmlProblem(kept) ? Buffer.alloc(0) : sha(kept);
        },
      }));

    it('Id added later', () =>
      finds('id-added-later', { digest: (f) => sha(f.transformed.toString().replace(' Id="S"', '')) }));

    it('another element', () =>
      finds('another-element', {
        digest: ({ tree }) => {
          const other = smevTransform(tree, tree.children(tree.root)[0]!);
          return isXmlProblem(other) ? Buffer.alloc(0) : sha(other);
        },
      }));

    it('an XML declaration or a byte-order mark in front', () => {
      finds('xml-declaration', { digest: (f) => sha(`<?xml version="1.0" encoding="utf-8"?>${f.transformed}`) });
      finds('xml-declaration', { digest: (f) => sha(`\ufeff${f.transformed}`) });
    });

    it('another digest than DigestMethod names, bytes reversed, hexadecimal, a digest of a digest', () => {
      finds('other-digest-method', { digest: (f) => sha(f.transformed, 'sha512') });
      finds('digest-byte-order', { digest: (f) => sha(f.transformed).reverse() });
      finds('digest-in-hex', { digest: (f) => Buffer.from(sha(f.transformed).toString('hex').toUpperCase()) });
      finds('digest-of-digest', { digest: (f) => sha(sha(f.transformed)) });
    });

    it('and says so when it is none of them: the content was changed', () => {
      const ray = rayOf(made({}).replace(' края ', ' край '));
      expect(ray).to.not.have.property('mistake');
      expect(ray.verdict.ru).to.match(/^Хэш не совпадает: в подписанном элементе изменён текст/);
      expect(ray.verdict.en).to.match(/^The digest differs: a text/);
    });
  });

  describe('knows the mistakes of signing', () => {
    it('SignedInfo formatted afterwards', () =>
      finds('signed-info-reformatted', { later: (s) => s.replace('<ds:Reference', '\n  <ds:Reference') }));

    it('SignedInfo by inclusive c14n, or as it was written', () => {
      const inclusive = (info: Buffer) =>
        info
          .toString()
          .replace('<ds:SignedInfo ', '<ds:SignedInfo xmlns="urn:envelope" ')
          .replace(`"${DSIG}">`, `"${DSIG}" xmlns:out="urn:out">`);
      // The whole document's prefixes are listed: b, c and unused are not in scope at SignedInfo.
      finds('signed-info-c14n', { signed: inclusive });
      finds('signed-info-c14n', { signed: (info) => info.toString().replace(` xmlns:ds="${DSIG}"`, '') });
      finds('signed-info-c14n', {
        signed: (info) =>
          info.toString().replace(/><\/ds:(?:Transform|DigestMethod|SignatureMethod|CanonicalizationMethod)>/g, '/>'),
      });
    });

    it('SignedInfo through the SMEV transform; the element instead of SignedInfo', () => {
      finds('signed-info-transformed', { signed: (info) => variantTransform(info.toString()) });
      finds('signed-element', { signed: (_info, transformed) => transformed });
    });

    it('the digest of SignedInfo signed as data', () => finds('signed-digest', { signed: (info) => sha(info) }));

    it('ECDSA in DER; halves swapped; bytes reversed', () => {
      const der = (value: Buffer) => {
        const integer = (half: Buffer) => {
          let i = half;
          while (i.length > 1 && i[0] === 0) i = i.subarray(1);
          const positive = (i[0] as number) > 127 ? Buffer.concat([Buffer.alloc(1), i]) : i;
          return Buffer.concat([Buffer.from([2, positive.length]), positive]);
        };
        const body = Buffer.concat([integer(value.subarray(0, 32)), integer(value.subarray(32))]);
        return Buffer.concat([Buffer.from([48, body.length]), body]);
      };
      finds('value-der', { elliptic: true, value: der });
      finds('value-byte-order', { elliptic: true, value: (v) => Buffer.concat([v.subarray(32), v.subarray(0, 32)]) });
      finds('value-byte-order', { elliptic: true, value: (v) => Buffer.from(v).reverse() });
    });

    it('another algorithm than SignatureMethod names', () => finds('other-signature-method', { hash: 'sha512' }));

    it('and says so when it is none of them: another key', async () => {
      const ray = rayOf(made({ value: (v) => Buffer.from(v).fill(7, 10, 20) }));
      expect(ray).to.not.have.property('mistake');
      expect(ray.digest?.matches).to.equal(true);
      expect(ray.verdict.ru).to.include('ключом другого сертификата');
    });
  });

  describe('compares with what the sender hashed', () => {
    it('names the byte and both sides, in Cyrillic text too', () => {
      const envelope = made({}).replace(' края ', ' кроя ');
      const theirs = Buffer.from(rayOf(made({})).transformed!.text);
      const ray = rayOf(envelope, { senderCanonical: theirs });
      expect(ray.departure?.against).to.equal('transformed');
      expect(ray.departure?.whiteSpaceOnly).to.equal(false);
      expect(ray.departure?.theirs.after).to.match(/^ая |^а/);
      expect(ray.departure?.ours.after.startsWith('о')).to.equal(true);
      expect(theirs.subarray(0, ray.departure!.byte).toString()).to.include('<ns1:text> кр');
      expect(ray.verdict.ru).to.include(`с байта ${ray.departure!.byte}`);
    });

    it('knows the canonical form from the transformed one, and white space from text', () => {
      const theirs = rayOf(made({})).canonical.text.replace(' края ', 'края\n');
      const ray = rayOf(made({}).replace(' края ', 'края  '), { senderCanonical: Buffer.from(theirs) });
      expect(ray.departure).to.include({ against: 'canonical', whiteSpaceOnly: true });
      expect(ray.verdict.ru).to.include('похоже, после подписания документ переформатирован');
    });

    it('finds no departure where there is none', () => {
      const ray = rayOf(made({}), { senderCanonical: Buffer.from(rayOf(made({})).canonical.text) });
      expect(ray).to.not.have.property('departure');
    });
  });

  it('shows what it can of a signature outside the profile, with the reason', () => {
    const ray = rayOf(made({}).replace(SMEV_TRANSFORM, 'urn:other'));
    expect(ray.structure).to.include('преобразования должны быть');
    expect(ray.canonical.bytes).to.be.greaterThan(100);
    expect(ray.transformed?.complete).to.equal(true);
    expect(ray.verdict.ru).to.equal(ray.structure);
    expect(ray).to.not.have.any.keys('digest', 'value');
  });

  it('tells an algorithm that is not allowed without looking for mistakes', () => {
    const ray = rayOf(made({}).replace(SIGNATURES.rsaSha256, 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'));
    expect(ray.verdict.ru).to.include('rsa-sha1').and.include('не допускается');
    expect(ray).to.not.have.property('mistake');
  });

  it('tells the clock, the certificate path and its problems', () => {
    const trust = {
      ok: false,
      path: [],
      alarms: [],
      problems: [{ code: 'expired' as const, text: 'Срок действия истёк', textEn: 'It has expired' }],
    };
    const ray = rayOf(made({}), { trust, sentAt: AT - 42 * 60_000 });
    expect(ray.clock).to.deep.equal({
      gateway: '2026-02-03T10:00:00.000Z',
      message: '2026-02-03T09:18:00.000Z',
      difference: -42 * 60_000,
    });
    expect(ray.verdict.ru).to.include('Срок действия истёк').and.include('позади наших на 42 мин');
    expect(ray.verdict.en).to.include('It has expired').and.include('42 min behind');
  });

  it('shows 64 KB of a large element and does not search it', async () => {
    const element = `<b:data xmlns:b="urn:b" Id="S">${'<b:x>яяяяяяяяяя</b:x>'.repeat(6_000)}</b:data>`;
    const started = performance.now();
    const ray = rayOf(made({ element, digest: (f) => sha(f.canonical) }));
    expect(ray.canonical.complete).to.equal(false);
    expect(Buffer.byteLength(ray.canonical.text)).to.be.within(65_530, 65_540);
    expect(ray.canonical.text).to.not.include('\ufffd');
    expect(ray).to.not.have.property('mistake');
    expect(performance.now() - started).to.be.lessThan(2_000);
  });

  it('judges by the registered key where it is known', async () => {
    const identity = await issueIdentity({ cn: 'Другой', organisation: 'Ведомство' });
    const signer = signerFromPem({ ...identity, provider });
    const signature = await signElement(ELEMENT, 'S', signer);
    const envelope = `<e xmlns="urn:envelope"><part/>${ELEMENT}<block>${signature}</block></e>`;
    const key = provider.importPublicKey(
      generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'der' }),
    )!;
    expect(rayOf(envelope).value).to.deep.equal({ verifies: true, key: 'message' });
    expect(rayOf(envelope, { registeredKey: key }).value).to.deep.equal({ verifies: false, key: 'registered' });
  });
});
