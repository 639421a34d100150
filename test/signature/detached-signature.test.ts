/** «The message digest … is then signed» (RFC 5652 §5): detached PKCS#7 over an attachment, good and an octet away, by every key. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BaseBlock, fromBER, type OctetString, type Sequence } from 'asn1js';
import { expect } from 'chai';
import { type Identity, issueIdentity } from '../../certs-dev/generate.js';
import { projectRoot } from '../../src/config/index.js';
import { derOf, refusalOfDetached, TrustStore, verifyByProvider } from '../../src/signature/index.js';
import { cryptoProviders } from '../../src/start/crypto-providers.js';
import { itWithEngine, type OpensslCommand, opensslWithGost } from '../drivers/crypto/gost-machine.js';
import { type CmsWishes, detached } from './cms-writer.js';

const CONTENT = Buffer.from('содержимое вложения');
const KINDS = ['rsa', 'ec', 'gost'] as const;
const { provider } = cryptoProviders();

describe('detached PKCS#7 signatures', () => {
  const identities = new Map<string, Identity>();
  let trust: TrustStore;
  before(async () => {
    for (const kind of ['rsa', 'gost'] as const) {
      const root = await issueIdentity({ cn: `Корень ${kind}`, organisation: 'УЦ' }, { kind });
      identities.set(`${kind} root`, root);
      const issue = (cn: string, kind_: (typeof KINDS)[number]) =>
        issueIdentity({ cn, organisation: 'Служба' }, { kind: kind_, issuer: root });
      if (kind === 'rsa') identities.set('ec', await issue('Ёлкина', 'ec'));
      identities.set(kind, await issue('Петрова', kind));
      const past = { notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') };
      identities.set(
        `${kind} expired`,
        await issueIdentity({ cn: 'Быв', organisation: 'С' }, { kind, issuer: root, ...past }),
      );
      identities.set(`${kind} stranger`, await issueIdentity({ cn: 'Чужой', organisation: 'С' }, { kind }));
    }
    const roots = ['rsa root', 'gost root'].map((name) => ({
      name,
      content: Buffer.from(identities.get(name)!.certificatePem),
    }));
    trust = new TrustStore(
      { roots, intermediates: [], lists: [], responses: [] },
      { verifySignedBy: verifyByProvider(provider) },
    );
  });

  const judge = (pkcs7: Uint8Array, content: Uint8Array = CONTENT, registered: readonly Uint8Array[] = []) =>
    refusalOfDetached(pkcs7, content, { provider, trust, at: Date.now(), registered });
  const made = (name: string, wishes?: CmsWishes) => detached(CONTENT, identities.get(name)!, provider, wishes);

  for (const kind of KINDS) {
    describe(`by ${kind}`, () => {
      it('are accepted over their own content, and refused over any other', async () => {
        const pkcs7 = await made(kind);
        expect(judge(pkcs7)).to.equal(undefined);
        expect(judge(pkcs7, Buffer.concat([CONTENT, Buffer.from(' ')]))).to.include('содержимое изменено');
        expect(judge(pkcs7, Buffer.alloc(0))).to.include('содержимое изменено');
      });

      it('are accepted without attributes, in BER and with the certificate named by its key', async () => {
        for (const wishes of [{ plain: true }, { indefinite: true }, { byKey: true }, { signers: 3 }]) {
          expect(judge(await made(kind, wishes)), JSON.stringify(wishes)).to.equal(undefined);
        }
        const other = Buffer.from('другое');
        expect(judge(await made(kind, { plain: true }), other)).to.include('не проходит проверку');
      });

      it('are refused when the value is changed, or is no signature at all', async () => {
        const flip = (s: Buffer) => Buffer.from(s.with(s.length - 3, s.at(-3)! ^ 1));
        expect(judge(await made(kind, { spoil: flip }))).to.include('не проходит проверку');
        expect(judge(await made(kind, { spoil: () => Buffer.alloc(0) }))).to.include('не проходит проверку');
      });

      it('need a certificate, inside or registered', async () => {
        const pkcs7 = await made(kind, { withoutCertificate: true });
        expect(judge(pkcs7)).to.include('нет сертификата');
        expect(judge(pkcs7, CONTENT, [derOf(identities.get(kind)!.certificatePem)])).to.equal(undefined);
      });

      it('are refused when the attributes name another digest or kind of content', async () => {
        const claimed = provider.digest('http://www.w3.org/2001/04/xmlenc#sha256', Buffer.from('другое'));
        expect(judge(await made(kind, { claimed }))).to.include('содержимое изменено');
        expect(judge(await made(kind, { attributeType: '1.2.3.4' }))).to.include('содержимое изменено');
      });
    });
  }

  for (const kind of ['rsa', 'gost'] as const) {
    it(`are refused by an expired certificate and one of another authority (${kind})`, async () => {
      expect(judge(await made(`${kind} expired`))).to.match(/истёк/);
      expect(judge(await made(`${kind} stranger`))).to.match(/доверенн/);
    });
  }

  it('are refused when they carry the content, have no signer, too many, or are something else', async () => {
    expect(judge(await made('rsa', { enveloping: true }))).to.include('не откреплённая');
    expect(judge(await made('rsa', { signers: 0 }))).to.include('ни одной подписи');
    expect(judge(await made('rsa', { signers: 9 }))).to.include('не PKCS#7');
    expect(judge(Buffer.from('не подпись'))).to.include('не PKCS#7');
    expect(judge(derOf(identities.get('rsa')!.certificatePem))).to.include('не PKCS#7');
    expect(judge(Buffer.concat([await made('rsa'), Buffer.from([0])]))).to.include('не PKCS#7');
  });

  it('are refused by algorithms outside the profile, and when two of them disagree', async () => {
    expect(judge(await made('rsa', { digestOid: '1.3.14.3.2.26' }))).to.include('не допускаются');
    expect(judge(await made('rsa', { signatureOid: '1.2.840.113549.1.1.5' }))).to.include('не допускаются');
    expect(judge(await made('rsa', { signatureOid: '1.2.840.113549.1.1.13' }))).to.include('не допускаются');
    expect(judge(await made('gost', { signatureOid: '1.2.840.113549.1.1.11' }))).to.include('не допускаются');
    expect(judge(await made('ec', { signatureOid: '1.2.840.113549.1.1.11' }))).to.include('не проходит проверку');
  });

  it('never throw, whatever octet is changed or cut', async () => {
    const pkcs7 = await made('gost');
    let accepted = 0;
    for (let i = 0; i < pkcs7.length; i += 3) {
      if (judge(Buffer.from(pkcs7.with(i, pkcs7[i]! ^ 0x11))) === undefined) accepted++;
      if (judge(pkcs7.subarray(0, i)) === undefined) accepted++;
    }
    // What nobody signs may change: versions, the list of digests, the way the certificate is named.
    expect(accepted).to.be.at.most(8);
  });
});

describe('detached PKCS#7 signatures by others', () => {
  let command: OpensslCommand | undefined;
  before(() => {
    command = opensslWithGost();
  });
  after(() => command?.close());
  const store = (pem: string) =>
    new TrustStore(
      { roots: [{ name: 'root', content: Buffer.from(pem) }], intermediates: [], lists: [], responses: [] },
      { verifySignedBy: verifyByProvider(provider) },
    );

  itWithEngine('are accepted when the openssl command made them with a GOST key', async () => {
    const root = await issueIdentity({ cn: 'Корень', organisation: 'УЦ' }, { kind: 'gost' });
    const own = await issueIdentity({ cn: 'Иванова', organisation: 'С' }, { kind: 'gost', issuer: root });
    const openssl = command!;
    const content = openssl.file('content', CONTENT);
    const [certificate, key] = [openssl.file('c.pem', own.certificatePem), openssl.file('k.pem', own.privateKeyPem)];
    const signer = ['-signer', certificate, '-inkey', key, '-in', content, '-binary', '-outform', 'DER'];
    for (const extra of [
      ['cms', '-sign'],
      ['cms', '-sign', '-keyid'],
      ['cms', '-sign', '-noattr'],
      ['smime', '-sign'],
    ]) {
      const pkcs7 = openssl.run([...extra, ...signer, '-md', 'md_gost12_256']);
      const check = { provider, trust: store(root.certificatePem), at: Date.now() };
      expect(refusalOfDetached(pkcs7, CONTENT, check), extra.join(' ')).to.equal(undefined);
      expect(refusalOfDetached(pkcs7, Buffer.from('x'), check), extra.join(' ')).to.not.equal(undefined);
    }
    const ours = openssl.file('ours', await detached(CONTENT, own, provider));
    const ca = openssl.file('ca.pem', root.certificatePem);
    openssl.run([
      'cms',
      '-verify',
      '-binary',
      '-inform',
      'DER',
      '-in',
      ours,
      '-content',
      content,
      '-CAfile',
      ca,
      '-purpose',
      'any',
    ]);
  });

  const vectors = join(projectRoot(), '..', 'shared', 'reference', 'vectors', 'gost-engine', 'tc26_cms');
  const has = existsSync(vectors);
  it(`are accepted from TC26's keys of 256 and 512 bits${has ? '' : ' [skipped: ../shared/reference is absent]'}`, async function () {
    if (!has) this.skip();
    const read = (name: string) => readFileSync(join(vectors, name), 'utf8');
    // Their root is no authority by RFC 5280 (no basicConstraints), so trust is taken for granted here.
    const verdict = { ok: true, text: '', path: [], problems: [], alarms: [] };
    const check = { provider, trust: { judgeDer: () => verdict }, at: Date.parse('2026-01-01') };
    const own = { certificatePem: read('sender256_cert.pem'), privateKeyPem: read('sender256_key.pem') };
    expect(refusalOfDetached(await detached(CONTENT, own, provider), CONTENT, check)).to.equal(undefined);
    for (const name of ['signed_a111.pem', 'signed_a121.pem']) {
      const [, base64 = ''] = /-----BEGIN CMS-----([^-]+)-----/.exec(read(name)) ?? [];
      const whole = Buffer.from(base64, 'base64');
      // The published examples carry their content: taken for detached they are refused, not misread.
      expect(refusalOfDetached(whole, CONTENT, check), name).to.include('не откреплённая');
      const { pkcs7, content } = detachedFrom(whole);
      expect(refusalOfDetached(pkcs7, content, check), name).to.equal(undefined);
      expect(refusalOfDetached(pkcs7, content.subarray(1), check), name).to.not.equal(undefined);
    }
  });
});

/** Takes the content out of SignedData. */
function detachedFrom(whole: Buffer): { pkcs7: Buffer; content: Buffer } {
  const { result } = fromBER(Uint8Array.from(whole));
  const inside = (node: BaseBlock) => (node as Sequence).valueBlock.value as BaseBlock[];
  const encapsulated = inside(inside(inside(result)[1]!)[0]!)[2]!;
  const [wrapper] = inside(encapsulated).splice(1);
  const content = Buffer.from((inside(wrapper!)[0] as OctetString).getValue());
  return { pkcs7: Buffer.from(result.toBER()), content };
}
