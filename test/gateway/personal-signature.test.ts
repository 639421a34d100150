/** PersonalSignature (ЭП-СП): a person's signature inside the organisation's, through the running gateway. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { v1 as uuidv1 } from 'uuid';
import { generateDevCertificates, type Identity, issueIdentity } from '../../certs-dev/generate.js';
import { createCryptoProvider } from '../../src/drivers/crypto-openssl/index.js';
import { operation, requestData } from '../../src/envelope/index.js';
import { isFault } from '../../src/faults/index.js';
import { Catalogue, type Format } from '../../src/formats/index.js';
import type { Version } from '../../src/message/index.js';
import type { Right, Snapshot } from '../../src/participants/index.js';
import {
  fingerprintOf,
  keyOfCertificate,
  PERSONAL_PROFILE,
  readSignature,
  type Signer,
  signElement,
  signerFromPem,
  verifySignature,
} from '../../src/signature/index.js';
import { polling } from './pull-world.js';
import { changed, type Expected, expectRefused, type Wire } from './refusals.js';
import type { Sender } from './sender.js';
import { newFolder, type TestGateway, testGateway } from './test-gateway.js';

const HOUR = 3_600_000;
const ID = 'SIGNED_BY_CONSUMER';
const PERSONAL = 'PERSONAL_SIGNATURE';
const provider = createCryptoProvider();
/** free: a person may sign; bound: a person must; named: the right names who. */
const FORMATS = ['free', 'bound', 'named'] as const;
type Kind = (typeof FORMATS)[number];
const namespace = (kind: Kind) => `urn:test-notes/${kind}/1.0`;

const format = (kind: Kind): Format => ({
  id: kind,
  version: '1.0',
  family: 'test',
  namespace: namespace(kind),
  title: { ru: kind, en: kind },
  roots: { request: 'note', response: 'reply' },
  entry: `test/${kind}.xsd`,
  state: 'active',
  carries: [],
  persons: [],
  personal: [],
  ...(kind === 'bound' && { personalSignature: 'required' as const }),
  rules: { gateway: [], registry: [] },
});

const schema = (kind: Kind) => `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="${namespace(kind)}"
  targetNamespace="${namespace(kind)}" elementFormDefault="qualified">
  <xs:complexType name="Note"><xs:sequence><xs:element name="text" type="xs:string"/></xs:sequence><xs:attribute name="Id" type="xs:ID"/></xs:complexType>
  <xs:element name="note" type="Note"/><xs:element name="reply" type="Note"/>
</xs:schema>`;

const catalogue = ({ data }: Catalogue) =>
  new Catalogue({
    formats: [...data.formats, ...FORMATS.map(format)],
    schemas: { ...data.schemas, ...Object.fromEntries(FORMATS.map((kind) => [`test/${kind}.xsd`, schema(kind)])) },
  });

const note = (kind: Kind, text = 'прошу', id = PERSONAL, root = 'note') =>
  `<n:${root} xmlns:n="${namespace(kind)}" Id="${id}"><n:text>${text}</n:text></n:${root}>`;

describe('PersonalSignature', () => {
  let gateway: TestGateway;
  let agency: Sender;
  let fund: Sender;
  const people = new Map<string, Signer>();
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
    const stranger = await issueIdentity({ cn: 'Чужой корень', organisation: 'Никто' });
    const issue = async (name: string, options: Parameters<typeof issueIdentity>[1]) =>
      void people.set(
        name,
        signerFromPem({
          ...(await issueIdentity({ cn: name, organisation: 'Отдел' }, { issuer: root, ...options })),
          provider,
        }),
      );
    await issue('head', {});
    await issue('clerk', { kind: 'ec' });
    await issue('former', { notBefore: new Date(Date.now() - 48 * HOUR), notAfter: new Date(Date.now() - HOUR) });
    await issue('of another root', { issuer: stranger });
    const head = fingerprintOf(Buffer.from(people.get('head')!.certificate, 'base64'));
    const snapshot = (plain: Snapshot): Snapshot => ({
      ...polling(plain, 'PFR'),
      routes: [...plain.routes, ...FORMATS.map((kind) => ({ format: `{${namespace(kind)}}note`, recipient: 'PFR' }))],
      rights: [
        ...plain.rights,
        ...FORMATS.map(
          (kind): Right => ({
            participant: 'FED001',
            format: `{${namespace(kind)}}note`,
            ...(kind === 'named' && { personal: [head] }),
          }),
        ),
      ],
    });
    gateway = await testGateway({ threads: 1, snapshot, catalogue }, folder);
    agency = gateway.as('FED001');
    fund = gateway.as('PFR');
  });
  after(() => gateway.close());

  /** A request whose inner signature is as given; the outer one is always good, as of a participant that cheats. */
  const request = async (
    content: string,
    personalSignature?: string,
    more: { version?: Version; businessProcessMetadata?: string } = {},
  ) => {
    const { version = '1.2', businessProcessMetadata } = more;
    const messageId = uuidv1();
    const signed = requestData(
      version,
      {
        messageId,
        content,
        ...(personalSignature !== undefined && { personalSignature }),
        ...(businessProcessMetadata !== undefined && { businessProcessMetadata }),
      },
      ID,
    );
    const signature = await signElement(signed, ID, agency.signer);
    return { ...operation(version, 'SendRequest', { signed, signature }), messageId };
  };
  const by = (name: string, content: string, id = PERSONAL) => signElement(content, id, people.get(name)!);
  const signedBy = async (name: string, kind: Kind, version?: Version) =>
    request(note(kind), await by(name, note(kind)), version === undefined ? {} : { version });
  const refused = (wire: Wire | Promise<Wire>, expected: Expected) =>
    expectRefused(gateway, agency, wire, { onRecord: true, ...expected });
  const badly = (detail: Expected['detail'], ...says: string[]): Expected => ({
    code: 'SignatureVerificationFault',
    ...(detail && { detail }),
    says,
  });

  it('is verified where it stands, and reaches the recipient so that it verifies again, in another version too', async () => {
    for (const version of ['1.1', '1.2', '1.3'] as const) {
      const wire = await signedBy('clerk', 'free');
      expect((await agency.post(wire)).fault).to.equal(undefined);
      const taken = await fund.poll('GetRequest', { version });
      expect(taken.messageId).to.equal(wire.messageId);
      const { tree } = taken;
      const [block] = taken.all('PersonalSignature');
      const [content] = taken.all('note');
      const signature = readSignature(tree, block!, content!, PERSONAL_PROFILE);
      if (isFault(signature)) throw new Error(signature.description);
      const key = keyOfCertificate(signature.certificate, provider);
      expect(isFault(verifySignature(tree, content!, signature, key, provider)), version).to.equal(false);
      await fund.ack(wire.messageId, true, version);
    }
  });

  it('may be absent where neither format nor right asks for it', async () => {
    expect((await agency.post(await request(note('free')))).fault).to.equal(undefined);
  });

  it('must be there where the format says so', async () => {
    await refused(request(note('bound')), badly('NoSignatureFound', 'требует подписи ЭП-СП', 'до подписания ЭП-ОВ'));
    expect((await agency.post(await signedBy('clerk', 'bound'))).fault).to.equal(undefined);
  });

  it('must be of a certificate the right names, where it names some: PersonalAccessDenied in 1.3, AccessDenied before', async () => {
    expect((await agency.post(await signedBy('head', 'named'))).fault).to.equal(undefined);
    for (const [version, wireCode] of [
      ['1.1', 'AccessDenied'],
      ['1.2', 'AccessDenied'],
      ['1.3', 'PersonalAccessDenied'],
    ] as const) {
      const answer = await agency.post(await signedBy('clerk', 'named', version), version);
      expect(answer.fault?.code, version).to.equal(wireCode);
      expect(answer.fault?.description).to.include('clerk').and.include('FED001');
      const without = await agency.post(await request(note('named'), undefined, { version }), version);
      expect(without.fault?.code, version).to.equal(wireCode);
      expect(without.fault?.description).to.include('нет PersonalSignature');
    }
    await gateway.checkInvariants();
  });

  it('is refused when the content was changed after the person signed', async () => {
    await refused(
      request(note('free', 'другое'), await by('clerk', note('free'))),
      badly('SignatureIsInvalid', 'ЭП-СП', 'DigestValue'),
    );
  });

  it('is refused when its value was made by another key than the certificate in it has', async () => {
    const own = await by('head', note('free'));
    const swapped = own.replace(/<ds:X509Certificate>[^<]*/, `<ds:X509Certificate>${people.get('clerk')!.certificate}`);
    await refused(request(note('free'), swapped), badly('SignatureIsInvalid', 'ЭП-СП'));
    const other = (await by('former', note('free'))).match(/<ds:X509Certificate>[^<]*/)![0];
    await refused(
      request(note('free'), own.replace(/<ds:X509Certificate>[^<]*/, other)),
      badly('SignatureIsInvalid', 'ЭП-СП', 'ключом сертификата из её KeyInfo'),
    );
  });

  it('is refused with an expired certificate and with one of another root; a certificate nobody registered is good', async () => {
    await refused(signedBy('former', 'free'), badly('CertificateIsExpired', 'Сертификат ЭП-СП'));
    await refused(signedBy('of another root', 'free'), badly('CertificateIsExpired', 'Сертификат ЭП-СП'));
    const der = Buffer.from(people.get('clerk')!.certificate, 'base64');
    const registered = gateway.as('FED001').signer.certificate;
    expect(registered).to.not.equal(der.toString('base64'));
    expect((await agency.post(await signedBy('clerk', 'free'))).fault).to.equal(undefined);
  });

  it('cannot name the outer element, and cannot be two', async () => {
    const good = await by('clerk', note('free'));
    await refused(request(note('free'), good + good), { code: 'InvalidContent' });
    await refused(
      request(note('free'), good.replace(`URI="#${PERSONAL}"`, `URI="#${ID}"`)),
      badly('IncorrectSignatureTarget', 'а подписан должен быть'),
    );
  });

  describe('wrapped (XSW)', () => {
    const evil = (id = PERSONAL) => note('free', 'отдайте всё', id);
    const inMetadata = (element: string) => ({ businessProcessMetadata: element });
    type Refused = 'IncorrectSignatureTarget' | 'SignatureIsInvalid';
    const attacks: Readonly<Record<string, [Refused, (good: string, signature: string) => Promise<Wire>]>> = {
      'the signed content in BusinessProcessMetadata, the evil one in place under its Id': [
        'IncorrectSignatureTarget',
        (good, s) => request(evil(), s, inMetadata(good)),
      ],
      'the signed content in BusinessProcessMetadata, the evil one under another Id': [
        'IncorrectSignatureTarget',
        (good, s) => request(evil('OTHER'), s, inMetadata(good)),
      ],
      'the signed content in ds:Object of its signature': [
        'SignatureIsInvalid',
        (good, s) =>
          request(evil('OTHER'), s.replace('</ds:Signature>', `<ds:Object>${good}</ds:Object></ds:Signature>`)),
      ],
      'the signed content in KeyInfo of its signature': [
        'IncorrectSignatureTarget',
        (good, s) => request(evil(), s.replace('</ds:KeyInfo>', `${good}</ds:KeyInfo>`)),
      ],
      'the signed content inside the evil one': [
        'IncorrectSignatureTarget',
        (good, s) => request(evil('OTHER').replace('</n:text>', `</n:text>${good}`), s),
      ],
      'a second SignedInfo': [
        'SignatureIsInvalid',
        (_good, s) => request(evil(), s.replace('<ds:SignatureValue>', '<ds:SignedInfo/><ds:SignatureValue>')),
      ],
      'its Id in the header too': [
        'IncorrectSignatureTarget',
        async (good, s) =>
          changed(await request(good, s), '<soap:Body>', `<soap:Header><x Id="${PERSONAL}"/></soap:Header><soap:Body>`),
      ],
    };
    for (const [name, [detail, attack]] of Object.entries(attacks)) {
      it(`is refused: ${name}`, async () => {
        const good = note('free');
        await refused(attack(good, await by('head', good)), badly(detail, 'ЭП-СП'));
      });
    }
  });

  it('is told by preflight beside the other faults', async () => {
    const wire = await request(note('bound').replace('<n:text>прошу</n:text>', ''), undefined);
    const response = await fetch(`${gateway.url}/api/v1/preflight?version=1.2`, {
      method: 'POST',
      headers: { 'Content-Type': wire.contentType, Authorization: `Bearer ${gateway.token}` },
      body: wire.body,
    });
    const verdict = (await response.json()) as { faults: { fault: string }[] };
    expect(verdict.faults.map((f) => f.fault)).to.deep.equal(['SignatureVerificationFault', 'InvalidContent']);
  });
});
