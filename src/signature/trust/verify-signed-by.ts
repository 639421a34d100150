import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { childrenOf, contentOf, dottedOid, TAG, tlvAt } from './asn1/der.js';
import type { Signed } from './asn1/index.js';

/** good: the key made the signature. bad: it did not. unsupported: algorithm or key is outside the profile. */
export type SignatureJudgement = 'good' | 'bad' | 'unsupported';

/**
 * Judges the signature of a certificate, list or OCSP response by the issuer's key (DER SubjectPublicKeyInfo). Never
 * throws. GOST comes in by handing another one to the trust store.
 */
export type VerifySignedBy = (signed: Signed, issuerKey: Buffer) => SignatureJudgement;

interface Algorithm {
  readonly key: 'rsa' | 'ec';
  readonly hash: string;
}

/** RFC 4055, RFC 5758; SHA-1, MD5, DSA and the rest are outside the profile (design: signature profile). */
const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  '1.2.840.113549.1.1.11': { key: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { key: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { key: 'rsa', hash: 'sha512' },
  '1.2.840.10045.4.3.2': { key: 'ec', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { key: 'ec', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { key: 'ec', hash: 'sha512' },
};
const PSS = '1.2.840.113549.1.1.10';
const PSS_HASHES: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
const CURVES: ReadonlySet<string> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);
const SMALLEST_RSA = 2048;

/** RSA from 2048 bits and ECDSA on the NIST curves, with SHA-256 and longer, through node:crypto. */
export const verifyByOpenssl: VerifySignedBy = (signed, issuerKey) => {
  try {
    const key = createPublicKey({ key: issuerKey, format: 'der', type: 'spki' });
    const known = signed.algorithm === PSS ? pssOf(signed.parameters) : ALGORITHMS[signed.algorithm];
    if (known === undefined || !fits(key, known)) return 'unsupported';
    const padding = signed.algorithm === PSS ? { padding: constants.RSA_PKCS1_PSS_PADDING } : {};
    return verify(known.hash, signed.octets, { key, ...padding }, signed.signature) ? 'good' : 'bad';
  } catch {
    return 'unsupported';
  }
};

function fits(key: KeyObject, { key: kind }: Algorithm): boolean {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (kind === 'ec') return key.asymmetricKeyType === 'ec' && CURVES.has(namedCurve ?? '');
  const rsa = key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'rsa-pss';
  return rsa && (modulusLength ?? 0) >= SMALLEST_RSA;
}

/** The hash of RSASSA-PSS-params; MGF1 with another hash fails to verify, the salt's length is found by the verifier. */
function pssOf(parameters: Buffer | undefined): Algorithm | undefined {
  if (parameters === undefined) return undefined;
  const hash = childrenOf(parameters, tlvAt(parameters, 0, parameters.length)).find((p) => p.tag === 0xa0);
  if (hash === undefined) return undefined;
  const oid = childrenOf(parameters, tlvAt(parameters, hash.content, hash.end))[0];
  const name = oid?.tag === TAG.oid ? PSS_HASHES[dottedOid(contentOf(parameters, oid))] : undefined;
  return name === undefined ? undefined : { key: 'rsa', hash: name };
}
