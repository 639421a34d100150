/** A folder with an RSA and a P-256 key, and a provider that has a signing command sign with them. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SigningCommand, type SigningLimits, withExternalKeys } from '../../../src/drivers/crypto-external/index.js';
import { generateGostKey, writePrivateKey, writePublicKey } from '../../../src/drivers/crypto-noble/index.js';
import type { CryptoProvider, SigningKey } from '../../../src/ports/index.js';
import { cryptoProviders } from '../../../src/start/crypto-providers.js';

export const RSA = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
export const PSS = 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1';
export const ECDSA = 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256';

export const GOST = 'urn:ietf:params:xml:ns:cpxmlsec:algorithms:gostr34102012-gostr34112012-256';

/** What verifies here and in the fake signer alike. */
export const local = cryptoProviders('typescript').provider;

export const FAKE_SIGNER = join(import.meta.dirname, 'fake-signer.js');

export interface KeyFolder {
  readonly folder: string;
  readonly rsa: SigningKey;
  readonly ec: SigningKey;
  readonly gost: SigningKey;
  remove(): void;
}

export function keyFolder(): KeyFolder {
  const folder = mkdtempSync(join(tmpdir(), 'external-keys-'));
  const pems = {
    rsa: generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    }),
    ec: generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    }),
  };
  for (const [name, { privateKey }] of Object.entries(pems)) writeFileSync(join(folder, `${name}.key.pem`), privateKey);
  const gost = generateGostKey();
  writeFileSync(join(folder, 'gost.key.pem'), writePrivateKey(gost));
  return {
    folder,
    rsa: { reference: 'rsa', key: createPublicKey(pems.rsa.publicKey) },
    ec: { reference: 'ec', key: createPublicKey(pems.ec.publicKey) },
    gost: { reference: 'gost', key: local.importPublicKey(writePublicKey(gost))! },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface External {
  readonly command: SigningCommand;
  readonly provider: CryptoProvider;
  readonly log: string[];
  /** What the start's check found wrong. */
  readonly started: string | undefined;
}

/** A running signing command whose check signs `probe` with each of `keys` and verifies it. */
export async function external(
  command: readonly [string, ...string[]],
  keys: readonly (readonly [SigningKey, string])[],
  limits: Partial<SigningLimits> = {},
): Promise<External> {
  const log: string[] = [];
  const write = (level: string) => (fields: object, text: string) =>
    void log.push(`${level} ${text} ${JSON.stringify(fields)}`);
  const signing = new SigningCommand({
    command,
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    limits,
    check: async (ask) => {
      const checked = withExternalKeys(local, ask);
      for (const [key, uri] of keys) {
        try {
          await checked.sign(uri, key, Buffer.from('probe'));
        } catch (error) {
          return (error as Error).message;
        }
      }
      return undefined;
    },
  });
  const started = await signing.start();
  const provider = withExternalKeys(local, (request) => signing.sign(request));
  return { command: signing, provider, log, started };
}

/** The message of a promise that must be rejected. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'not refused',
    (error: Error) => error.message,
  );
}

export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within 10 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
