/** «Answers to callers that sign with GOST are signed with GOST»: exchanges of REG001 with its GOST key, by each driver and by none. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createClient, isFailure } from '../../src/client/index.js';
import { isFault } from '../../src/faults/index.js';
import {
  derOf,
  keyOfCertificate,
  readSignature,
  SIGNATURES,
  signerFromPem,
  verifySignature,
} from '../../src/signature/index.js';
import { cryptoProviders, type GostChoice } from '../../src/start/crypto-providers.js';
import { detached } from '../signature/cms-writer.js';
import type { Answer } from './answer.js';
import { announcement, factsFile, query } from './contents.js';
import { expectRefused } from './refusals.js';
import { type Sender, sender } from './sender.js';
import { type TestGateway, testGateway } from './test-gateway.js';

const PERSON = '64003696972';
const { provider, gost } = cryptoProviders();

const file = (gateway: TestGateway, owner: string, name: string) =>
  readFileSync(join(gateway.folder, 'certs-dev', owner, name), 'utf8');

function identity(gateway: TestGateway, owner: string, kind: 'rsa' | 'gost') {
  return {
    certificatePem: file(gateway, owner, `${kind}.cert.pem`),
    privateKeyPem: file(gateway, owner, `${kind}.key.pem`),
  };
}

function byGost(gateway: TestGateway, owner: string): Sender {
  return sender(gateway.url, signerFromPem({ ...identity(gateway, owner, 'gost'), provider }));
}

/** Algorithm of the SMEVSignature over `element`, once it has verified under the gateway's certificate in `name`. */
function verifiedBy(gateway: TestGateway, answer: Answer, element: string, name: string): string {
  const { tree } = answer;
  const signature = readSignature(tree, answer.all('SMEVSignature')[0]!, answer.all(element)[0]!);
  if (isFault(signature)) return signature.description;
  const der = derOf(file(gateway, 'gateway', name));
  expect(der.equals(signature.certificate), 'the certificate in it is the gateway’s').to.equal(true);
  const key = keyOfCertificate(der, provider);
  const verified = verifySignature(tree, answer.all(element)[0]!, signature, key, provider);
  return isFault(verified) ? verified.description : signature.signatureMethod;
}

const DRIVERS: readonly GostChoice[] = gost === 'engine' ? ['auto', 'typescript'] : ['typescript'];

for (const choice of DRIVERS) {
  describe(`an exchange signed with GOST (gateway on ${choice === 'auto' ? 'the engine' : 'TypeScript'})`, () => {
    let gateway: TestGateway;
    let region: Sender;
    before(async () => {
      gateway = await testGateway({ gost: choice });
      region = byGost(gateway, 'REG001');
    });
    after(() => gateway.close());
    afterEach(() => gateway.checkInvariants());

    for (const version of ['1.1', '1.2', '1.3'] as const) {
      it(`answers REG001's signed query and signs every answer with GOST (${version})`, async () => {
        expect(region.signer.signatureMethod).to.equal(SIGNATURES.gost256);
        const sent = await region.sendRequest(query(PERSON), { version });
        expect(sent.fault).to.equal(undefined);
        expect(verifiedBy(gateway, sent, 'MessageMetadata', 'gost.cert.pem')).to.equal(SIGNATURES.gost256);
        const answer = await region.waitForResponse({ version });
        expect(answer.valueOf('OriginalMessageId')).to.equal(sent.sentId);
        expect(verifiedBy(gateway, answer, 'Response', 'gost.cert.pem')).to.equal(SIGNATURES.gost256);
        expect((await region.ack(answer.messageId!, true, version)).fault).to.equal(undefined);
      });
    }

    it('answers the same participant by ECDSA when it signs with RSA, and lets it go on with GOST', async () => {
      const byRsa = gateway.as('REG001');
      const sent = await byRsa.sendRequest(query(PERSON));
      expect(verifiedBy(gateway, sent, 'MessageMetadata', 'ec.cert.pem')).to.equal(SIGNATURES.ecdsaSha256);
      const answer = await region.waitForResponse();
      expect(answer.valueOf('OriginalMessageId')).to.equal(sent.sentId);
      expect(verifiedBy(gateway, answer, 'Response', 'gost.cert.pem')).to.equal(SIGNATURES.gost256);
      await region.ack(answer.messageId!);
    });

    it('refuses a message changed after signing, and a signature of another key', async () => {
      const wire = await region.buildRequest(query(PERSON));
      const changed = wire.body.toString().replace('2019-01-01', '2019-01-02');
      await expectRefused(
        gateway,
        region,
        { ...wire, body: changed },
        {
          code: 'SignatureVerificationFault',
          detail: 'SignatureIsInvalid',
          says: ['DigestValue'],
        },
      );
      const theirs = byGost(gateway, 'FSS').signer;
      const forged = sender(gateway.url, { ...theirs, certificate: region.signer.certificate });
      await expectRefused(gateway, forged, forged.buildRequest(query(PERSON)), {
        code: 'SignatureVerificationFault',
        detail: 'SignatureIsInvalid',
        says: ['SignatureValue'],
      });
    });

    for (const kind of ['gost', 'rsa'] as const) {
      it(`takes an attachment under a good PKCS#7 (${kind}) and refuses one changed by an octet, naming it`, async () => {
        const content = Buffer.from(factsFile({ snils: PERSON }));
        const pkcs7 = await detached(content, identity(gateway, 'REG001', kind), provider);
        const attachment = { contentId: 'facts.xml', mimeType: 'application/xml', content, pkcs7 };
        expect((await region.sendRequest(announcement(), { attachments: [attachment] })).fault).to.equal(undefined);
        const protocol = await region.waitForResponse();
        expect(protocol.content).to.match(/recordOK>true</);
        await region.ack(protocol.messageId!);

        const other = Buffer.concat([content, Buffer.from(' ')]);
        const text = { contentId: 'plain.txt', mimeType: 'text/plain', content: Buffer.from('x') };
        const wire = region.buildRequest(announcement(), { attachments: [text, { ...attachment, content: other }] });
        await expectRefused(gateway, region, wire, {
          code: 'SignatureVerificationFault',
          detail: 'SignatureIsInvalid',
          says: ['вложение «facts.xml»', 'содержимое изменено'],
          onRecord: true,
        });
      });
    }

    it('is spoken by the client library with a GOST key, which checks the answers by the GOST certificate', async () => {
      const options = { url: gateway.url, version: '1.3' as const, provider, ...identity(gateway, 'REG001', 'gost') };
      const client = createClient({ ...options, gatewayCertificatesPem: [file(gateway, 'gateway', 'gost.cert.pem')] });
      const sent = await client.sendRequest({ content: query(PERSON) });
      expect(isFailure(sent) ? sent : undefined).to.equal(undefined);
      const answer = await region.waitForResponse();
      await region.ack(answer.messageId!);
      const other = createClient({ ...options, gatewayCertificatesPem: [file(gateway, 'gateway', 'ec.cert.pem')] });
      expect(await other.sendRequest({ content: query(PERSON) })).to.have.property('untrusted');
      await region.ack((await region.waitForResponse()).messageId!);
    });

    it('publishes both of its certificates', async () => {
      const text = await (await fetch(`${gateway.url}/smev/certificates`)).text();
      expect(text).to.include(file(gateway, 'gateway', 'ec.cert.pem'));
      expect(text).to.include(file(gateway, 'gateway', 'gost.cert.pem'));
    });
  });
}

describe('a gateway without any provider of GOST', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await testGateway({ gost: 'none' });
  });
  after(() => gateway.close());

  it('says so in a fault, and goes on with RSA', async () => {
    const region = byGost(gateway, 'REG001');
    await expectRefused(gateway, region, region.buildRequest(query(PERSON)), {
      code: 'SignatureVerificationFault',
      detail: 'SignatureIsInvalid',
      says: ['без криптопровайдера ГОСТ', 'RSA или ECDSA'],
    });
    const byRsa = gateway.as('REG001');
    expect((await byRsa.sendRequest(query(PERSON))).fault).to.equal(undefined);
    const content = Buffer.from('x');
    const pkcs7 = await detached(content, identity(gateway, 'REG001', 'gost'), provider);
    const attachments = [{ contentId: 'x.txt', mimeType: 'text/plain', content, pkcs7 }];
    await expectRefused(gateway, byRsa, byRsa.buildRequest(announcement(), { attachments }), {
      code: 'SignatureVerificationFault',
      detail: 'SignatureIsInvalid',
      says: ['вложение «x.txt»', 'без криптопровайдера ГОСТ'],
      onRecord: true,
    });
  });
});
