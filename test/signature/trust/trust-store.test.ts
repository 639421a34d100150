import { X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import { issueIdentity } from '../../../certs-dev/issue.js';
import {
  type Certificate,
  derOf,
  expiryWarnings,
  isUnreadable,
  readCertificate,
  TrustStore,
  verifyByOpenssl,
} from '../../../src/signature/index.js';
import { DAY, issue, NOW, revocationList } from './pki.js';
import { make, outcomeOf } from './world.js';

describe('the trust store', () => {
  it('verifies signatures once, however often a certificate is judged', () => {
    let verified = 0;
    const { judge } = make(
      {},
      {
        verifySignedBy: (signed, key) => {
          verified++;
          return verifyByOpenssl(signed, key);
        },
      },
    );
    const first = judge();
    const after = verified;
    expect(judge(NOW + 60_000)).to.equal(first);
    expect(judge(NOW + 6 * 60_000)).to.not.equal(first);
    expect(verified).to.equal(after);
    expect(after).to.be.lessThan(8);
  });

  it('looks at dates although the verdict is kept', () => {
    const until = NOW + 2_000;
    const { judge } = make({ end: { from: NOW - 2_000, until } });
    expect(judge().ok).to.equal(true);
    expect(judge(until).ok).to.equal(true);
    expect(outcomeOf(judge(until + 1_000))).to.equal('expired');
    expect(judge(NOW - 1_000).ok).to.equal(true);
    expect(outcomeOf(judge(NOW - 3_000))).to.equal('not-yet-valid');
    expect(judge().ok).to.equal(true);
  });

  it('sees the end of a list although the verdict is kept', () => {
    const { judge } = make({ list: { until: NOW + 1_000 } }, { policy: { grace: 0 } });
    expect(judge().ok).to.equal(true);
    expect(judge(NOW + 999).ok).to.equal(true);
    expect(outcomeOf(judge(NOW + 1_000))).to.equal('revocation-unknown');
  });

  it('judges by new lists from the moment it is handed them', () => {
    const { pki, store, judge } = make();
    expect(judge().ok).to.equal(true);
    const list = revocationList(pki.authority, { number: 2, revoked: [{ serial: pki.end.serial, reason: 1 }] });
    const file = (content: Buffer) => ({ name: 'x', content });
    store.renew({
      roots: [file(pki.root.der)],
      intermediates: [file(pki.authority.der)],
      lists: [file(list), file(revocationList(pki.root))],
      responses: [],
    });
    expect(outcomeOf(judge())).to.equal('revoked');
    expect(judge().text).to.contain('причина: компрометация ключа');
  });

  it('names files it cannot read, and trusts the others', () => {
    const { pki } = make();
    const file = (name: string, content: string | Buffer) => ({ name, content: Buffer.from(content) });
    const store = new TrustStore({
      roots: [file('root.der', pki.root.der), file('empty.pem', '-----BEGIN X-----\n'), file('junk.der', 'junk')],
      intermediates: [file('authority.der', pki.authority.der)],
      lists: [file('junk.crl', '0')],
      responses: [file('junk.ors', '')],
    });
    expect(store.rejected.map((r) => r.name)).to.deep.equal(['empty.pem', 'junk.der', 'junk.crl', 'junk.ors']);
    expect(store.judgeDer(pki.end.der, NOW).ok).to.equal(true);
    expect(store.judgeDer(Buffer.from('junk'), NOW).text).to.match(/^Сертификат не читается/);
  });

  it('takes PEM with several certificates, and the certificates of development', async () => {
    const root = await issueIdentity({ cn: 'Корень', organisation: 'УЦ' }, { kind: 'rsa' });
    const end = await issueIdentity({ cn: 'Участник', organisation: 'Орган' }, { kind: 'rsa', issuer: root });
    const other = await issueIdentity({ cn: 'Чужой', organisation: 'Орган' }, { kind: 'ec' });
    const content = Buffer.from(`${other.certificatePem}\n${root.certificatePem}`);
    const store = new TrustStore({
      roots: [{ name: 'roots.pem', content }],
      intermediates: [],
      lists: [],
      responses: [],
    });
    const certificate = new X509Certificate(end.certificatePem);
    expect(store.certificates).to.have.length(2);
    expect(store.judge(certificate, Date.now())).to.include({ ok: true, text: '' });
    expect(store.judge(certificate, Date.now()).path.map((p) => p.subject)).to.deep.equal([
      'C=RU, O=Орган, CN=Участник',
      'C=RU, O=УЦ, CN=Корень',
    ]);
    const stranger = await issueIdentity(
      { cn: 'Участник', organisation: 'Орган' },
      { issuer: await issueIdentity(root.subject) },
    );
    expect(outcomeOf(store.judgeDer(derOf(stranger.certificatePem), Date.now()))).to.equal('bad-signature');
  });

  it('judges each of several certificates of one owner by itself', () => {
    const { pki, store, judge } = make();
    const next = issue(pki.authority, false, { subject: pki.end.subject, from: NOW + DAY });
    expect(judge().ok).to.equal(true);
    expect(outcomeOf(store.judgeDer(next.der, NOW))).to.equal('not-yet-valid');
    expect(outcomeOf(store.judgeDer(next.der, NOW + 2 * DAY))).to.equal('revocation-unknown');
  });
});

describe('warnings of an end', () => {
  it('come 60, 30, 7 and 1 days ahead, nearest first', () => {
    const days = [61, 60, 31, 30, 7.5, 7, 1, 0.5, 0, -1];
    const certificates = days.map((d) => readCertificate(issue(undefined, true, { until: NOW + d * DAY }).der));
    const readable = certificates.filter((c): c is Certificate => !isUnreadable(c));
    expect(expiryWarnings(readable, NOW).map((w) => [w.mark, w.daysLeft])).to.deep.equal([
      [0, 0],
      [0, 0],
      [1, 0],
      [1, 1],
      [7, 7],
      [30, 7],
      [30, 30],
      [60, 31],
      [60, 60],
    ]);
  });
});
