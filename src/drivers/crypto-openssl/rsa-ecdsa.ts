import { constants, createHash, createPrivateKey, createPublicKey, hash, KeyObject, sign, verify } from 'node:crypto';
import type { CryptoProvider, SigningKey } from '../../ports/index.js';

/** XMLDSig names by RFC 6931; the driver knows them as data, the profile's allow-list is signature/algorithms. */
const DIGEST_NAMES: Readonly<Record<string, string>> = {
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'sha384',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512',
};

interface Scheme {
  readonly hash: string;
  readonly keyType: 'rsa' | 'ec';
  readonly pss?: true;
  readonly curve?: string;
}

const SCHEMES: Readonly<Record<string, Scheme>> = {
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256': { hash: 'sha256', keyType: 'rsa' },
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384': { hash: 'sha384', keyType: 'rsa' },
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512': { hash: 'sha512', keyType: 'rsa' },
  'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1': { hash: 'sha256', keyType: 'rsa', pss: true },
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256': { hash: 'sha256', keyType: 'ec', curve: 'prime256v1' },
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384': { hash: 'sha384', keyType: 'ec', curve: 'secp384r1' },
};

const SMALLEST_RSA = 2048;

/** SHA-2, RSA PKCS#1 and PSS, ECDSA P-256 and P-384. */
export function createCryptoProvider(): CryptoProvider {
  return {
    supportsDigest: (uri) => Object.hasOwn(DIGEST_NAMES, uri),
    supportsSignature: (uri) => Object.hasOwn(SCHEMES, uri),
    digest: (uri, bytes) => hash(DIGEST_NAMES[uri]!, bytes, 'buffer'),
    startDigest: (uri) => createHash(DIGEST_NAMES[uri]!),
    importPublicKey: (spki) => usable(() => createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })),
    importPrivateKey: (pem) => {
      const key = usable(() => createPrivateKey(pem));
      return key && { key };
    },
    verify: (uri, key, bytes, signature) => {
      const scheme = SCHEMES[uri];
      if (scheme === undefined || !(key instanceof KeyObject) || !fits(scheme, key)) return false;
      return verify(scheme.hash, bytes, options(scheme, key), signature);
    },
    sign: async (uri, { key }: SigningKey, bytes) => {
      const scheme = SCHEMES[uri];
      if (scheme === undefined || !(key instanceof KeyObject) || !fits(scheme, key)) {
        throw new Error(`this key cannot sign by ${uri}`);
      }
      return sign(scheme.hash, bytes, options(scheme, key));
    },
  };
}

/** RSA and EC only: a key of another kind (GOST, where the engine is loaded) is another provider's. */
function usable(read: () => KeyObject): KeyObject | undefined {
  try {
    const key = read();
    return key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'ec' ? key : undefined;
  } catch {
    return undefined;
  }
}

/** The algorithm must match the key: an RSA key never verifies an ECDSA signature, a short RSA key nothing at all. */
function fits(scheme: Scheme, key: KeyObject): boolean {
  const { type, bits, curve } = kindOf(key);
  return type === scheme.keyType && (type === 'rsa' ? bits >= SMALLEST_RSA : curve === scheme.curve);
}

interface Kind {
  readonly type: string | undefined;
  readonly bits: number;
  readonly curve: string | undefined;
}

const kinds = new WeakMap<KeyObject, Kind>();

/** A key never changes, and asking OpenSSL for its kind costs as much as a hash. */
function kindOf(key: KeyObject): Kind {
  let kind = kinds.get(key);
  if (kind === undefined) {
    const details = key.asymmetricKeyDetails;
    kind = { type: key.asymmetricKeyType, bits: details?.modulusLength ?? 0, curve: details?.namedCurve };
    kinds.set(key, kind);
  }
  return kind;
}

/**
 * PSS: salt as long as the hash, MGF1 of the same hash (RFC 6931 §2.3.10). ECDSA: raw r‖s (XMLDSig 1.1 §6.4.3).
 * A bare key costs a third less than one in an object.
 */
function options(scheme: Scheme, key: KeyObject) {
  if (scheme.pss === true) {
    return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  }
  return scheme.keyType === 'ec' ? { key, dsaEncoding: 'ieee-p1363' as const } : key;
}
