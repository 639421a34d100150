import { randomBytes } from 'node:crypto';
import { certificatePem, type Subject } from './certificate.js';
import { type KeyKind, keyFrom, newKey } from './key.js';

/** A certificate with its private key, both PEM (X.509, PKCS#8). */
export interface Identity {
  readonly subject: Subject;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

export interface IssueOptions {
  /** RSA-2048 by default. */
  readonly kind?: KeyKind;
  /** Issuer; a self-signed root is made when absent. */
  readonly issuer?: Identity;
  /** Certificate for a key that exists; a new pair otherwise. */
  readonly privateKeyPem?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

const YEAR_MS = 365.25 * 24 * 3600 * 1000;
/** Clocks of machines that exchange certificates differ. */
const BACKDATED_MS = 24 * 3600 * 1000;

/**
 * A new identity, valid from yesterday for two years unless told otherwise; a root when no issuer is given.
 * Tests use it for what the generator never makes: expired, not yet valid, another root, an EC sender.
 */
export async function issueIdentity(subject: Subject, options: IssueOptions = {}): Promise<Identity> {
  const { issuer } = options;
  const key =
    options.privateKeyPem === undefined ? await newKey(options.kind ?? 'rsa') : keyFrom(options.privateKeyPem);
  const notBefore = options.notBefore ?? new Date(Date.now() - BACKDATED_MS);
  return {
    subject,
    privateKeyPem: key.pem,
    certificatePem: await certificatePem({
      subject,
      issuer: issuer?.subject ?? subject,
      key,
      issuerKey: issuer === undefined ? key : keyFrom(issuer.privateKeyPem),
      ca: issuer === undefined,
      serial: randomBytes(15),
      notBefore,
      notAfter: options.notAfter ?? new Date(notBefore.getTime() + 2 * YEAR_MS),
    }),
  };
}
