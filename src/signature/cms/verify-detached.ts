import { OctetString } from 'asn1js';
import type { CryptoProvider } from '../../ports/index.js';
import { DIGESTS, SIGNATURES } from '../algorithms.js';
import { type Certificate, isUnreadable, readCertificate, type TrustStore } from '../trust/index.js';
import { rawEcdsa } from './raw-ecdsa.js';
import { type CmsSigner, oid, readSignedData, type SignedData } from './read-signed-data.js';

export interface DetachedCheck {
  readonly provider: CryptoProvider;
  readonly trust: Pick<TrustStore, 'judgeDer'>;
  /** When the certificates must be good, ms since 1970. */
  readonly at: number;
  /** Certificates (DER) of signers the signature may leave out: those registered for the sender. */
  readonly registered?: readonly Uint8Array[];
}

const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';

/** Digest OIDs of RFC 5754 and RFC 9215; SHA-1 and GOST of 1994 are outside the profile. */
const DIGEST_URIS: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': DIGESTS.sha256,
  '2.16.840.1.101.3.4.2.2': DIGESTS.sha384,
  '2.16.840.1.101.3.4.2.3': DIGESTS.sha512,
  '1.2.643.7.1.1.2.2': DIGESTS.gost256,
  '1.2.643.7.1.1.2.3': DIGESTS.gost512,
};

const RSA = {
  [DIGESTS.sha256]: SIGNATURES.rsaSha256,
  [DIGESTS.sha384]: SIGNATURES.rsaSha384,
  [DIGESTS.sha512]: SIGNATURES.rsaSha512,
};
const GOST256 = { [DIGESTS.gost256]: SIGNATURES.gost256 };
const GOST512 = { [DIGESTS.gost512]: SIGNATURES.gost512 };

/** Signature OID → digest URI → signature URI: some OIDs name the key only, others the digest too, which must then agree. */
const SIGNATURE_URIS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '1.2.840.113549.1.1.1': RSA,
  '1.2.840.113549.1.1.11': { [DIGESTS.sha256]: SIGNATURES.rsaSha256 },
  '1.2.840.113549.1.1.12': { [DIGESTS.sha384]: SIGNATURES.rsaSha384 },
  '1.2.840.113549.1.1.13': { [DIGESTS.sha512]: SIGNATURES.rsaSha512 },
  '1.2.840.10045.4.3.2': { [DIGESTS.sha256]: SIGNATURES.ecdsaSha256 },
  '1.2.840.10045.4.3.3': { [DIGESTS.sha384]: SIGNATURES.ecdsaSha384 },
  '1.2.643.7.1.1.1.1': GOST256,
  '1.2.643.7.1.1.1.2': GOST512,
  '1.2.643.7.1.1.3.2': GOST256,
  '1.2.643.7.1.1.3.3': GOST512,
};

/** The octets, or what is known of octets too many to hold: their digests by URI. */
export type SignedContent = Uint8Array | { readonly digests: Readonly<Record<string, Uint8Array>> };

/** Digest URIs a detached signature's signers use, those of the profile: what has to be computed to check it without the content. */
export function digestsOfDetached(pkcs7: Uint8Array): readonly string[] {
  const named = readSignedData(pkcs7)?.signers.map((signer) => DIGEST_URIS[signer.digestAlgorithm]) ?? [];
  return [...new Set(named.filter((uri) => uri !== undefined))];
}

/**
 * Checks a detached PKCS#7 signature (CMS SignedData, RFC 5652 §5) over `content`: every signer's digest, value and
 * certificate. Answers what is wrong, in Russian; undefined when all is well. The moment of signing it claims is not trusted.
 */
export function refusalOfDetached(pkcs7: Uint8Array, content: SignedContent, check: DetachedCheck): string | undefined {
  const signed = readSignedData(pkcs7);
  if (signed === undefined) return 'это не PKCS#7 SignedData';
  if (signed.enveloping) return 'подпись не откреплённая: содержимое находится внутри неё';
  if (signed.signers.length === 0) return 'в ней нет ни одной подписи';
  for (const signer of signed.signers) {
    const wrong = judgeSigner(signer, signed, content, check);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function judgeSigner(
  signer: CmsSigner,
  signed: SignedData,
  content: SignedContent,
  check: DetachedCheck,
): string | undefined {
  const { provider, trust, at } = check;
  const certificate = certificateOf(signer, [...signed.certificates, ...(check.registered ?? [])]);
  if (certificate === undefined) return 'в ней нет сертификата подписавшего';
  const digestUri = DIGEST_URIS[signer.digestAlgorithm];
  const signatureUri = digestUri && SIGNATURE_URIS[signer.signatureAlgorithm]?.[digestUri];
  if (digestUri === undefined || signatureUri === undefined)
    return `алгоритмы ${signer.digestAlgorithm} и ${signer.signatureAlgorithm} не допускаются`;
  if (!provider.supportsDigest(digestUri) || !provider.supportsSignature(signatureUri))
    return 'этот шлюз запущен без криптопровайдера ГОСТ и не может её проверить';
  const digest = digestOf(content, digestUri, provider);
  if (signer.attributes === undefined && !(content instanceof Uint8Array))
    return 'для файла нужна подпись с подписанными атрибутами (messageDigest)';
  const octets = octetsUnder(signer, signed, content, digest);
  if (octets === undefined)
    return 'хэш содержимого не совпадает с указанным в подписи: содержимое изменено после подписания';
  const key = provider.importPublicKey(certificate.publicKey);
  const signature = rawEcdsa(signatureUri, signer.signature);
  if (key === undefined || signature === undefined || !provider.verify(signatureUri, key, octets, signature))
    return `значение подписи не проходит проверку ключом сертификата ${certificate.serial}, ${certificate.subject.text}`;
  const verdict = trust.judgeDer(certificate.der, at);
  return verdict.ok ? undefined : verdict.text;
}

/** What the value must sign: the attributes, which must name this content, or the content itself (RFC 5652 §5.4, §11.2). */
function octetsUnder(
  { attributes }: CmsSigner,
  { contentType }: SignedData,
  content: SignedContent,
  digest: Buffer | undefined,
): Uint8Array | undefined {
  // Only id-data may be signed without attributes.
  if (attributes === undefined)
    return contentType === '1.2.840.113549.1.7.1' && content instanceof Uint8Array ? content : undefined;
  const [type, ...types] = attributes.values.get(CONTENT_TYPE) ?? [];
  const [claimed, ...more] = attributes.values.get(MESSAGE_DIGEST) ?? [];
  if (types.length + more.length > 0 || !(claimed instanceof OctetString)) return undefined;
  const names = digest?.equals(Buffer.from(claimed.getValue()));
  return names && sameOid(type, contentType) ? attributes.octets : undefined;
}

function digestOf(content: SignedContent, uri: string, provider: CryptoProvider): Buffer | undefined {
  if (content instanceof Uint8Array) return provider.digest(uri, content);
  const known = content.digests[uri];
  return known && Buffer.from(known);
}

function sameOid(node: Parameters<typeof oid>[0], expected: string): boolean {
  try {
    return oid(node) === expected;
  } catch {
    return false;
  }
}

function certificateOf(signer: CmsSigner, ders: readonly Uint8Array[]): Certificate | undefined {
  for (const der of ders) {
    const certificate = readCertificate(der);
    if (isUnreadable(certificate)) continue;
    const named =
      signer.keyId === undefined
        ? certificate.issuer.key === signer.issuer?.key && certificate.serial === signer.serial
        : certificate.subjectKeyId === signer.keyId;
    if (named) return certificate;
  }
  return undefined;
}
