/** What lies in the trust folder counts while the gateway runs: lists revoke, and a new root needs a start. */
import { createPrivateKey } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { generateDevCertificates, issueIdentity } from '../../certs-dev/generate.js';
import { createCryptoProvider } from '../../src/drivers/crypto-openssl/index.js';
import { isUnreadable, readCertificate, signerFromPem } from '../../src/signature/index.js';
import { revocationList } from '../signature/trust/pki.js';
import { query } from './contents.js';
import { sender } from './sender.js';
import { newFolder, type TestGateway, testGateway } from './test-gateway.js';

const CONTENT = query('11737784886');
const DAY = 86_400_000;

function certificateIn(pem: string) {
  const read = readCertificate(Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64'));
  if (isUnreadable(read)) throw new Error(read.unreadable);
  return read;
}

describe('the trust folder', () => {
  let gateway: TestGateway;
  after(() => gateway?.close());

  it('lets a registered certificate of a root that lies there send, once the gateway started with it', async () => {
    const folder = newFolder();
    await generateDevCertificates(join(folder, 'certs-dev'));
    mkdirSync(join(folder, 'trust', 'roots'), { recursive: true });
    const root = await issueIdentity({ cn: 'Ещё один корень', organisation: 'УЦ' });
    const own = await issueIdentity({ cn: 'Система', organisation: 'Орган' }, { issuer: root });
    writeFileSync(join(folder, 'trust', 'roots', 'other.pem'), root.certificatePem);
    writeFileSync(join(folder, 'trust', 'roots', 'junk.pem'), 'junk');
    gateway = await testGateway(
      {
        adapters: new Map(),
        threads: 1,
        snapshot: (plain) => ({
          ...plain,
          participants: plain.participants.map((p) =>
            p.mnemonic === 'FED001' ? { ...p, certificates: [...p.certificates, own.certificatePem] } : p,
          ),
        }),
      },
      folder,
    );
    const signer = signerFromPem({ ...own, provider: createCryptoProvider() });
    expect((await sender(gateway.url, signer).sendRequest(CONTENT)).fault).to.equal(undefined);
    await gateway.checkInvariants();
  });

  it('refuses a certificate from the moment its issuer’s list names it, saying when and why', async () => {
    const agency = gateway.as('FED001');
    expect((await agency.sendRequest(CONTENT)).fault).to.equal(undefined);
    expect(gateway.renewTrust(), 'nothing changed yet').to.equal(false);
    const ca = (file: string) => readFileSync(join(gateway.folder, 'certs-dev', 'ca', file), 'utf8');
    const revoked = certificateIn(readFileSync(join(gateway.folder, 'certs-dev', 'FED001', 'rsa.cert.pem'), 'utf8'));
    const issuer = { subject: certificateIn(ca('rsa.cert.pem')).subject.der, key: createPrivateKey(ca('rsa.key.pem')) };
    const list = revocationList(issuer, {
      from: Date.now() - DAY,
      until: Date.now() + DAY,
      revoked: [{ serial: revoked.serial, reason: 1 }],
    });
    mkdirSync(join(gateway.folder, 'trust', 'crl'), { recursive: true });
    writeFileSync(join(gateway.folder, 'trust', 'crl', 'dev.crl'), list);
    expect(gateway.renewTrust()).to.equal(true);
    let answer = await agency.sendRequest(CONTENT);
    // The thread takes the list between two of its jobs.
    for (let i = 0; i < 100 && answer.fault === undefined; i++) answer = await agency.sendRequest(CONTENT);
    expect(answer.fault?.code).to.equal('SignatureVerificationFault');
    expect(answer.fault?.description).to.match(/отозван .* \(причина: компрометация ключа\)/);
    expect((await gateway.as('REG001').sendRequest(CONTENT)).fault?.code).to.not.equal('SignatureVerificationFault');
    await gateway.checkInvariants();
  });
});
