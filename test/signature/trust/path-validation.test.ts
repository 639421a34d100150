import { expect } from 'chai';
import * as der from './der-writer.js';
import {
  basicConstraints,
  DAY,
  extendedKeyUsage,
  extension,
  issue,
  keyUsage,
  NOW,
  nameOf,
  newKey,
  revocationList,
  spoilSignature,
} from './pki.js';
import { make, outcomeOf, type Wishes } from './world.js';

/** Section of PKITS whose twin it is · what is made · expected: `ok`, or the code of the problem. */
type Twin = readonly [section: string, title: string, wishes: Wishes, expected: string];

const constraints = (permitted: readonly Buffer[], excluded: readonly Buffer[] = []) => ({
  names: extension(
    '2.5.29.30',
    der.sequence(
      ...(permitted.length > 0 ? [der.context(0, true, ...permitted.map((n) => der.sequence(n)))] : []),
      ...(excluded.length > 0 ? [der.context(1, true, ...excluded.map((n) => der.sequence(n)))] : []),
    ),
    true,
  ),
});
const alternative = (...names: readonly Buffer[]) => ({ alt: extension('2.5.29.17', der.sequence(...names)) });
const dn = (...parts: readonly string[]) => der.context(4, true, nameOf(...parts));
const email = (text: string) => der.context(1, false, Buffer.from(text));
const dns = (text: string) => der.context(2, false, Buffer.from(text));
const uri = (text: string) => der.context(6, false, Buffer.from(text));
const ip = (...octets: readonly number[]) => der.context(7, false, Buffer.from(octets));
const limited = (base: Buffer, end: Buffer): Wishes => ({
  authority: { extensions: constraints([base]) },
  end: { extensions: alternative(end) },
});
const forbidden = (base: Buffer, end: Buffer): Wishes => ({
  authority: { extensions: constraints([], [base]) },
  end: { extensions: alternative(end) },
});
const mailInSubject = (address: string) =>
  der.sequence(der.set(der.sequence(der.oid('1.2.840.113549.1.9.1'), der.text(address, 0x16))));

/** A second authority below the first, which issues the end certificate. */
function below(authority: Wishes['authority'], second: Wishes['authority'], selfIssued = false): Wishes {
  const named = nameOf('Authority of twins');
  return {
    authority: { subject: named, ...authority },
    more: (pki) => {
      const lower = issue(pki.authority, true, { ...(selfIssued && { subject: named }), ...second });
      return {
        certificates: [lower],
        lists: [revocationList(lower)],
        end: issue(lower, false),
      };
    },
  };
}

const TWINS: readonly Twin[] = [
  ['4.1', 'signatures that verify', {}, 'ok'],
  ['4.1', 'a wrong signature of the authority', { authority: { spoil: spoilSignature } }, 'bad-signature'],
  ['4.1', 'a wrong signature of the end certificate', { end: { spoil: spoilSignature } }, 'bad-signature'],
  ['4.2', 'an authority from tomorrow on', { authority: { from: NOW + DAY } }, 'not-yet-valid'],
  ['4.2', 'an end certificate from tomorrow on', { end: { from: NOW + DAY } }, 'not-yet-valid'],
  ['4.2', 'an authority until yesterday', { authority: { until: NOW - DAY } }, 'expired'],
  ['4.2', 'an end certificate until yesterday', { end: { until: NOW - DAY } }, 'expired'],
  ['4.2', 'a root until yesterday', { root: { until: NOW - DAY } }, 'expired'],
  ['4.2', 'the very second of notAfter', { end: { until: NOW } }, 'ok'],
  ['4.2', 'the second after it', { end: { until: NOW - 1000 } }, 'expired'],
  ['4.2', 'dates in GeneralizedTime', { end: { generalized: true } }, 'ok'],
  ['4.2', 'a notBefore of 1950 in UTCTime', { end: { from: Date.UTC(1950, 0, 1) } }, 'ok'],
  ['4.2', 'a notAfter of 2099', { end: { until: Date.UTC(2099, 0, 1) } }, 'ok'],
  [
    '4.3',
    'an issuer name in another case, with other spaces and of another string type',
    { authority: { subject: nameOf('Good  Authority') }, end: { issuerName: nameOf([' good authority', 0x13]) } },
    'ok',
  ],
  [
    '4.3',
    'an issuer name of the same parts in another order',
    { authority: { subject: nameOf('One', 'Two') }, end: { issuerName: nameOf('Two', 'One') } },
    'no-chain',
  ],
  [
    '4.3',
    'an issuer name of one letter more',
    { authority: { subject: nameOf('One') }, end: { issuerName: nameOf('Ones') } },
    'no-chain',
  ],
  ['4.6', 'an authority without basicConstraints', { authority: { extensions: { basic: null } } }, 'not-an-authority'],
  [
    '4.6',
    'an authority with cA false',
    { authority: { extensions: { basic: basicConstraints(false) } } },
    'not-an-authority',
  ],
  [
    '4.6',
    'pathLen 0 above an end certificate',
    { authority: { extensions: { basic: basicConstraints(true, 0) } } },
    'ok',
  ],
  [
    '4.6',
    'pathLen 0 above an authority',
    below({ extensions: { basic: basicConstraints(true, 0) } }, {}),
    'path-length',
  ],
  ['4.6', 'pathLen 1 above an authority', below({ extensions: { basic: basicConstraints(true, 1) } }, {}), 'ok'],
  [
    '4.6',
    'pathLen 0 of the root above an authority',
    { root: { extensions: { basic: basicConstraints(true, 0) } } },
    'path-length',
  ],
  [
    '4.6',
    'pathLen 0 above a self-issued authority',
    below({ extensions: { basic: basicConstraints(true, 0) } }, {}, true),
    'ok',
  ],
  ['4.7', 'an authority without keyCertSign', { authority: { extensions: { usage: keyUsage(0, 6) } } }, 'key-usage'],
  ['4.7', 'an authority without keyUsage', { authority: { extensions: { usage: null } } }, 'ok'],
  ['4.7', 'an authority without cRLSign', { authority: { extensions: { usage: keyUsage(5) } } }, 'revocation-unknown'],
  ['own', 'an end certificate for keyEncipherment only', { end: { extensions: { usage: keyUsage(2) } } }, 'key-usage'],
  ['own', 'an end certificate without keyUsage', { end: { extensions: { usage: null } } }, 'ok'],
  ['own', 'extKeyUsage clientAuth', { end: { extensions: { use: extendedKeyUsage('1.3.6.1.5.5.7.3.2') } } }, 'ok'],
  [
    'own',
    'extKeyUsage serverAuth only',
    { end: { extensions: { use: extendedKeyUsage('1.3.6.1.5.5.7.3.1') } } },
    'extended-key-usage',
  ],
  [
    'own',
    'extKeyUsage timeStamping only',
    { end: { extensions: { use: extendedKeyUsage('1.3.6.1.5.5.7.3.8') } } },
    'extended-key-usage',
  ],
  [
    '4.13',
    'a subject below the permitted name',
    { authority: { extensions: constraints([dn('RU')]) }, end: { subject: nameOf('RU', 'A') } },
    'ok',
  ],
  [
    '4.13',
    'a subject beside it',
    { authority: { extensions: constraints([dn('RU')]) }, end: { subject: nameOf('R', 'A') } },
    'name-constraints',
  ],
  [
    '4.13',
    'a subject below the excluded name',
    { authority: { extensions: constraints([], [dn('RU')]) }, end: { subject: nameOf('ru', 'A') } },
    'name-constraints',
  ],
  [
    '4.13',
    'a subject beside the excluded name',
    { authority: { extensions: constraints([], [dn('RU')]) }, end: { subject: nameOf('R', 'A') } },
    'ok',
  ],
  ['4.13', 'an alternative name outside', limited(dn('Signer'), dn('Other')), 'name-constraints'],
  [
    '4.13',
    'constraints of the root',
    { root: { extensions: constraints([], [dn('X')]) }, end: { subject: nameOf('X') } },
    'name-constraints',
  ],
  ['4.13', 'a mailbox of the permitted host', limited(email('a.ru'), email('b@a.ru')), 'ok'],
  ['4.13', 'a mailbox of a host below it', limited(email('a.ru'), email('b@x.a.ru')), 'name-constraints'],
  ['4.13', 'a mailbox below the permitted domain', limited(email('.a.ru'), email('b@x.a.ru')), 'ok'],
  ['4.13', 'a mailbox of the domain itself', limited(email('.a.ru'), email('b@a.ru')), 'name-constraints'],
  ['4.13', 'the permitted mailbox', limited(email('b@a.ru'), email('b@A.ru')), 'ok'],
  ['4.13', 'another mailbox of the host', limited(email('b@a.ru'), email('B@a.ru')), 'name-constraints'],
  ['4.13', 'an excluded host', forbidden(email('a.ru'), email('b@a.ru')), 'name-constraints'],
  [
    '4.13',
    'an address in the subject outside',
    { authority: { extensions: constraints([email('a.ru')]) }, end: { subject: mailInSubject('b@c.ru') } },
    'name-constraints',
  ],
  [
    '4.13',
    'an address in the subject inside',
    { authority: { extensions: constraints([email('a.ru')]) }, end: { subject: mailInSubject('b@a.ru') } },
    'ok',
  ],
  ['4.13', 'a host below the permitted one', limited(dns('a.ru'), dns('x.a.ru')), 'ok'],
  ['4.13', 'a host that only ends alike', limited(dns('a.ru'), dns('xa.ru')), 'name-constraints'],
  ['4.13', 'a host below the excluded one', forbidden(dns('a.ru'), dns('x.A.ru')), 'name-constraints'],
  ['4.13', 'a URI of a host below the permitted domain', limited(uri('.a.ru'), uri('https://u@x.a.ru:1/p')), 'ok'],
  ['4.13', 'a URI of the domain itself', limited(uri('.a.ru'), uri('https://a.ru/p')), 'name-constraints'],
  [
    '4.13',
    'a URI whose path looks like the domain',
    limited(uri('.a.ru'), uri('https://b.ru/x.a.ru')),
    'name-constraints',
  ],
  ['4.13', 'a URI without host where hosts are excluded', forbidden(uri('a.ru'), uri('urn:a.ru')), 'name-constraints'],
  [
    '4.13',
    'a form this profile does not compare',
    limited(ip(10, 0, 0, 0, 255, 0, 0, 0), ip(10, 0, 0, 1)),
    'name-constraints',
  ],
  ['4.13', 'constraints of a form the names do not have', limited(ip(10, 0, 0, 0, 255, 0, 0, 0), dns('a.ru')), 'ok'],
  [
    '4.16',
    'an unknown critical extension',
    { end: { extensions: { x: extension('1.2.3.4', der.tlv(5), true) } } },
    'unknown-critical-extension',
  ],
  [
    '4.16',
    'an unknown extension that is not critical',
    { end: { extensions: { x: extension('1.2.3.4', der.tlv(5)) } } },
    'ok',
  ],
  [
    '4.8',
    'a critical policyConstraints, as policies are outside the profile',
    { authority: { extensions: { x: extension('2.5.29.36', der.sequence(), true) } } },
    'unknown-critical-extension',
  ],
  ['own', 'one extension twice', { end: { extensions: { x: keyUsage(0) } } }, 'unreadable'],
];

describe('path validation (RFC 5280 §6.1), every class valid and one step away', () => {
  for (const [section, title, wishes, expected] of TWINS) {
    it(`${section}: ${title} → ${expected}`, () => {
      const verdict = make(wishes).judge();
      expect(outcomeOf(verdict), verdict.text).to.equal(expected);
      expect(verdict.text === '').to.equal(verdict.ok);
    });
  }

  it('names the whole path, with dates and how fresh the answers about it are', () => {
    const { path } = make().judge();
    expect(path).to.have.length(3);
    expect(path.map((p) => p.revocation)).to.deep.equal([
      { status: 'good', source: 'crl', age: 86_400 },
      { status: 'good', source: 'crl', age: 86_400 },
      { status: 'anchor', source: 'none' },
    ]);
    expect(path[0]).to.include({ notBefore: '2025-01-01T00:00:00.000Z', notAfter: '2027-01-01T00:00:00.000Z' });
  });

  it('does not take a certificate for a root because it looks like one', () => {
    const key = newKey();
    const { store, pki } = make();
    const false_ = issue(undefined, true, { subject: pki.root.subject, key });
    expect(outcomeOf(store.judgeDer(issue(false_, false).der, NOW))).to.equal('bad-signature');
    expect(outcomeOf(store.judgeDer(false_.der, NOW))).to.match(/key-usage|no-chain|bad-signature/);
  });

  it('finds the way where a hundred authorities bear the issuer’s name, and gives up in bounded time where none leads on', () => {
    const named = nameOf('Crowd');
    const crowd = (n: number) => Array.from({ length: n }, () => issue(undefined, true, { subject: named }));
    const { judge } = make({ authority: { subject: named }, more: () => ({ certificates: crowd(100) }) });
    expect(outcomeOf(judge())).to.equal('ok');
    const lost = make({
      authority: { subject: named, spoil: spoilSignature },
      more: () => ({ certificates: crowd(300) }),
    });
    expect(outcomeOf(lost.judge())).to.match(/bad-signature|no-chain/);
  });
});
