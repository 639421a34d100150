/** The caller's signature against the profile: algorithms and value. Every variant is one step from the valid twin. */
import { expect } from 'chai';
import { SIGNATURES } from '../../src/signature/index.js';
import { query } from './contents.js';
import { changed, type Expected, expectRefused, type Wire } from './refusals.js';
import type { Sender } from './sender.js';
import { requestVariant, type Variant } from './sign-variant.js';
import { type TestGateway, testGateway } from './test-gateway.js';

const SNILS = '11737784886';
const fault = (detail: NonNullable<Expected['detail']>, ...says: (string | RegExp)[]): Expected => ({
  code: 'SignatureVerificationFault',
  detail,
  says,
});

describe("bad input: the caller's signature, algorithms and value", () => {
  let gateway: TestGateway;
  let agency: Sender;
  before(async () => {
    // Two accepted requests below go to nobody: only refusals are looked at.
    gateway = await testGateway({ adapters: new Map() });
    agency = gateway.as('FED001');
  });
  after(() => gateway.close());

  const variant = (v: Variant = {}) => requestVariant(agency, query(SNILS), v);
  const refused = (wire: Wire | Promise<Wire>, expected: Expected) => expectRefused(gateway, agency, wire, expected);
  const accepted = async (wire: Wire) => {
    const answer = await agency.post(wire);
    expect(answer.fault).to.equal(undefined);
    expect(await gateway.store.message(wire.messageId!)).to.not.equal(undefined);
    await gateway.checkInvariants();
  };

  it('accepts the twin that nothing was changed in', () => accepted(variant()));

  describe('its algorithms', () => {
    it('are no HMAC, least of all under the public key', async () => {
      const certificate = Buffer.from(agency.signer.certificate, 'base64');
      for (const signatureMethod of [
        'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256',
        'http://www.w3.org/2000/09/xmldsig#hmac-sha1',
      ]) {
        await refused(
          variant({ signatureMethod, hmacKey: certificate }),
          fault('SignatureIsInvalid', signatureMethod, 'не допускается'),
        );
      }
      const truncated = { methodContent: '<ds:HMACOutputLength>0</ds:HMACOutputLength>' };
      await refused(
        variant({
          ...truncated,
          signatureMethod: 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256',
          hmacKey: certificate,
        }),
        fault('SignatureIsInvalid', 'параметров'),
      );
      await refused(variant(truncated), fault('SignatureIsInvalid', 'параметров'));
    });

    it('are no SHA-1, no MD5, none we do not know', async () => {
      for (const [signatureMethod, hash] of [
        ['http://www.w3.org/2000/09/xmldsig#rsa-sha1', 'sha1'],
        ['http://www.w3.org/2001/04/xmldsig-more#rsa-md5', 'md5'],
        ['urn:none', 'sha256'],
        ['constructor', 'sha256'],
      ] as const) {
        await refused(
          variant({ signatureMethod, hash }),
          fault('SignatureIsInvalid', `«${signatureMethod}» не допускается`),
        );
      }
      for (const digestMethod of ['http://www.w3.org/2000/09/xmldsig#sha1', 'urn:none', 'toString']) {
        await refused(variant({ digestMethod }), fault('SignatureIsInvalid', `«${digestMethod}» не допускается`));
      }
    });

    it('fit the registered key: ECDSA and PSS by name only do not verify', async () => {
      for (const signatureMethod of [SIGNATURES.ecdsaSha256, SIGNATURES.rsaPssSha256, SIGNATURES.rsaSha512]) {
        await refused(variant({ signatureMethod }), fault('SignatureIsInvalid', 'SignatureValue'));
      }
    });
  });

  describe('its value', () => {
    it('breaks with one byte of the content, naming both digests', async () => {
      await refused(
        changed(variant(), SNILS, '11737784887'),
        fault('SignatureIsInvalid', 'не совпадает с DigestValue', 'вычислен', 'указан'),
      );
      // Blank text between elements is not signed: the SMEV transform drops it (its step 6).
      await accepted(changed(variant(), '<q:elements>', '<q:elements >\n'));
    });

    it('breaks with one bit of DigestValue or SignatureValue', async () => {
      const flip = (name: string) => (s: string) =>
        s.replace(new RegExp(`(?<=<ds:${name}>)[^<]+`), (text) => {
          const bytes = Buffer.from(text, 'base64');
          bytes[7]! ^= 1;
          return bytes.toString('base64');
        });
      await refused(
        variant({ signature: flip('DigestValue') }),
        fault('SignatureIsInvalid', 'не совпадает с DigestValue'),
      );
      await refused(
        variant({ signature: flip('SignatureValue') }),
        fault('SignatureIsInvalid', 'хэш верен', 'SignatureValue'),
      );
      await refused(variant({ digestValue: () => 'AAAA' }), fault('SignatureIsInvalid', 'указан AAAA'));
    });

    it('breaks with any change to SignedInfo after signing', async () => {
      await refused(
        variant({ signature: (s) => s.replace('<ds:SignedInfo>', '<ds:SignedInfo Id="x">') }),
        fault('SignatureIsInvalid', 'SignedInfo изменён'),
      );
      await accepted(
        variant({ signature: (s) => s.replace('<ds:SignedInfo>', '<ds:SignedInfo ><!-- c14n drops this -->') }),
      );
    });

    it('is never too short, too long, empty or zero', async () => {
      for (const bytes of [1, 255, 257, 4_096]
        .map((n) => Buffer.alloc(n, 1))
        .concat(Buffer.alloc(256), Buffer.alloc(256, 0xff))) {
        const wire = variant({
          signature: (s) => s.replace(/(?<=<ds:SignatureValue>)[^<]+/, bytes.toString('base64')),
        });
        await refused(wire, fault('SignatureIsInvalid', 'SignatureValue'));
      }
    });
  });
});
