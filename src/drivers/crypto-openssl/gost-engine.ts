import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  hash,
  type KeyObject,
  randomBytes,
  setEngine,
  sign,
  verify,
} from 'node:crypto';
import { existsSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import type { CryptoProvider, OpaqueKey } from '../../ports/index.js';

/** Where Debian, Ubuntu, Fedora and Alpine put libengine-gost-openssl for OpenSSL 3. */
const PLACES: readonly string[] = [
  '/usr/lib/x86_64-linux-gnu/engines-3/gost.so',
  '/usr/lib/aarch64-linux-gnu/engines-3/gost.so',
  '/usr/lib64/engines-3/gost.so',
  '/usr/lib/engines-3/gost.so',
  '/usr/local/lib64/engines-3/gost.so',
  '/usr/local/lib/engines-3/gost.so',
];

const PREFIX = 'urn:ietf:params:xml:ns:cpxmlsec:algorithms:';
const DIGESTS: Readonly<Record<string, string>> = {
  [`${PREFIX}gostr34112012-256`]: 'md_gost12_256',
  [`${PREFIX}gostr34112012-512`]: 'md_gost12_512',
};
/** Each signature algorithm takes keys of one algorithm (RFC 9215 §2). */
const SIGNATURES: Readonly<Record<string, { readonly hash: string; readonly algorithm: string }>> = {
  [`${PREFIX}gostr34102012-gostr34112012-256`]: { hash: 'md_gost12_256', algorithm: '1.2.643.7.1.1.1.1' },
  [`${PREFIX}gostr34102012-gostr34112012-512`]: { hash: 'md_gost12_512', algorithm: '1.2.643.7.1.1.1.2' },
};

/** AlgorithmIdentifier's OID in DER; 34.10-2012 with 256 and 512 bits differ in its last octet. */
const KEY_OIDS = [
  { der: Buffer.from('06082a85030701010101', 'hex'), algorithm: '1.2.643.7.1.1.1.1' },
  { der: Buffer.from('06082a85030701010102', 'hex'), algorithm: '1.2.643.7.1.1.1.2' },
] as const;

/** A key of the engine. node:crypto shows neither type nor size of it, so its algorithm is read from the DER. */
class EngineKey implements OpaqueKey {
  readonly algorithm: string;
  readonly key: KeyObject;

  constructor(algorithm: string, key: KeyObject) {
    this.algorithm = algorithm;
    this.key = key;
  }
}

/**
 * Loads the engine into this process, once, on the main thread; worker threads started later have it too. Answers where it
 * was found. Undefined where there is none or it does not fit this OpenSSL: nothing else changes then.
 */
export function loadGostEngine(places: readonly string[] = PLACES): string | undefined {
  const path = places.find((place) => existsSync(place));
  if (path === undefined || !isMainThread) return undefined;
  try {
    // Digests and keys of its own kinds only: RSA, EC and random numbers stay with OpenSSL's own.
    setEngine(
      path,
      constants.ENGINE_METHOD_DIGESTS | constants.ENGINE_METHOD_PKEY_METHS | constants.ENGINE_METHOD_PKEY_ASN1_METHS,
    );
    return engineAnswers() ? path : undefined;
  } catch {
    return undefined;
  }
}

/** GOST R 34.10-2012 by the loaded engine; undefined where none is loaded. Not certified by FSB. */
export function createGostEngineProvider(): CryptoProvider | undefined {
  return engineAnswers() ? engineProvider : undefined;
}

const engineProvider: CryptoProvider = {
  supportsDigest: (uri) => Object.hasOwn(DIGESTS, uri),
  supportsSignature: (uri) => Object.hasOwn(SIGNATURES, uri),
  digest: (uri, bytes) => {
    const digest = hash(DIGESTS[uri]!, bytes, 'buffer');
    forgetErrors();
    return digest;
  },
  startDigest: (uri) => {
    const running = createHash(DIGESTS[uri]!);
    forgetErrors();
    return running;
  },
  importPublicKey: (spki) => keyOf(() => createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })),
  importPrivateKey: (pem) => {
    const key = keyOf(() => createPrivateKey(pem));
    return key && { key };
  },
  verify: (uri, key, bytes, signature) => {
    const scheme = SIGNATURES[uri];
    if (scheme === undefined || !(key instanceof EngineKey) || key.algorithm !== scheme.algorithm) return false;
    return verify(scheme.hash, bytes, key.key, signature);
  },
  sign: async (uri, { key }, bytes) => {
    const scheme = SIGNATURES[uri];
    if (scheme === undefined || !(key instanceof EngineKey) || key.algorithm !== scheme.algorithm) {
      throw new Error(`this key cannot sign by ${uri}`);
    }
    const signature = sign(scheme.hash, bytes, key.key);
    forgetErrors();
    return signature;
  },
};

/**
 * Looking for an engine's digest among OpenSSL's providers leaves an error in the thread's queue, and the next reading of a
 * PEM, an RSA one too, takes it for its own and fails. Drawing a random byte empties the queue.
 */
function forgetErrors(): void {
  randomBytes(1);
}

function keyOf(read: () => KeyObject): EngineKey | undefined {
  try {
    const key = read();
    if (key.asymmetricKeyType !== undefined) return undefined;
    const der = (key.type === 'public' ? key : createPublicKey(key)).export({ type: 'spki', format: 'der' });
    const found = KEY_OIDS.find((oid) => der.subarray(0, 24).includes(oid.der));
    return found && new EngineKey(found.algorithm, key);
  } catch {
    return undefined;
  } finally {
    forgetErrors();
  }
}

/** A public key on CryptoPro-A (its base point, so the key of d = 1): readable only where the engine is loaded. */
const PROBE = Buffer.from(
  '3066301f06082a85030701010101301306072a85030202230106082a850307010102020343000440' +
    `01${'00'.repeat(31)}` +
    '141e9f9e9cc9ac22b1e323df2d4f2935762b3f455a50df27da9c98e071e4918d',
  'hex',
);

function engineAnswers(): boolean {
  try {
    createPublicKey({ key: PROBE, format: 'der', type: 'spki' });
    return true;
  } catch {
    return false;
  } finally {
    forgetErrors();
  }
}
