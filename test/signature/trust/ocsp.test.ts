import { expect } from 'chai';
import { answersNonce } from '../../../src/signature/index.js';
import { isUnreadable, readOcspResponse } from '../../../src/signature/trust/asn1/index.js';
import * as der from './der-writer.js';
import {
  type AnswerWishes,
  type CertificateWishes,
  DAY,
  extendedKeyUsage,
  extension,
  type Issued,
  issue,
  NOW,
  ocspResponse,
  spoilSignature,
} from './pki.js';
import { make, outcomeOf, type Pki, type Wishes } from './world.js';

const SIGNING = '1.3.6.1.5.5.7.3.9';
const noCheck = extension('1.3.6.1.5.5.7.48.1.5', der.tlv(5));

/** No list of the authority, one OCSP answer about the end certificate. */
function answered(wishes: AnswerWishes | ((pki: Pki) => AnswerWishes), spoil?: (b: Buffer) => Buffer): Wishes {
  return {
    list: null,
    more: (pki) => {
      const response = ocspResponse(pki.end, pki.authority, typeof wishes === 'function' ? wishes(pki) : wishes);
      return { responses: [spoil?.(response) ?? response] };
    },
  };
}

function delegate(issuerOf: (pki: Pki) => Issued, wishes: CertificateWishes): Wishes {
  return answered((pki) => ({ responder: issue(issuerOf(pki), false, wishes) }));
}

const appointed = { use: extendedKeyUsage(SIGNING), noCheck };
const authority = (pki: Pki) => pki.authority;

const TWINS: readonly (readonly [title: string, wishes: Wishes, expected: string])[] = [
  ['good, signed by the issuer', answered({}), 'ok'],
  ['good, the responder named by its key', answered({ byKey: true }), 'ok'],
  ['good, identifiers hashed by SHA-256', answered({ hash: 'sha256' }), 'ok'],
  ['revoked', answered({ status: 'revoked' }), 'revoked'],
  ['unknown', answered({ status: 'unknown' }), 'revocation-unknown'],
  ['a wrong signature', answered({}, spoilSignature), 'revocation-unknown'],
  ['an appointed responder', delegate(authority, { extensions: appointed }), 'ok'],
  ['a responder without the usage', delegate(authority, { extensions: { noCheck } }), 'revocation-unknown'],
  [
    'a responder appointed by the root instead',
    delegate((pki) => pki.root, { extensions: appointed }),
    'revocation-unknown',
  ],
  ['a responder that expired', delegate(authority, { extensions: appointed, until: NOW - DAY }), 'revocation-unknown'],
  [
    'a responder that must be checked and cannot',
    delegate(authority, { extensions: { use: extendedKeyUsage(SIGNING) } }),
    'revocation-unknown',
  ],
  ['an answer of tomorrow', answered({ from: NOW + DAY }), 'revocation-unknown'],
  ['an answer that ran out', answered({ from: NOW - 9 * DAY, until: NOW - 8 * DAY }), 'revocation-unknown'],
  ['an answer without nextUpdate', answered({ until: null }), 'ok'],
  ['an old answer without nextUpdate', answered({ from: NOW - 9 * DAY, until: null }), 'revocation-unknown'],
  [
    'an unknown critical extension',
    answered({ extensions: [extension('1.2.3.4', der.tlv(5), true)] }),
    'revocation-unknown',
  ],
  [
    'an answer about another number',
    { list: null, more: ({ end, authority: a }) => ({ responses: [ocspResponse({ ...end, serial: '01' }, a)] }) },
    'revocation-unknown',
  ],
  [
    'an answer about another issuer’s certificate of the number',
    { list: null, more: ({ end, root }) => ({ responses: [ocspResponse(end, root)] }) },
    'revocation-unknown',
  ],
  [
    'good by OCSP, revoked by a list',
    { ...answered({}), end: { serial: '0777' }, list: { revoked: [{ serial: '0777' }] } },
    'revoked',
  ],
  ['revoked by OCSP, good by a list', { ...answered({ status: 'revoked' }), list: {} }, 'revoked'],
];

describe('OCSP answers (RFC 6960)', () => {
  for (const [title, wishes, expected] of TWINS) {
    it(`${title} → ${expected}`, () => {
      const verdict = make(wishes).judge();
      expect(outcomeOf(verdict), verdict.text).to.equal(expected);
      if (expected === 'ok')
        expect(verdict.path[0]?.revocation).to.deep.equal({
          status: 'good',
          source: 'ocsp',
          age: verdict.path[0]?.revocation.age,
        });
    });
  }

  it('lives on an answer that ran out for the hours of grace', () => {
    const wishes = answered({ from: NOW - DAY / 2, until: NOW - DAY / 4 });
    const verdict = make(wishes, { policy: { grace: DAY / 2 } }).judge();
    expect(verdict.ok).to.equal(true);
    expect(verdict.alarms.map((a) => a.code)).to.deep.equal(['revocation-stale']);
    expect(make(wishes, { policy: { grace: 0 } }).judge().ok).to.equal(false);
  });

  it('compares a nonce where the response has one', () => {
    const { pki } = make();
    const nonce = Buffer.from('0123456789abcdef');
    const read = (wishes: AnswerWishes) => {
      const response = readOcspResponse(ocspResponse(pki.end, pki.authority, wishes));
      if (isUnreadable(response)) throw new Error(response.unreadable);
      return response;
    };
    expect(answersNonce(read({ nonce }), nonce)).to.equal(true);
    expect(answersNonce(read({}), nonce)).to.equal(true);
    expect(answersNonce(read({ nonce: Buffer.from('another') }), nonce)).to.equal(false);
  });

  it('says that a responder refused', () => {
    const refusal = readOcspResponse(der.sequence(der.tlv(0x0a, Buffer.from([3]))));
    expect(refusal).to.have.property('unreadable', 'the responder refused with status 3');
  });
});
