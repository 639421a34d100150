/** Who signed: certificates nobody registered, another's, too weak, out of date, of another root. */
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { generateDevCertificates, type Identity, issueIdentity } from '../../certs-dev/generate.js';
import { createCryptoProvider } from '../../src/drivers/crypto-openssl/index.js';
import type { Snapshot } from '../../src/participants/index.js';
import { signerFromPem } from '../../src/signature/index.js';
import { query } from './contents.js';
import { type Expected, expectRefused, type Wire } from './refusals.js';
import { type Sender, sender } from './sender.js';
import { keyInfoOf, requestVariant, type Variant } from './sign-variant.js';
import { newFolder, type TestGateway, testGateway } from './test-gateway.js';

const CONTENT = query('11737784886');
const HOUR = 3_600_000;

describe('bad input: certificates', () => {
  let gateway: TestGateway;
  let agency: Sender;
  const identities = new Map<string, Identity>();
  before(async () => {
    const folder = newFolder();
    const certificates = join(folder, 'certs-dev');
    await generateDevCertificates(certificates);
    const read = (file: string) => readFileSync(join(certificates, 'ca', file), 'utf8');
    const root: Identity = {
      subject: { cn: 'Корневой сертификат разработки', organisation: 'Удостоверяющий центр (тестовый)' },
      certificatePem: read('rsa.cert.pem'),
      privateKeyPem: read('rsa.key.pem'),
    };
    const subject = (cn: string) => ({ cn, organisation: 'Ведомство с сертификатами' });
    const stranger = await issueIdentity({ cn: 'Чужой корень', organisation: 'Никто' });
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    });
    const now = Date.now();
    const issue = async (name: string, options: Parameters<typeof issueIdentity>[1]) =>
      void identities.set(name, await issueIdentity(subject(name), { issuer: root, ...options }));
    await issue('good', {});
    await issue('elliptic', { kind: 'ec' });
    await issue('unregistered', {});
    await issue('weak', { privateKeyPem: weak as string });
    await issue('expired', { notBefore: new Date(now - 48 * HOUR), notAfter: new Date(now - HOUR) });
    await issue('early', { notBefore: new Date(now + HOUR) });
    await issue('other-root', { issuer: stranger });
    // Issued by a certificate that is none of an authority.
    await issue('of-a-leaf', { issuer: identities.get('good')! });
    identities.set('self-signed', stranger);
    const registered = [...identities].filter(([name]) => name !== 'unregistered').map(([, i]) => i.certificatePem);
    const snapshot = (plain: Snapshot): Snapshot => ({
      ...plain,
      participants: plain.participants.map((p) =>
        p.mnemonic === 'FED001' ? { ...p, certificates: [...p.certificates, ...registered] } : p,
      ),
    });
    gateway = await testGateway({ adapters: new Map(), snapshot }, folder);
    agency = gateway.as('FED001');
  });
  after(() => gateway.close());

  const as = (name: string): Sender => {
    const { certificatePem, privateKeyPem } = identities.get(name)!;
    return sender(gateway.url, signerFromPem({ certificatePem, privateKeyPem, provider: createCryptoProvider() }));
  };
  const signedBy = (name: string, v: Variant = {}) => requestVariant(as(name), CONTENT, v);
  const refused = (wire: Wire, expected: Expected) => expectRefused(gateway, agency, wire, expected);
  const signature = (detail: NonNullable<Expected['detail']>, ...says: string[]): Expected => ({
    code: 'SignatureVerificationFault',
    detail,
    says,
  });

  it('accepts every certificate that is registered, in date and of the root: RSA and ECDSA', async () => {
    for (const name of ['good', 'elliptic']) {
      expect((await as(name).sendRequest(CONTENT)).fault).to.equal(undefined);
      await gateway.checkInvariants();
    }
  });

  it('names serial number and subject of a certificate nobody registered', async () => {
    const { serialNumber } = new X509Certificate(identities.get('unregistered')!.certificatePem);
    await refused(signedBy('unregistered'), {
      code: 'SenderIsNotRegistered',
      says: [serialNumber, 'CN=unregistered', 'Зарегистрируйте'],
    });
  });

  it('says so before any cryptography: a stranger with a broken signature is a stranger', async () => {
    const wire = signedBy('unregistered', { digestValue: () => 'AAAA' });
    await refused(wire, { code: 'SenderIsNotRegistered' });
  });

  it('finds no certificate: no KeyInfo, an empty one, a key or a name instead', async () => {
    const keyInfos = [
      '',
      '<ds:KeyInfo/>',
      '<ds:KeyInfo><ds:X509Data/></ds:KeyInfo>',
      '<ds:KeyInfo><ds:KeyName>FED001</ds:KeyName></ds:KeyInfo>',
      '<ds:KeyInfo><ds:X509Data><ds:X509SubjectName>CN=FED001</ds:X509SubjectName></ds:X509Data></ds:KeyInfo>',
      '<ds:KeyInfo><ds:RetrievalMethod URI="http://127.0.0.1:1/"/></ds:KeyInfo>',
      keyInfoOf(''),
      keyInfoOf('*'),
      keyInfoOf('AAAA'),
      keyInfoOf('<!--x-->AAAA'),
    ];
    for (const keyInfo of keyInfos) {
      await refused(signedBy('good', { keyInfo }), signature('CertificateIsNotFound', 'X509Certificate'));
    }
  });

  it('refuses two certificates in one KeyInfo', async () => {
    const { certificate } = agency.signer;
    const two = keyInfoOf(`${certificate}</ds:X509Certificate><ds:X509Certificate>${as('good').signer.certificate}`);
    await refused(signedBy('good', { keyInfo: two }), signature('CertificateIsNotFound', 'ровно один'));
  });

  it("verifies by the registered key: another participant's certificate in KeyInfo does not help", async () => {
    const keyInfo = keyInfoOf(gateway.as('REG001').signer.certificate);
    await refused(
      signedBy('good', { keyInfo }),
      signature('SignatureIsInvalid', 'ключом зарегистрированного сертификата'),
    );
  });

  it('knows a certificate by every one of its bytes', async () => {
    const der = Buffer.from(as('good').signer.certificate, 'base64');
    der[der.length - 1]! ^= 1;
    await refused(signedBy('good', { keyInfo: keyInfoOf(der.toString('base64')) }), { code: 'SenderIsNotRegistered' });
    const longer = Buffer.concat([Buffer.from(as('good').signer.certificate, 'base64'), Buffer.of(0)]);
    const wire = signedBy('good', { keyInfo: keyInfoOf(longer.toString('base64')) });
    expect((await agency.post(wire)).fault?.code).to.be.oneOf(['SenderIsNotRegistered', 'SignatureVerificationFault']);
    expect(await gateway.store.message(wire.messageId)).to.equal(undefined);
  });

  it('verifies nothing by RSA of 1024 bits, registered or not', () =>
    refused(signedBy('weak'), signature('SignatureIsInvalid', 'SignatureValue')));

  it('tells an expired certificate and one whose time has not come, with the date', async () => {
    await refused(signedBy('expired'), {
      ...signature('CertificateIsExpired', 'истёк', 'действителен до'),
      onRecord: true,
    });
    await refused(signedBy('early'), {
      ...signature('CertificateIsExpired', 'ещё не начался', 'действителен с'),
      onRecord: true,
    });
  });

  it('tells a certificate of another root, naming the issuer', async () => {
    for (const name of ['other-root', 'self-signed', 'of-a-leaf']) {
      const expected = signature('CertificateIsExpired', 'не ведёт к доверенному корню', 'издатель: ');
      await refused(signedBy(name), { ...expected, onRecord: true });
    }
  });

  it('judges the signature first: an expired certificate with a broken signature is a broken signature', () =>
    refused(signedBy('expired', { digestValue: () => 'AAAA' }), signature('SignatureIsInvalid', 'DigestValue')));

  it('refuses a signature by the right key under the name of an elliptic one', async () => {
    const key = createPrivateKey(identities.get('elliptic')!.privateKeyPem);
    const wire = signedBy('good', { key, signatureMethod: as('elliptic').signer.signatureMethod });
    await refused(wire, signature('SignatureIsInvalid', 'SignatureValue'));
  });
});
