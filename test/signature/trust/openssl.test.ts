import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { issueIdentity } from '../../../certs-dev/issue.js';
import { derOf, isUnreadable, readCertificate, TrustStore } from '../../../src/signature/index.js';
import { outcomeOf } from './world.js';

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Their twins on answers and lists written here are ocsp.test.ts and revocation.test.ts. */
describe('answers and lists that OpenSSL makes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
  after(() => rmSync(folder, { recursive: true }));
  const run = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });

  async function files(kind: 'rsa' | 'ec') {
    const root = await issueIdentity({ cn: 'Корень', organisation: 'УЦ' }, { kind });
    const end = await issueIdentity({ cn: 'Участник', organisation: 'Орган' }, { kind, issuer: root });
    const serial = readCertificate(derOf(end.certificatePem));
    if (isUnreadable(serial)) throw new Error(serial.unreadable);
    writeFileSync(join(folder, 'ca.pem'), root.certificatePem);
    writeFileSync(join(folder, 'ca.key'), root.privateKeyPem);
    writeFileSync(join(folder, 'end.pem'), end.certificatePem);
    writeFileSync(
      join(folder, 'ca.cnf'),
      '[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\ndefault_crl_days=1\ncrl_extensions=x\n[x]\nauthorityKeyIdentifier=keyid\n',
    );
    writeFileSync(join(folder, 'number'), '01\n');
    return { root, end, serial: serial.serial.toUpperCase() };
  }
  /** OpenSSL's database of an authority: one certificate, valid or revoked for keyCompromise. */
  const register = (serial: string, revoked: boolean) =>
    writeFileSync(
      join(folder, 'index.txt'),
      `${revoked ? 'R' : 'V'}\t491231235959Z\t${revoked ? '250101000000Z,keyCompromise' : ''}\t${serial}\tunknown\t/CN=x\n`,
    );
  const file = (name: string) => ({ name, content: readFileSync(join(folder, name)) });
  const judge = (pem: string, revocation: { lists?: string[]; responses?: string[] }) =>
    new TrustStore(
      {
        roots: [file('ca.pem')],
        intermediates: [],
        lists: (revocation.lists ?? []).map(file),
        responses: (revocation.responses ?? []).map(file),
      },
      { policy: { revocation: 'required' } },
    ).judgeDer(derOf(pem), Date.now());

  for (const kind of ['rsa', 'ec'] as const) {
    it(`are understood: ${kind} (skipped where there is no openssl)`, async function () {
      if (!hasOpenssl()) this.skip();
      const { end, serial } = await files(kind);
      expect(outcomeOf(judge(end.certificatePem, {}))).to.equal('revocation-unknown');
      run('ocsp', '-issuer', 'ca.pem', '-cert', 'end.pem', '-reqout', 'request.der');
      for (const revoked of [false, true]) {
        register(serial, revoked);
        const signer = ['-rsigner', 'ca.pem', '-rkey', 'ca.key', '-ndays', '1'];
        run(
          'ocsp',
          '-index',
          'index.txt',
          '-CA',
          'ca.pem',
          ...signer,
          '-reqin',
          'request.der',
          '-respout',
          'answer.der',
        );
        run('ca', '-config', 'ca.cnf', '-gencrl', '-keyfile', 'ca.key', '-cert', 'ca.pem', '-out', 'list.pem');
        const expected = revoked ? 'revoked' : 'ok';
        const byOcsp = judge(end.certificatePem, { responses: ['answer.der'] });
        const byList = judge(end.certificatePem, { lists: ['list.pem'] });
        expect(outcomeOf(byOcsp), byOcsp.text).to.equal(expected);
        expect(outcomeOf(byList), byList.text).to.equal(expected);
        expect([byOcsp.path[0]?.revocation.source, byList.path[0]?.revocation.source]).to.deep.equal(['ocsp', 'crl']);
        if (revoked)
          expect(byOcsp.text).to.equal(byList.text).and.contain('2025-01-01 00:00 (причина: компрометация ключа)');
      }
    });
  }
});
