import type { CryptoProvider, VerificationKey } from '../ports/index.js';
import { SIGNATURES } from './algorithms.js';
import { isUnreadable, readCertificate } from './trust/asn1/index.js';
import { type VerifySignedBy, verifyByOpenssl } from './trust/verify-signed-by.js';

/** The key in a certificate (DER), as `provider` holds it; undefined where it cannot be read or used. */
export function keyOfCertificate(der: Uint8Array, provider: CryptoProvider): VerificationKey | undefined {
  const certificate = readCertificate(der);
  return isUnreadable(certificate) ? undefined : provider.importPublicKey(certificate.publicKey);
}

/** id-tc26-signwithdigest-gost3410-12-256 and -512 (RFC 9215 §2): s‖r, as in XMLDSig. */
const GOST: Readonly<Record<string, string>> = {
  '1.2.643.7.1.1.3.2': SIGNATURES.gost256,
  '1.2.643.7.1.1.3.3': SIGNATURES.gost512,
};

/** Judges GOST signatures of certificates, lists and answers through the provider, all others by node:crypto. */
export function verifyByProvider(provider: CryptoProvider): VerifySignedBy {
  return (signed, issuerKey) => {
    const uri = GOST[signed.algorithm];
    if (uri === undefined) return verifyByOpenssl(signed, issuerKey);
    const key = provider.supportsSignature(uri) ? provider.importPublicKey(issuerKey) : undefined;
    if (key === undefined) return 'unsupported';
    return provider.verify(uri, key, signed.octets, signed.signature) ? 'good' : 'bad';
  };
}
