import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import {
  createNobleProvider,
  type GostPrivateKey,
  generateGostKey,
  readPrivateKey,
  writePrivateKey,
  writePublicKey,
} from '../src/drivers/crypto-noble/index.js';

/** rsa: 2048 bits; ec: P-256; gost: GOST R 34.10-2012, 256 bits, CryptoPro-A. */
export type KeyKind = 'rsa' | 'ec' | 'gost';

/** A private key as certificates need it. */
export interface DevKey {
  /** DER SubjectPublicKeyInfo. */
  readonly spki: Buffer;
  /** PKCS#8. */
  readonly pem: string;
  /** Object identifier of the algorithm it signs certificates by. */
  readonly signatureAlgorithm: string;
  /** RSA's identifier has NULL for parameters, the others none (RFC 4055 §5, RFC 5758 §3.2, RFC 9215 §2). */
  readonly nullParameters: boolean;
  sign(octets: Buffer): Promise<Buffer>;
  verify(octets: Buffer, signature: Buffer): boolean;
}

const GOST_SIGNATURE = 'urn:ietf:params:xml:ns:cpxmlsec:algorithms:gostr34102012-gostr34112012-256';
const gost = createNobleProvider();
const keyPair = promisify(generateKeyPair);

export async function newKey(kind: KeyKind): Promise<DevKey> {
  if (kind === 'gost') return gostKey(generateGostKey());
  // Asynchronous: pairs are searched for on the thread pool, several at once.
  const pair = kind === 'rsa' ? keyPair('rsa', { modulusLength: 2048 }) : keyPair('ec', { namedCurve: 'P-256' });
  return opensslKey((await pair).privateKey);
}

/** The key of a PKCS#8 PEM; throws when it is none. */
export function keyFrom(pem: string): DevKey {
  const read = readPrivateKey(pem);
  return read === undefined ? opensslKey(createPrivateKey(pem)) : gostKey(read);
}

function opensslKey(key: KeyObject): DevKey {
  const publicKey = createPublicKey(key);
  const isRsa = key.asymmetricKeyType === 'rsa';
  return {
    spki: publicKey.export({ type: 'spki', format: 'der' }),
    pem: key.export({ type: 'pkcs8', format: 'pem' }) as string,
    signatureAlgorithm: isRsa ? '1.2.840.113549.1.1.11' : '1.2.840.10045.4.3.2',
    nullParameters: isRsa,
    sign: async (octets) => sign('sha256', octets, key),
    verify: (octets, signature) => verify('sha256', octets, publicKey, signature),
  };
}

/** By the TypeScript driver: no machine needs an engine to have a sandbox. */
function gostKey(key: GostPrivateKey): DevKey {
  const spki = writePublicKey(key);
  return {
    spki,
    pem: writePrivateKey(key),
    signatureAlgorithm: '1.2.643.7.1.1.3.2',
    nullParameters: false,
    sign: (octets) => gost.sign(GOST_SIGNATURE, { key }, octets),
    verify: (octets, signature) => gost.verify(GOST_SIGNATURE, gost.importPublicKey(spki)!, octets, signature),
  };
}
