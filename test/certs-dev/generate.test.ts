import { execFileSync } from 'node:child_process';
import { createPrivateKey, sign, verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  DEV_PARTICIPANTS,
  type DevCertificates,
  generateDevCertificates,
  issueIdentity,
} from '../../certs-dev/generate.js';

describe('certs-dev: identities of the sandbox', () => {
  const dir = mkdtempSync(join(tmpdir(), 'certs-dev-'));
  let made: DevCertificates;

  before(async () => {
    made = await generateDevCertificates(dir);
  });
  after(() => rmSync(dir, { recursive: true }));

  const certificate = (mnemonic: string) => new X509Certificate(readFileSync(join(dir, mnemonic, 'rsa.cert.pem')));

  it('makes two roots, nine participants and the gateway, each by two algorithms', () => {
    expect(made.created).to.have.length(22);
    expect([...made.certificates.keys()]).to.deep.equal(Object.keys(DEV_PARTICIPANTS));
    expect(made.gateway.certificatePem).to.equal(readFileSync(join(dir, 'gateway', 'ec.cert.pem'), 'utf8'));
  });

  it('issues every certificate by the root, with a key of its own and Cyrillic names', () => {
    const root = certificate('ca');
    expect(root.ca).to.equal(true);
    for (const [mnemonic, organisation] of Object.entries(DEV_PARTICIPANTS)) {
      const x509 = certificate(mnemonic);
      expect(x509.checkIssued(root), mnemonic).to.equal(true);
      expect(x509.verify(root.publicKey), mnemonic).to.equal(true);
      expect(x509.ca).to.equal(false);
      expect(x509.subject).to.include(`CN=${mnemonic}`).and.include(organisation);
      expect(x509.checkPrivateKey(createPrivateKey(readFileSync(join(dir, mnemonic, 'rsa.key.pem'))))).to.equal(true);
    }
    const gateway = new X509Certificate(made.gateway.certificatePem);
    expect(gateway.verify(root.publicKey)).to.equal(true);
    expect(gateway.publicKey.asymmetricKeyDetails?.namedCurve).to.equal('prime256v1');
  });

  it('keeps private keys from other users', () => {
    expect(statSync(join(dir, 'REG001', 'rsa.key.pem')).mode & 0o777).to.equal(0o600);
    expect(statSync(join(dir, 'ca', 'rsa.key.pem')).mode & 0o777).to.equal(0o600);
  });

  it('changes nothing when all is there, and mends what is not', async () => {
    expect((await generateDevCertificates(dir)).created).to.deep.equal([]);
    rmSync(join(dir, 'PFR', 'rsa.cert.pem'));
    writeFileSync(join(dir, 'FRI', 'rsa.cert.pem'), 'not a certificate');
    writeFileSync(join(dir, 'FSS', 'rsa.key.pem'), readFileSync(join(dir, 'ZAGS', 'rsa.key.pem')));
    const again = await generateDevCertificates(dir);
    expect([...again.created].sort()).to.deep.equal(['FRI', 'FSS', 'PFR']);
    expect(certificate('FSS').verify(certificate('ca').publicKey)).to.equal(true);
  });

  it('makes all anew before the certificates run out', async () => {
    const soon = new Date(certificate('REG001').validToDate.getTime() - 24 * 3600 * 1000);
    const folder = mkdtempSync(join(tmpdir(), 'certs-dev-'));
    await generateDevCertificates(folder);
    expect((await generateDevCertificates(folder, soon)).created).to.have.length(22);
    rmSync(folder, { recursive: true });
  });

  it('issues for tests what the sandbox never has: expired, another root, an EC key', async () => {
    const root = await issueIdentity({ cn: 'Другой корень', organisation: 'Чужой УЦ' }, { kind: 'ec' });
    const expired = await issueIdentity(
      { cn: 'REG001', organisation: 'Просроченный' },
      { kind: 'ec', issuer: root, notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') },
    );
    const x509 = new X509Certificate(expired.certificatePem);
    expect(x509.validToDate.toISOString()).to.equal('2021-01-01T00:00:00.000Z');
    expect(x509.verify(new X509Certificate(root.certificatePem).publicKey)).to.equal(true);
    expect(x509.verify(certificate('ca').publicKey)).to.equal(false);
    const signature = sign('sha256', Buffer.from('x'), expired.privateKeyPem);
    expect(verify('sha256', Buffer.from('x'), expired.certificatePem, signature)).to.equal(true);
  });

  it('needs openssl: a chain that OpenSSL verifies strictly', function () {
    try {
      execFileSync('openssl', ['version'], { stdio: 'ignore' });
    } catch {
      this.skip();
    }
    for (const [folder, file] of [
      ['REG001', 'rsa'],
      ['gateway', 'ec'],
    ] as const) {
      const cert = join(dir, folder, `${file}.cert.pem`);
      const out = execFileSync('openssl', ['verify', '-x509_strict', '-CAfile', join(dir, 'ca', 'rsa.cert.pem'), cert]);
      expect(out.toString()).to.include('OK');
    }
  });
});
