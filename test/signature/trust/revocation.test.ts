import { expect } from 'chai';
import * as der from './der-writer.js';
import { DAY, extension, issue, keyUsage, NOW, nameOf, newKey, revocationList, spoilSignature } from './pki.js';
import { make, outcomeOf, type Wishes } from './world.js';

type Twin = readonly [section: string, title: string, wishes: Wishes, expected: string];

const critical = extension('1.2.3.4', der.tlv(5), true);
const flag = (n: number) => der.context(n, false, Buffer.from([0xff]));
const place = (name: Buffer) => der.context(0, true, der.context(0, true, name));
const here = der.context(6, false, Buffer.from('http://a.ru/1.crl'));
const there = der.context(6, false, Buffer.from('http://a.ru/2.crl'));
const reasons = (...numbers: readonly number[]) => {
  const named = der.namedBits(...numbers);
  return Buffer.concat([Buffer.from([0x83]), named.subarray(1)]);
};
const pointsTo = (name: Buffer) => ({
  points: extension('2.5.29.31', der.sequence(der.sequence(der.context(0, true, der.context(0, true, name))))),
});

/** The end certificate is known by number before it is issued. */
const END = '0777';
const entry = { serial: END };
const end = { serial: END };
const second = (wishes: Parameters<typeof revocationList>[1]) => ({
  more: (pki: { authority: Parameters<typeof revocationList>[0] }) => ({
    lists: [revocationList(pki.authority, wishes)],
  }),
});

/** An authority that signs lists by a key of its own, certified by the root under the same name. */
function listKey(usage: readonly number[], revoked: boolean): Wishes {
  const named = nameOf('Two keys');
  const serial = '0888';
  return {
    authority: { subject: named },
    list: null,
    ...(revoked && { rootList: { revoked: [{ serial }] } }),
    more: ({ root }) => {
      const signer = issue(root, false, { subject: named, serial, extensions: { usage: keyUsage(...usage) } });
      return { certificates: [signer], lists: [revocationList(signer)] };
    },
  };
}

const TWINS: readonly Twin[] = [
  ['4.4', 'no list of the issuer', { list: null }, 'revocation-unknown'],
  ['4.4', 'no list of the root', { rootList: null }, 'revocation-unknown'],
  ['4.4', 'an end certificate that is listed', { end, list: { revoked: [entry] } }, 'revoked'],
  ['4.4', 'its neighbour is listed', { end, list: { revoked: [{ serial: '0778' }] } }, 'ok'],
  ['4.4', 'an authority that is listed', { authority: end, rootList: { revoked: [entry] } }, 'revoked'],
  ['4.4', 'a list with a wrong signature', { list: { spoil: spoilSignature } }, 'revocation-unknown'],
  ['4.4', 'a list in another’s name', { list: { issuerName: nameOf('Other') } }, 'revocation-unknown'],
  ['4.4', 'a bad list beside a good one', { list: { spoil: spoilSignature }, ...second({}) }, 'ok'],
  [
    '4.4',
    'an unknown critical extension of an entry',
    { list: { revoked: [{ serial: '01', extensions: [critical] }] } },
    'revocation-unknown',
  ],
  ['4.4', 'an unknown critical extension of the list', { list: { extensions: [critical] } }, 'revocation-unknown'],
  [
    '4.4',
    'an unknown extension that is not critical',
    { list: { extensions: [extension('1.2.3.4', der.tlv(5))] } },
    'ok',
  ],
  [
    '4.4',
    'a list that ran out long ago',
    { list: { from: NOW - 9 * DAY, until: NOW - 8 * DAY } },
    'revocation-unknown',
  ],
  ['4.4', 'a list from the future', { list: { from: NOW + DAY / 2 } }, 'revocation-unknown'],
  ['4.4', 'a list without nextUpdate, of yesterday', { list: { until: null } }, 'ok'],
  [
    '4.4',
    'a list without nextUpdate, of last year',
    { list: { from: NOW - 365 * DAY, until: null } },
    'revocation-unknown',
  ],
  [
    '4.4',
    'a negative serial number that is listed',
    { end: { serial: 'ff' }, list: { revoked: [{ serial: 'ff' }] } },
    'revoked',
  ],
  [
    '4.4',
    'the positive number of the same octet',
    { end: { serial: 'ff' }, list: { revoked: [{ serial: '00ff' }] } },
    'ok',
  ],
  [
    '4.4',
    'a serial number of twenty octets that is listed',
    { end: { serial: '7f'.repeat(20) }, list: { revoked: [{ serial: '7f'.repeat(20) }] } },
    'revoked',
  ],
  [
    '4.4',
    'one that differs in its last octet',
    { end: { serial: '7f'.repeat(20) }, list: { revoked: [{ serial: `${'7f'.repeat(19)}7e` }] } },
    'ok',
  ],
  ['4.4', 'a separate key for lists', listKey([6], false), 'ok'],
  ['4.4', 'a separate key for lists that is revoked', listKey([6], true), 'revocation-unknown'],
  ['4.7', 'a separate key without cRLSign', listKey([0], false), 'revocation-unknown'],
  [
    '4.14',
    'a list for the place the certificate names',
    { end: { extensions: pointsTo(here) }, list: { scope: [place(here)] } },
    'ok',
  ],
  [
    '4.14',
    'a list for another place',
    { end: { extensions: pointsTo(here) }, list: { scope: [place(there)] } },
    'revocation-unknown',
  ],
  [
    '4.14',
    'a list for a place, and a certificate that names none',
    { list: { scope: [place(here)] } },
    'revocation-unknown',
  ],
  ['4.14', 'a list for all places', { end: { extensions: pointsTo(here) } }, 'ok'],
  ['4.14', 'a list of end certificates only', { list: { scope: [flag(1)] } }, 'ok'],
  ['4.14', 'a list of authorities only', { list: { scope: [flag(2)] } }, 'revocation-unknown'],
  ['4.14', 'a root’s list of authorities only', { rootList: { scope: [flag(2)] } }, 'ok'],
  ['4.14', 'a list of attribute certificates only', { list: { scope: [flag(5)] } }, 'revocation-unknown'],
  ['4.14', 'a list of some reasons', { list: { scope: [reasons(1, 2)] } }, 'revocation-unknown'],
  [
    '4.14',
    'two lists of all reasons together',
    { list: { scope: [reasons(1, 2)] }, ...second({ scope: [reasons(3, 4, 5, 6, 7, 8)] }) },
    'ok',
  ],
  [
    '4.14',
    'revoked in the second of them',
    { end, list: { scope: [reasons(1, 2)] }, ...second({ scope: [reasons(3, 4, 5, 6, 7, 8)], revoked: [entry] }) },
    'revoked',
  ],
  ['4.14', 'an indirect list, outside this profile', { list: { scope: [flag(4)] } }, 'revocation-unknown'],
  [
    '4.15',
    'a delta that adds the certificate',
    { end, list: { number: 5 }, ...second({ number: 6, base: 5, revoked: [entry] }) },
    'revoked',
  ],
  [
    '4.15',
    'a delta that removes it',
    {
      end,
      list: { number: 5, revoked: [{ serial: END, reason: 6 }] },
      ...second({ number: 6, base: 5, revoked: [{ serial: END, reason: 8 }] }),
    },
    'ok',
  ],
  [
    '4.15',
    'a delta of a newer base than the list',
    { end, list: { number: 5 }, ...second({ number: 7, base: 6, revoked: [entry] }) },
    'ok',
  ],
  [
    '4.15',
    'a delta that ran out',
    {
      end,
      list: { number: 5 },
      ...second({
        number: 6,
        base: 5,
        from: NOW - 3 * DAY,
        until: NOW - 2 * DAY,
        revoked: [{ serial: END, reason: 8 }],
      }),
    },
    'ok',
  ],
  ['4.15', 'a delta alone', { list: null, ...second({ number: 6, base: 5 }) }, 'revocation-unknown'],
  [
    '4.15',
    'a delta of another scope',
    { end, list: { number: 5 }, ...second({ number: 6, base: 5, scope: [flag(1)], revoked: [entry] }) },
    'ok',
  ],
];

describe('revocation lists (RFC 5280 §6.3), every class valid and one step away', () => {
  for (const [section, title, wishes, expected] of TWINS) {
    it(`${section}: ${title} → ${expected}`, () => {
      const verdict = make(wishes).judge();
      expect(outcomeOf(verdict), verdict.text).to.equal(expected);
    });
  }

  it('does not believe a list whose signer rests on the very certificate in question', () => {
    const { judge } = make({
      rootList: null,
      more: ({ root, authority }) => {
        const signer = issue(authority, false, { subject: root.subject, extensions: { usage: keyUsage(6) } });
        return { certificates: [signer], lists: [revocationList(signer)] };
      },
    });
    expect(outcomeOf(judge())).to.equal('revocation-unknown');
  });

  it('4.5: follows an authority that changed its key, and its lists', () => {
    const named = nameOf('Rollover');
    const old = newKey();
    const made = make({
      authority: { subject: named, key: old },
      more: ({ authority }) => {
        const renewed = issue(authority, true, { subject: named });
        return { certificates: [renewed], lists: [revocationList(renewed)], end: issue(renewed, false) };
      },
    });
    expect(outcomeOf(made.judge())).to.equal('ok');
  });

  it('lives on a list that ran out for the hours of grace, with an alarm, and not a millisecond longer', () => {
    const until = NOW - DAY / 4;
    const { judge } = make({ list: { until } }, { policy: { grace: DAY / 2 } });
    const graced = judge();
    expect(graced.ok).to.equal(true);
    expect(graced.alarms.map((a) => a.code)).to.deep.equal(['revocation-stale']);
    expect(graced.alarms[0]?.text).to.contain('просрочены с 2025-12-31 18:00, принимаются до 2026-01-01 06:00');
    expect(judge(until - 1).alarms).to.deep.equal([]);
    expect(judge(until + DAY / 2 - 1).ok).to.equal(true);
    expect(outcomeOf(judge(until + DAY / 2))).to.equal('revocation-unknown');
  });

  it('calls a list stale by its age even before its nextUpdate', () => {
    const wishes = { list: { from: NOW - 10 * DAY, until: NOW + 300 * DAY } };
    expect(make(wishes, { policy: { listAge: 11 * DAY } }).judge().alarms).to.deep.equal([]);
    expect(make(wishes, { policy: { listAge: 9.9 * DAY } }).judge().alarms).to.have.length(1);
    expect(make(wishes, { policy: { listAge: 9 * DAY } }).judge().ok).to.equal(false);
  });

  it('lets an issuer without any list pass with an alarm where the policy says so, and only without any', () => {
    const policy = { revocation: 'when-known' } as const;
    const none = make({ list: null }, { policy }).judge();
    expect(none.ok).to.equal(true);
    expect(none.alarms.map((a) => a.code)).to.deep.equal(['revocation-unchecked']);
    expect(none.path[0]?.revocation.status).to.equal('unchecked');
    expect(make({ list: { spoil: spoilSignature } }, { policy }).judge().ok).to.equal(false);
  });
});
