import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient, type Failure, type SmevClient } from '../client/index.js';
import { createCryptoProvider } from '../drivers/crypto-openssl/index.js';
import { FAULTS } from '../faults/index.js';
import { VERSIONS, type Version } from '../message/index.js';
import type { Context } from './context.js';
import { EXIT, type Problem, problem } from './exit-codes.js';

export function versionIn(text: string, context: Context): Version | Problem {
  return VERSIONS.find((version) => version === text) ?? problem(EXIT.usage, context.texts.badVersion(text));
}

/** The SOAP client of a participant, with the keys and the gateway's certificate of the development folder. */
export function clientOf(mnemonic: string, version: Version, { settings, texts, api }: Context): SmevClient | Problem {
  const folder = join(settings.certificates, mnemonic);
  const [key, certificate] = [join(folder, 'rsa.key.pem'), join(folder, 'rsa.cert.pem')];
  // A mnemonic is a name, not a way through folders.
  if (!/^[\p{L}\d_-]+$/u.test(mnemonic) || !existsSync(key) || !existsSync(certificate)) {
    return problem(EXIT.usage, texts.noKeys(mnemonic, folder));
  }
  const gateway = join(settings.certificates, 'gateway', 'ec.cert.pem');
  return createClient({
    url: api.url,
    version,
    certificatePem: readFileSync(certificate, 'utf8'),
    privateKeyPem: readFileSync(key, 'utf8'),
    provider: createCryptoProvider(),
    gatewayCertificatesPem: existsSync(gateway) ? [readFileSync(gateway, 'utf8')] : [],
  });
}

/** What a failed call says and how the command ends. */
export function problemOf(failure: Failure, { texts, api }: Context): Problem {
  if ('untrusted' in failure) return problem(EXIT.bad, texts.untrusted(failure.untrusted));
  if ('transport' in failure) {
    const notTaken = failure.transport === 'unreachable' || failure.transport === 'busy';
    return problem(
      EXIT.unreachable,
      notTaken ? texts.unreachable(api.url, failure.cause) : texts.inDoubt(failure.cause),
    );
  }
  const violations = failure.violations.map((v) => `\n  ${v.line === undefined ? '' : `${v.line}: `}${v.text}`);
  const exit = failure.fault === 'Unknown' ? EXIT.bad : FAULTS[failure.fault].exit;
  return problem(exit, texts.refused(failure.name, failure.description) + violations.join(''));
}
