import { KeyObject } from 'node:crypto';
import type { OpaqueKey } from '../ports/index.js';

/** Algorithm URIs of the profile (XMLDSig 1.1 §6, RFC 6931, RFC 4051); what is not listed is refused. */
export const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
export const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
/** Inclusive, for files of others only: SMEV 3 signs by the exclusive one. */
export const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
export const SMEV_TRANSFORM = 'urn://smev-gov-ru/xmldsig/transform';
export const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

export const DIGESTS = {
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha384: 'http://www.w3.org/2001/04/xmldsig-more#sha384',
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
  gost256: 'urn:ietf:params:xml:ns:cpxmlsec:algorithms:gostr34112012-256',
  gost512: 'urn:ietf:params:xml:ns:cpxmlsec:algorithms:gostr34112012-512',
} as const;

export const SIGNATURES = {
  rsaSha256: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  rsaSha384: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384',
  rsaSha512: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  rsaPssSha256: 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
  ecdsaSha256: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
  ecdsaSha384: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384',
  gost256: 'urn:ietf:params:xml:ns:cpxmlsec:algorithms:gostr34102012-gostr34112012-256',
  gost512: 'urn:ietf:params:xml:ns:cpxmlsec:algorithms:gostr34102012-gostr34112012-512',
} as const;

/** Whether a signature by this URI is GOST R 34.10-2012. */
export function isGost(signatureMethod: string): boolean {
  return signatureMethod === SIGNATURES.gost256 || signatureMethod === SIGNATURES.gost512;
}

/** What a key signs by unless told otherwise: RSA-SHA256, ECDSA of its curve, GOST of its size. */
export function algorithmsOf(key: KeyObject | OpaqueKey | undefined): {
  signatureMethod: string;
  digestMethod: string;
} {
  if (key instanceof KeyObject) {
    const { asymmetricKeyType, asymmetricKeyDetails } = key;
    if (asymmetricKeyType !== 'ec') return { signatureMethod: SIGNATURES.rsaSha256, digestMethod: DIGESTS.sha256 };
    return asymmetricKeyDetails?.namedCurve === 'secp384r1'
      ? { signatureMethod: SIGNATURES.ecdsaSha384, digestMethod: DIGESTS.sha384 }
      : { signatureMethod: SIGNATURES.ecdsaSha256, digestMethod: DIGESTS.sha256 };
  }
  // id-tc26-gost3410-12-512 (RFC 9215 §2); the other algorithm with opaque keys is that of 256 bits.
  return key?.algorithm === '1.2.643.7.1.1.1.2'
    ? { signatureMethod: SIGNATURES.gost512, digestMethod: DIGESTS.gost512 }
    : { signatureMethod: SIGNATURES.gost256, digestMethod: DIGESTS.gost256 };
}
