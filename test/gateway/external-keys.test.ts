/** The gateway signs with keys it does not hold: an exchange, a signer that hangs, keys in files under production. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { generateDevCertificates } from '../../certs-dev/generate.js';
import { isFault } from '../../src/faults/index.js';
import { derOf, keyOfCertificate, readSignature, verifySignature } from '../../src/signature/index.js';
import { cryptoProviders } from '../../src/start/crypto-providers.js';
import { FAKE_SIGNER, until } from '../drivers/crypto-external/external-keys.js';
import type { Answer } from './answer.js';
import { endOf } from './child-gateway.js';
import { query } from './contents.js';
import { newFolder, type TestGateway, testGateway } from './test-gateway.js';

const PERSON = '11223344595';

/** Keys of development under the names a signing command knows them by; the gateway is told the names only. */
async function place(mode: string, keys?: object) {
  const folder = newFolder();
  const certs = join(folder, 'certs-dev');
  await generateDevCertificates(certs);
  const keep = (name: string, owner: string, kind: string) => {
    const key = readFileSync(join(certs, owner, `${kind}.key.pem`));
    writeFileSync(join(folder, `${name}.key.pem`), key);
    return { certificate: join(certs, owner, `${kind}.cert.pem`), key: `external:${name}` };
  };
  const ready = {
    gateway: [keep('gateway', 'gateway', 'ec')],
    partners: { EGISSO: keep('egisso', 'EGISSO', 'rsa') },
    next: [join(certs, 'FSS', 'rsa.cert.pem')],
  };
  const file = join(folder, 'keys.json');
  writeFileSync(file, JSON.stringify(keys ?? ready));
  const environment = {
    GATEWAY_SIGNER_KEYS: file,
    GATEWAY_SIGNER: JSON.stringify([process.execPath, FAKE_SIGNER, mode, folder]),
  };
  return { folder, environment };
}

describe('a gateway whose keys are elsewhere', () => {
  let gateway: TestGateway;
  const start = async (mode: string) => {
    const { folder, environment } = await place(mode);
    gateway = await testGateway({ threads: 2 }, folder, environment);
  };
  afterEach(async () => {
    await gateway.stop();
    rmSync(gateway.folder, { recursive: true, force: true });
  });

  it('answers, and answers for a partner, with what the signing command signs', async () => {
    await start('good');
    const region = gateway.as('FED001');
    const sent = await region.sendRequest(query(PERSON));
    expect(sent.fault).to.equal(undefined);
    expect(signedByGateway(sent, gateway.folder)).to.equal('verified');
    const answer = await region.waitForResponse();
    expect(answer.valueOf('OriginalMessageId')).to.equal(sent.sentId);
    await gateway.checkInvariants();
  });

  it('publishes its current and its next certificates', async () => {
    await start('good');
    const get = (accept: string) => fetch(`${gateway.url}/smev/certificates`, { headers: { accept } });
    const read = (owner: string, file: string) => readFileSync(join(gateway.folder, 'certs-dev', owner, file), 'utf8');
    const [current, next] = [read('gateway', 'ec.cert.pem'), read('FSS', 'rsa.cert.pem')];
    expect((await (await get('*/*')).text()).replaceAll('\n', '')).to.equal((current + next).replaceAll('\n', ''));
    const told = (await (await get('application/json')).json()) as Record<string, { subject: string; pem: string }[]>;
    expect(told.current?.map((c) => c.subject).join()).to.include('smev-gateway');
    expect(told.next?.map((c) => c.subject).join()).to.include('FSS');
  });

  it('gives SMEVFailure to what a stuck signer should sign, in time, and goes on verifying the others', async () => {
    await start('stuck-later');
    const region = gateway.as('FED001');
    const began = performance.now();
    const stuck = region.sendRequest(query(PERSON));
    // While it waits: envelopes that need no signature are judged by the very same threads.
    const others = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const wire = await region.buildRequest(query(PERSON));
        const asked = performance.now();
        const { fault } = await region.post({ ...wire, body: wire.body.toString().replace('SIGNED_BY', 'x') });
        return { took: performance.now() - asked, code: fault?.code };
      }),
    );
    for (const { took, code } of others) {
      expect(code).to.equal('SignatureVerificationFault');
      expect(took, 'not held up').to.be.lessThan(2_000);
    }
    expect((await stuck).fault?.code).to.equal('SMEVFailure');
    expect(performance.now() - began).to.be.lessThan(10_000);
    const down = performance.now();
    expect((await region.sendRequest(query(PERSON))).fault?.code).to.equal('SMEVFailure');
    expect(performance.now() - down, 'a signer known to be down costs no wait').to.be.lessThan(500);
    const ready = (await (await fetch(`${gateway.url}/health/ready`)).json()) as { troubles: string[] };
    expect(ready.troubles).to.deep.equal(['signer']);
    await until(async () => (await fetch(`${gateway.url}/health/ready`)).ok, 'the signer is back');
    expect((await region.sendRequest(query(PERSON))).fault).to.equal(undefined);
    await gateway.checkInvariants();
  });

  it('lets no signature out that does not verify', async () => {
    await start('lies-later');
    const { fault } = await gateway.as('FED001').sendRequest(query(PERSON));
    expect(fault?.code).to.equal('SMEVFailure');
    expect(gateway.log.join('\n')).to.include('does not verify under its certificate');
  });
});

describe('the start with keys of its own', () => {
  const refused = async (environment: Record<string, string>, ...says: string[]) => {
    const { code, output } = await endOf({ GATEWAY_LANG: 'en', ...environment });
    expect(code, output).to.equal(2);
    for (const part of says) expect(output).to.include(part);
  };

  it('is refused where a key does not sign, is not understood, or has no signing command', async () => {
    const { folder, environment } = await place('good');
    const { GATEWAY_SIGNER_KEYS: file } = environment;
    const certificate = join(folder, 'certs-dev/gateway/ec.cert.pem');
    const withKeys = (keys: object) => {
      const path = join(folder, `keys-${Math.random()}.json`);
      writeFileSync(path, JSON.stringify(keys));
      return { ...environment, GATEWAY_DATA: newFolder(), GATEWAY_SIGNER_KEYS: path };
    };
    await refused({ GATEWAY_DATA: newFolder(), GATEWAY_SIGNER_KEYS: file }, 'GATEWAY_SIGNER is not set');
    await refused(withKeys({ gateway: [{ certificate, key: 'external:egisso' }] }), 'A signing key does not work');
    await refused(
      withKeys({ gateway: [{ certificate, key: `file:${join(folder, 'egisso.key.pem')}` }] }),
      'smev-gateway',
    );
    await refused(withKeys({ gateway: [{ certificate, key: 'gateway' }] }), 'is not understood');
    await refused(withKeys({}), 'the list gateway is missing');
    rmSync(folder, { recursive: true, force: true });
  });

  it('under production is refused with keys in files, unless told otherwise, and then warned of', async () => {
    const { folder } = await place('good');
    const path = join(folder, 'keys.json');
    const own = { certificate: 'certs-dev/gateway/ec.cert.pem', key: 'file:certs-dev/gateway/ec.key.pem' };
    writeFileSync(path, JSON.stringify({ gateway: [own] }));
    const production = {
      NODE_ENV: 'production',
      GATEWAY_DATA: join(folder, 'data'),
      GATEWAY_KEYS: join(folder, 'keys'),
      GATEWAY_JOURNAL_ORIGIN: 'gateway.example/journal',
      GATEWAY_SIGNER_KEYS: path,
    };
    await refused(production, 'GATEWAY_FILE_KEYS=1', 'lies in a file');
    const { startChild } = await import('./child-gateway.js');
    const child = await startChild({ ...production, GATEWAY_FILE_KEYS: '1', LOG_LEVEL: 'warn' });
    child.process.kill('SIGTERM');
    const { code, output } = await child.ended;
    expect(code, output).to.equal(0);
    expect(output).to.include('PRIVATE KEYS THAT SIGN LIE IN FILES');
    rmSync(folder, { recursive: true, force: true });
  });
});

function signedByGateway(answer: Answer, folder: string): string {
  const { provider } = cryptoProviders();
  const { tree } = answer;
  const target = answer.all('MessageMetadata')[0]!;
  const signature = readSignature(tree, answer.all('SMEVSignature')[0]!, target);
  if (isFault(signature)) return signature.description;
  const der = derOf(readFileSync(join(folder, 'certs-dev/gateway/ec.cert.pem'), 'utf8'));
  const verified = verifySignature(tree, target, signature, keyOfCertificate(der, provider), provider);
  return isFault(verified) ? verified.description : 'verified';
}
