import { childrenOf, contentOf, dottedOid, sliceOf, TAG, type Tlv, wholeSequence } from './der.js';

/** What a key signed, whatever it is: `SEQUENCE { toBeSigned, AlgorithmIdentifier, BIT STRING }` (RFC 5280 §4.1.1). */
export interface Signed {
  /** DER of the part that was signed. */
  readonly octets: Buffer;
  /** Dotted OID of the signature algorithm. */
  readonly algorithm: string;
  /** DER of the AlgorithmIdentifier's parameters, absent when there are none. */
  readonly parameters?: Buffer;
  readonly signature: Buffer;
}

/** Splits a signed structure; `rest` are elements behind the signature, as OCSP has. Throws on malformed DER. */
export function splitSigned(der: Uint8Array): { signed: Signed; body: Tlv; algorithm: Buffer; rest: readonly Tlv[] } {
  const [body, algorithm, signature, ...rest] = childrenOf(der, wholeSequence(der));
  if (body?.tag !== TAG.sequence || algorithm?.tag !== TAG.sequence || signature?.tag !== TAG.bitString)
    throw new RangeError('not a signed structure');
  const [oid, parameters, ...more] = childrenOf(der, algorithm);
  if (oid?.tag !== TAG.oid || more.length > 0) throw new RangeError('not an AlgorithmIdentifier');
  return {
    signed: {
      octets: sliceOf(der, body),
      algorithm: dottedOid(contentOf(der, oid)),
      ...(parameters && { parameters: sliceOf(der, parameters) }),
      signature: bitsOf(der, signature),
    },
    body,
    algorithm: sliceOf(der, algorithm),
    rest,
  };
}

/** Octets of a BIT STRING without unused bits. */
export function bitsOf(der: Uint8Array, tlv: Tlv): Buffer {
  const content = contentOf(der, tlv);
  if (tlv.tag !== TAG.bitString || content[0] !== 0) throw new RangeError('BIT STRING of a part of an octet');
  return content.subarray(1);
}

/** The subjectPublicKey octets of a SubjectPublicKeyInfo: what OCSP hashes (RFC 6960 §4.1.1). */
export function keyBitsOf(publicKey: Uint8Array): Buffer {
  const [, key] = childrenOf(publicKey, wholeSequence(publicKey));
  if (key === undefined) throw new RangeError('not a SubjectPublicKeyInfo');
  return bitsOf(publicKey, key);
}
