/** The caller's signature against the profile: structure, algorithms, value. Every variant is one step from the valid twin. */
import { expect } from 'chai';
import { ENVELOPED, EXC_C14N, SMEV_TRANSFORM } from '../../src/signature/index.js';
import { query } from './contents.js';
import { changed, type Expected, expectRefused, type Wire, xml } from './refusals.js';
import type { Sender } from './sender.js';
import { requestVariant, transform, type Variant } from './sign-variant.js';
import { type TestGateway, testGateway } from './test-gateway.js';

const SNILS = '11737784886';
const OPEN_BLOCK = '<ns2:CallerInformationSystemSignature>';
const BLOCK = /<ns2:CallerInformationSystemSignature>.*<\/ns2:CallerInformationSystemSignature>/s;
const fault = (detail: NonNullable<Expected['detail']>, ...says: (string | RegExp)[]): Expected => ({
  code: 'SignatureVerificationFault',
  detail,
  says,
});

describe("bad input: the caller's signature", () => {
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

  describe('the block', () => {
    it('is missed with InvalidContent and no ValidationError, as the real one answers', async () => {
      const answer = await refused(changed(variant(), BLOCK, ''), {
        code: 'InvalidContent',
        says: ['CallerInformationSystemSignature', 'подпишите'],
      });
      expect(answer.fault!.errors).to.deep.equal([]);
    });

    it('is found empty, or with something else in it', async () => {
      await refused(
        changed(variant(), BLOCK, `${OPEN_BLOCK}</ns2:CallerInformationSystemSignature>`),
        fault('NoSignatureFound', 'пуст'),
      );
      await refused(
        changed(variant(), BLOCK, `${OPEN_BLOCK}<x xmlns="urn:x"/></ns2:CallerInformationSystemSignature>`),
        fault('NoSignatureFound', 'стоит x'),
      );
      const wrongNamespace = variant({ signature: (s) => s.replace('2000/09/xmldsig#"', '2000/09/xmldsig"') });
      await refused(wrongNamespace, fault('NoSignatureFound', 'ds:Signature'));
    });

    it('holds one ds:Signature and nothing beside it', async () => {
      await refused(variant({ signature: (s) => s + s }), fault('IncorrectSignatureTarget', 'одна ds:Signature'));
    });

    it('is refused twice, or in another place', async () => {
      const wire = variant();
      const [block] = BLOCK.exec(wire.body.toString())!;
      await refused(changed(wire, BLOCK, block + block), {
        code: 'InvalidContent',
        errors: ['CallerInformationSystemSignature'],
      });
      await refused(
        changed(changed(wire, BLOCK, ''), '<ns2:SenderProvidedRequestData', `${block}<ns2:SenderProvidedRequestData`),
        {
          code: 'InvalidContent',
          errors: ['SenderProvidedRequestData'],
        },
      );
    });
  });

  describe('what it points to', () => {
    it('must be the element the operation signs', async () => {
      for (const uri of [
        '#OTHER',
        '',
        '#',
        ID_OF_NOTHING,
        '#xpointer(/)',
        'http://127.0.0.1:1/x',
        'file:///etc/passwd',
      ]) {
        await refused(
          variant({ uri }),
          fault('IncorrectSignatureTarget', `указывает на «${uri}»`, 'SenderProvidedRequestData'),
        );
      }
    });

    it('must be said: a Reference without URI, none, two, a Manifest', async () => {
      await refused(
        variant({ reference: (r) => r.replace(/ URI="[^"]*"/, '') }),
        fault('IncorrectSignatureTarget', 'указывает на «»'),
      );
      await refused(variant({ reference: () => '' }), fault('IncorrectSignatureTarget', 'нет Reference'));
      await refused(variant({ reference: (r) => r + r }), fault('IncorrectSignatureTarget', 'одна Reference'));
      await refused(variant({ reference: (r) => r.repeat(10_000) }), fault('IncorrectSignatureTarget', '9999'));
      await refused(
        variant({ reference: (r) => r.replace('<ds:DigestMethod', '<ds:Manifest/>$&') }),
        fault('SignatureIsInvalid'),
      );
    });

    it('must bear an Id by that name, not ID, id, xml:id or wsu:Id', async () => {
      for (const name of ['ID', 'id', 'xml:id', 'wsu:Id']) {
        const wire = variant({ sent: (e) => e.replace(' Id="', ` xmlns:wsu="urn:wsu" ${name}="`) });
        const answer = await agency.post(wire);
        expect(['InvalidContent', 'SignatureVerificationFault']).to.include(answer.fault!.code);
        expect(await gateway.store.message(wire.messageId)).to.equal(undefined);
      }
    });

    it('must bear an Id that nothing else in the envelope bears, however it is spelt', async () => {
      const header = (attribute: string) =>
        `<soap:Header><x xmlns:wsu="urn:wsu" ${attribute}="SIGNED_BY_CONSUMER"/></soap:Header><soap:Body>`;
      for (const name of ['Id', 'ID', 'id', 'xml:id', 'wsu:Id']) {
        await refused(
          changed(variant(), '<soap:Body>', header(name)),
          fault('IncorrectSignatureTarget', 'SIGNED_BY_CONSUMER', 'soap:Header'),
        );
      }
      await accepted(changed(variant(), '<soap:Body>', header('ref')));
    });
  });

  describe('its form', () => {
    it('has one SignedInfo, then one SignatureValue, then one KeyInfo, and no Object', async () => {
      const info = /<ds:SignedInfo>.*<\/ds:SignedInfo>/s;
      await refused(
        variant({ signature: (s) => s.replace(info, (i) => i + i) }),
        fault('SignatureIsInvalid', 'SignatureValue'),
      );
      await refused(
        variant({ signature: (s) => s.replace('</ds:Signature>', () => `${info.exec(s)![0]}</ds:Signature>`) }),
        fault('SignatureIsInvalid', 'лишний элемент'),
      );
      await refused(variant({ signature: (s) => s.replace(info, '') }), fault('SignatureIsInvalid', 'SignedInfo'));
      await refused(
        variant({ signature: (s) => s.replace('</ds:Signature>', '<ds:Object/></ds:Signature>') }),
        fault('SignatureIsInvalid', 'ds:Object'),
      );
    });

    it('has plain text in DigestValue and SignatureValue: no comment, no element, base64 only', async () => {
      for (const name of ['DigestValue', 'SignatureValue']) {
        for (const bad of ['<!--evil-->', '<ds:x/>', '*', '=']) {
          const wire = variant({ signature: (s) => s.replace(`<ds:${name}>`, `<ds:${name}>${bad}`) });
          await refused(wire, fault('SignatureIsInvalid', `${name} не является base64`));
        }
        await refused(
          variant({ signature: (s) => s.replace(new RegExp(`(<ds:${name}>)[^<]*`), '$1') }),
          fault('SignatureIsInvalid', name),
        );
      }
    });

    it('transforms by exc-c14n, then by SMEV, and by nothing else', async () => {
      const [c14n, smev] = [transform(EXC_C14N), transform(SMEV_TRANSFORM)];
      const prefixes = '<i:InclusiveNamespaces xmlns:i="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="a"/>';
      const bad = [
        '',
        c14n,
        smev,
        smev + c14n,
        c14n + smev + smev,
        c14n + smev + transform(ENVELOPED),
        transform(EXC_C14N, prefixes) + smev,
        c14n + transform(SMEV_TRANSFORM, '<x/>'),
        transform('http://www.w3.org/TR/1999/REC-xslt-19991116', '<x/>') + c14n + smev,
        transform('http://www.w3.org/TR/1999/REC-xpath-19991116', '<ds:XPath>1</ds:XPath>') + c14n + smev,
        transform('http://www.w3.org/2000/09/xmldsig#base64') + c14n + smev,
        transform('http://www.w3.org/TR/2001/REC-xml-c14n-20010315') + smev,
        transform(`${EXC_C14N}WithComments`) + smev,
        (c14n + smev).repeat(500),
      ];
      for (const transforms of bad) {
        await refused(
          variant({ transforms }),
          fault('SignatureIsInvalid', 'преобразования должны быть', EXC_C14N, SMEV_TRANSFORM),
        );
      }
      await refused(
        variant({ reference: (r) => r.replace(/<ds:Transforms>.*<\/ds:Transforms>/, '') }),
        fault('SignatureIsInvalid', 'Transforms'),
      );
      await accepted(variant({ transforms: transform(ENVELOPED) + c14n + smev }));
    });

    it('canonicalises SignedInfo by exc-c14n without parameters', async () => {
      const says = 'CanonicalizationMethod должен быть';
      for (const c14n of [
        'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
        `${EXC_C14N}WithComments`,
        'urn:none',
        '',
      ]) {
        await refused(variant({ c14n }), fault('SignatureIsInvalid', says));
      }
      await refused(
        variant({ c14nContent: '<i:InclusiveNamespaces xmlns:i="urn:i"/>' }),
        fault('SignatureIsInvalid', says),
      );
    });
  });

  it('refuses an unsigned poll and an unsigned Ack alike', async () => {
    const poll = await agency.buildPoll('GetResponse');
    await refused(xml(poll.body.toString().replace(BLOCK, '')), { code: 'InvalidContent', says: ['подпишите'] });
    const emptyBlock = xml(poll.body.toString().replace(BLOCK, `${OPEN_BLOCK}</ns2:CallerInformationSystemSignature>`));
    await refused(emptyBlock, fault('NoSignatureFound', 'пуст'));
  });
});

const ID_OF_NOTHING = '#signed_by_consumer';
