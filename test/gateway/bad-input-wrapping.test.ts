/** Signature wrapping (XSW 1–9) and relocation on our envelope: what was signed is never what is read, and is refused. */
import { expect } from 'chai';
import { v1 as uuidv1 } from 'uuid';
import { requestData } from '../../src/envelope/index.js';
import { query } from './contents.js';
import { expectRefused } from './refusals.js';
import type { Sender } from './sender.js';
import { ID } from './sign-variant.js';
import { type TestGateway, testGateway } from './test-gateway.js';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const TYPES = 'urn://x-artefacts-smev-gov-ru/services/message-exchange/types/1.2';

/** The pieces an attacker has: a good message taken apart, and an element of the attacker's own with another content. */
interface Pieces {
  readonly good: string;
  /** With the Id of the good one. */
  readonly evil: string;
  /** With an Id of its own. */
  readonly evilOther: string;
  readonly signature: string;
}

interface Attack {
  readonly name: string;
  readonly wrapper: (p: Pieces) => string;
  readonly header?: (p: Pieces) => string;
  readonly behind?: (p: Pieces) => string;
  readonly refused: 'InvalidContent' | 'IncorrectSignatureTarget' | 'SignatureIsInvalid';
  readonly says?: string;
}

const block = (signature: string) =>
  `<ns2:CallerInformationSystemSignature>${signature}</ns2:CallerInformationSystemSignature>`;
const inside = (signature: string, before: string, more: string) => signature.replace(before, () => more + before);
/** `more` put before the end tag of the element. */
const within = (element: string, more: string) => element.replace(/<\/[^<]*>$/, (end) => more + end);
const object = (content: string) => `<ds:Object>${content}</ds:Object>`;
const wrap = (content: string) => `<wrap xmlns="urn:wrap">${content}</wrap>`;
const business = (content: string) => `<ns2:BusinessProcessMetadata>${content}</ns2:BusinessProcessMetadata>`;

const TWICE = 'встречается в сообщении 2 раза';
const ELSEWHERE = 'а подписан должен быть';

const ATTACKS: readonly Attack[] = [
  {
    name: 'XSW1: the evil element in place, the original in ds:Object',
    wrapper: (p) => p.evil + block(within(p.signature, object(p.good))),
    refused: 'SignatureIsInvalid',
    says: 'ds:Object',
  },
  {
    name: 'XSW1 with the original in KeyInfo',
    wrapper: (p) => p.evil + block(inside(p.signature, '</ds:KeyInfo>', p.good)),
    refused: 'IncorrectSignatureTarget',
    says: TWICE,
  },
  {
    name: 'XSW2: the original before the signature, as a sibling',
    wrapper: (p) => p.evil + p.good + block(p.signature),
    refused: 'InvalidContent',
  },
  {
    name: 'XSW3: the evil element before the original',
    wrapper: (p) => p.evilOther + p.good + block(p.signature),
    refused: 'InvalidContent',
  },
  { name: 'XSW3 turned round', wrapper: (p) => p.good + p.evilOther + block(p.signature), refused: 'InvalidContent' },
  {
    name: 'XSW4: the evil element around the original',
    wrapper: (p) => within(p.evilOther, p.good) + block(p.signature),
    refused: 'IncorrectSignatureTarget',
    says: ELSEWHERE,
  },
  {
    name: 'XSW4 under the same Id',
    wrapper: (p) => within(p.evil, p.good) + block(p.signature),
    refused: 'IncorrectSignatureTarget',
    says: TWICE,
  },
  {
    name: 'XSW5: the original at the end of the envelope',
    wrapper: (p) => p.evil + block(p.signature),
    behind: (p) => p.good,
    refused: 'InvalidContent',
  },
  {
    name: 'XSW5 with the original in the header',
    wrapper: (p) => p.evil + block(p.signature),
    header: (p) => p.good,
    refused: 'IncorrectSignatureTarget',
    says: TWICE,
  },
  {
    name: 'XSW5 in the header, the evil element under another Id',
    wrapper: (p) => p.evilOther + block(p.signature),
    header: (p) => p.good,
    refused: 'IncorrectSignatureTarget',
    says: ELSEWHERE,
  },
  {
    name: 'XSW6: the original inside the signature inside the evil element',
    wrapper: (p) => within(p.evil, block(inside(p.signature, '</ds:KeyInfo>', p.good))),
    refused: 'InvalidContent',
  },
  {
    name: 'XSW7: the original in a place of lax content',
    wrapper: (p) => within(p.evil, business(p.good)) + block(p.signature),
    refused: 'IncorrectSignatureTarget',
    says: TWICE,
  },
  {
    name: 'XSW7 under another Id',
    wrapper: (p) => within(p.evilOther, business(p.good)) + block(p.signature),
    refused: 'IncorrectSignatureTarget',
    says: ELSEWHERE,
  },
  {
    name: 'XSW8: the original in ds:Object, the evil element under another Id',
    wrapper: (p) => p.evilOther + block(within(p.signature, object(p.good))),
    refused: 'SignatureIsInvalid',
  },
  {
    name: 'XSW9: a second SignedInfo over the evil element',
    wrapper: (p) => p.evil + block(inside(p.signature, '<ds:SignatureValue>', '<ds:SignedInfo/>')),
    refused: 'SignatureIsInvalid',
    says: 'SignatureValue',
  },
  {
    name: 'relocation: the original wrapped, the evil element in its place',
    wrapper: (p) => wrap(p.good) + p.evilOther + block(p.signature),
    refused: 'InvalidContent',
  },
  {
    name: 'relocation into the header, wrapped',
    wrapper: (p) => p.evilOther + block(p.signature),
    header: (p) => wrap(p.good),
    refused: 'IncorrectSignatureTarget',
    says: ELSEWHERE,
  },
  {
    name: 'relocation: only the original, a level deeper',
    wrapper: (p) => wrap(p.good) + block(p.signature),
    refused: 'InvalidContent',
  },
  {
    name: "the evil element under the good one's Id, the original thrown away",
    wrapper: (p) => p.evil + block(p.signature),
    refused: 'SignatureIsInvalid',
    says: 'DigestValue',
  },
];

describe('bad input: signature wrapping', () => {
  let gateway: TestGateway;
  let agency: Sender;
  before(async () => {
    gateway = await testGateway();
    agency = gateway.as('FED001');
  });
  after(() => gateway.close());

  const take = async () => {
    const wire = await agency.buildRequest(query('11737784886'));
    const text = wire.body.toString();
    const evilId = uuidv1();
    const evil = requestData('1.2', { messageId: evilId, content: query('64003696972') }, ID);
    const pieces: Pieces = {
      good: /<ns2:SenderProvidedRequestData.*<\/ns2:SenderProvidedRequestData>/s.exec(text)![0],
      signature: /<ds:Signature .*<\/ds:Signature>/s.exec(text)![0],
      evil,
      evilOther: evil.replace(`Id="${ID}"`, 'Id="OTHER"'),
    };
    return { pieces, evilId, goodId: wire.messageId };
  };
  const envelope = (header: string, wrapper: string, after: string) =>
    `<soap:Envelope xmlns:soap="${SOAP}"><soap:Header>${header}</soap:Header><soap:Body><ns2:SendRequestRequest xmlns:ns2="${TYPES}">${wrapper}</ns2:SendRequestRequest></soap:Body>${after}</soap:Envelope>`;

  it('accepts the same pieces put together as they were', async () => {
    const { pieces, goodId } = await take();
    const body = envelope('', pieces.good + block(pieces.signature), '');
    expect((await agency.post({ contentType: 'text/xml', body })).fault).to.equal(undefined);
    expect(await gateway.store.message(goodId)).to.not.equal(undefined);
    await gateway.checkInvariants();
    await agency.ack((await agency.waitForResponse()).messageId!);
  });

  for (const { name, wrapper, header, behind, refused, says } of ATTACKS) {
    it(`refuses ${name}`, async () => {
      const { pieces, evilId, goodId } = await take();
      const body = envelope(header?.(pieces) ?? '', wrapper(pieces), behind?.(pieces) ?? '');
      const isSignature = refused !== 'InvalidContent';
      await expectRefused(
        gateway,
        agency,
        { contentType: 'text/xml', body, messageId: evilId },
        {
          code: isSignature ? 'SignatureVerificationFault' : refused,
          ...(isSignature ? { detail: refused } : {}),
          ...(says === undefined ? {} : { says: [says] }),
        },
      );
      expect(await gateway.store.message(goodId)).to.equal(undefined);
    });
  }

  it('hands out what was signed, not what a header repeats of it', async () => {
    const { pieces, goodId } = await take();
    const copy = pieces.good.replace(`Id="${ID}"`, 'Id="COPY"').replace('11737784886', '64003696972');
    const body = envelope(copy, pieces.good + block(pieces.signature), '');
    expect((await agency.post({ contentType: 'text/xml', body })).fault).to.equal(undefined);
    const answer = await agency.waitForResponse();
    expect(answer.valueOf('OriginalMessageId')).to.equal(goodId);
    expect(answer.content).to.include('11737784886').and.not.include('64003696972');
    await gateway.checkInvariants();
  });
});
