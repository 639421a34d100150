/** PKCS#11 through the gateway's own child, on a SoftHSM token made for this test; and the signing command of examples/. */
import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../../src/config/index.js';
import type { SigningKey } from '../../../src/ports/index.js';
import { ECDSA, type External, external, keyFolder, local, PSS, RSA, refusal } from './external-keys.js';

const LIBRARY = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib64/softhsm/libsofthsm2.so'].find((f) => existsSync(f));
const SIGNER = join(import.meta.dirname, '../../../src/drivers/crypto-external/pkcs11-signer.js');
const ECDSA_384 = 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384';
const OCTETS = Buffer.from('<ds:SignedInfo/>');

function tools(): boolean {
  try {
    createRequire(import.meta.url).resolve('pkcs11js');
    execFileSync('softhsm2-util', ['--version'], { stdio: 'ignore' });
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return LIBRARY !== undefined;
  } catch {
    return false;
  }
}

describe('PKCS#11 (needs softhsm2, openssl and the optional pkcs11js)', () => {
  let folder: string;
  let running: External;
  const keys = new Map<string, SigningKey>();
  const environment = () => ({ ...process.env, SOFTHSM2_CONF: join(folder, 'softhsm2.conf') });
  const softhsm = (...args: string[]) => execFileSync('softhsm2-util', args, { env: environment(), stdio: 'pipe' });
  const open = (...args: string[]) =>
    external(
      [
        '/usr/bin/env',
        `SOFTHSM2_CONF=${join(folder, 'softhsm2.conf')}`,
        process.execPath,
        SIGNER,
        ...['--module', LIBRARY!, '--token', 'gateway', '--pin-file', join(folder, 'pin'), ...args],
      ],
      [
        [keys.get('rsa')!, RSA],
        [keys.get('p256')!, ECDSA],
      ],
      { pause: 60_000 },
    );

  before(async function () {
    if (!tools()) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'softhsm-'));
    mkdirSync(join(folder, 'tokens'));
    writeFileSync(
      join(folder, 'softhsm2.conf'),
      `directories.tokendir = ${join(folder, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`,
    );
    writeFileSync(join(folder, 'pin'), '24681357\n', { mode: 0o600 });
    softhsm('--init-token', '--free', '--label', 'gateway', '--so-pin', '13572468', '--pin', '24681357');
    const made = [
      'RSA -pkeyopt rsa_keygen_bits:2048',
      'EC -pkeyopt ec_paramgen_curve:P-256',
      'EC -pkeyopt ec_paramgen_curve:P-384',
    ];
    for (const [i, name] of ['rsa', 'p256', 'p384'].entries()) {
      const file = join(folder, `${name}.pem`);
      execFileSync('openssl', ['genpkey', '-out', file, '-algorithm', ...made[i]!.split(' ')], { stdio: 'ignore' });
      softhsm('--import', file, '--token', 'gateway', '--label', name, '--id', `a${i}`, '--pin', '24681357');
      const key = createPublicKey(execFileSync('openssl', ['pkey', '-in', file, '-pubout']));
      keys.set(name, { reference: name, key });
      rmSync(file);
    }
    running = await open();
  });
  after(async () => {
    await running?.command.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  it('passes its check at the start: every key signs', () => {
    expect(running.started).to.equal(undefined);
  });

  for (const [name, uri] of [
    ['rsa', RSA],
    ['rsa', PSS],
    ['p256', ECDSA],
    ['p384', ECDSA_384],
  ] as const) {
    it(`signs with the token's key ${name} by ${uri.split('#')[1]}`, async () => {
      const key = keys.get(name)!;
      const signature = await running.provider.sign(uri, key, OCTETS);
      expect(local.verify(uri, key.key!, OCTETS, signature)).to.equal(true);
    });
  }

  it('finds a key by its CKA_ID too', async () => {
    const key = { ...keys.get('p256')!, reference: 'id:a1' };
    expect((await running.provider.sign(ECDSA, key, OCTETS)).length).to.equal(64);
  });

  it('names a key the token does not have, an algorithm the key cannot, and goes on', async () => {
    const sign = (reference: string, uri: string) =>
      refusal(running.provider.sign(uri, { ...keys.get('rsa')!, reference }, OCTETS));
    expect(await sign('nobody', RSA)).to.include('no private key «nobody» on the token');
    expect(await sign('p256', RSA)).to.match(/CKR_|gave no signature/);
    await running.provider.sign(RSA, keys.get('rsa')!, OCTETS);
  });

  it('tells a wrong token or PIN at the start', async () => {
    const elsewhere = await open('--token', 'elsewhere');
    expect(elsewhere.started).to.include('ended with code 2');
    expect(elsewhere.log.join('\n')).to.include('no token «elsewhere»');
    await elsewhere.command.close();
    writeFileSync(join(folder, 'wrong'), '11111111');
    const locked = await open('--pin-file', join(folder, 'wrong'));
    expect(locked.log.join('\n')).to.include('CKR_PIN_INCORRECT');
    await locked.command.close();
  });
});

describe('the signing command of examples/ (needs openssl)', () => {
  it('signs RSA-SHA256, refuses what it does not know, ends with its input', async function () {
    try {
      execFileSync('openssl', ['version'], { stdio: 'ignore' });
    } catch {
      this.skip();
    }
    const keys = keyFolder();
    const command = [
      process.execPath,
      join(projectRoot(), 'examples/signing-command/signer.mjs'),
      keys.folder,
    ] as const;
    const example = await external(command, [[keys.rsa, RSA]]);
    expect(example.started).to.equal(undefined);
    const signature = await example.provider.sign(RSA, keys.rsa, OCTETS);
    expect(local.verify(RSA, keys.rsa.key!, OCTETS, signature)).to.equal(true);
    expect(await refusal(example.provider.sign(ECDSA, keys.ec, OCTETS))).to.include('RSA-SHA256 only');
    await example.command.close();
    keys.remove();
  });
});
