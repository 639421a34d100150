import { SIGNATURES } from '../algorithms.js';
import { childrenOf, contentOf, TAG, wholeSequence } from '../trust/asn1/der.js';

/** Octets of r and of s. */
const SIZES: Readonly<Record<string, number>> = { [SIGNATURES.ecdsaSha256]: 32, [SIGNATURES.ecdsaSha384]: 48 };

/** CMS carries ECDSA as DER SEQUENCE { r, s } (RFC 5753 §2.1), XMLDSig as r‖s; other signatures are the same in both. */
export function rawEcdsa(uri: string, signature: Buffer): Buffer | undefined {
  const size = SIZES[uri];
  if (size === undefined) return signature;
  try {
    const [r, s, ...rest] = childrenOf(signature, wholeSequence(signature)).map((tlv) => {
      const number = contentOf(signature, tlv);
      const bare = number[0] === 0 ? number.subarray(1) : number;
      if (tlv.tag !== TAG.integer || bare.length > size) throw new RangeError('no INTEGER of this curve');
      return Buffer.concat([Buffer.alloc(size - bare.length), bare]);
    });
    return r === undefined || s === undefined || rest.length > 0 ? undefined : Buffer.concat([r, s]);
  } catch {
    return undefined;
  }
}
