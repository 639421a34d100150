import { createHash } from 'node:crypto';
import {
  BasicOCSPResponse,
  id_pkix_ocsp_basic,
  id_pkix_ocsp_nonce,
  OCSPResponse,
  OCSPResponseStatus,
  type SingleResponse,
} from '@peculiar/asn1-ocsp';
import { AsnConvert } from '@peculiar/asn1-schema';
import type { Extension } from '@peculiar/asn1-x509';
import { type Certificate, readCertificate } from './certificate.js';
import type { Revoked } from './crl.js';
import { childrenOf, sliceOf } from './der.js';
import { type DistinguishedName, fromLibrary } from './names.js';
import { keyBitsOf, type Signed, splitSigned } from './signed.js';
import { attempt, isUnreadable, type Unreadable } from './unreadable.js';

/** A basic OCSP response (RFC 6960 §4.2). Nothing about it is verified. Times in ms since 1970. */
export interface OcspResponse {
  readonly fingerprint: string;
  readonly signed: Signed;
  /** Who answered: by name, or by SHA-1 of the key. */
  readonly responder: { readonly name?: DistinguishedName; readonly keyHash?: string };
  readonly producedAt: number;
  readonly answers: readonly OcspAnswer[];
  /** Certificates sent along, the responder's own among them when it is a delegate. */
  readonly certificates: readonly Certificate[];
  /** Hex of the nonce's octets, when the response repeats one. */
  readonly nonce?: string;
  readonly unknownCritical: readonly string[];
}

export interface OcspAnswer {
  readonly status: 'good' | 'revoked' | 'unknown';
  /** As in `Certificate.serial`. */
  readonly serial: string;
  readonly revoked?: Revoked;
  readonly thisUpdate: number;
  readonly nextUpdate?: number;
  /** Whether the answer is about this certificate, issued by the holder of `issuerKey` (DER SubjectPublicKeyInfo). */
  isAbout(certificate: Certificate, issuerKey: Buffer): boolean;
}

const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
const LARGEST = 256 * 1024;

/** Reads DER of an OCSP response that answers; what is wrong with it otherwise. */
export function readOcspResponse(der: Uint8Array): OcspResponse | Unreadable {
  return attempt(() => read(Buffer.from(der)));
}

function read(der: Buffer): OcspResponse {
  if (der.length > LARGEST) throw new RangeError('an OCSP response larger than 256 KB');
  const outer = AsnConvert.parse(der, OCSPResponse);
  if (outer.responseStatus !== OCSPResponseStatus.successful || outer.responseBytes === undefined)
    throw new RangeError(`the responder refused with status ${outer.responseStatus}`);
  if (outer.responseBytes.responseType !== id_pkix_ocsp_basic) throw new RangeError('not a basic response');
  const bytes = Buffer.from(outer.responseBytes.response.buffer);
  const { signed, rest } = splitSigned(bytes);
  const { tbsResponseData: body } = AsnConvert.parse(bytes, BasicOCSPResponse);
  const extensions = [...(body.responseExtensions ?? [])];
  const nonce = extensions.find((e) => e.extnID === id_pkix_ocsp_nonce);
  const { byName, byKey } = body.responderID;
  return {
    fingerprint: createHash('sha256').update(der).digest('hex'),
    signed,
    responder: { ...(byName && { name: fromLibrary(byName) }), ...(byKey && { keyHash: hex(byKey.buffer) }) },
    producedAt: instant(body.producedAt),
    answers: body.responses.map(readAnswer),
    certificates: rest.flatMap((holder) => certificatesIn(bytes, holder)),
    ...(nonce && { nonce: nonceIn(nonce) }),
    unknownCritical: [...extensions, ...body.responses.flatMap((r) => [...(r.singleExtensions ?? [])])]
      .filter((e) => e.critical && e.extnID !== id_pkix_ocsp_nonce)
      .map((e) => e.extnID),
  };
}

function readAnswer(single: SingleResponse): OcspAnswer {
  const { certID, certStatus } = single;
  const revoked = certStatus.revoked;
  const hash = HASHES[certID.hashAlgorithm.algorithm];
  const name = hex(certID.issuerNameHash.buffer);
  const key = hex(certID.issuerKeyHash.buffer);
  const serial = hex(certID.serialNumber);
  return {
    status: revoked !== undefined ? 'revoked' : certStatus.good !== undefined ? 'good' : 'unknown',
    serial,
    ...(revoked && {
      revoked: { at: instant(revoked.revocationTime), reason: Number(revoked.revocationReason?.reason ?? 0) },
    }),
    thisUpdate: instant(single.thisUpdate),
    ...(single.nextUpdate && { nextUpdate: instant(single.nextUpdate) }),
    isAbout: (certificate, issuerKey) =>
      hash !== undefined &&
      serial === certificate.serial &&
      name === createHash(hash).update(certificate.issuer.der).digest('hex') &&
      key === createHash(hash).update(keyBitsOf(issuerKey)).digest('hex'),
  };
}

/** `[0] EXPLICIT SEQUENCE OF Certificate`; one that cannot be read is as good as absent. */
function certificatesIn(
  bytes: Buffer,
  holder: { tag: number; start: number; content: number; end: number },
): Certificate[] {
  if (holder.tag !== 0xa0) return [];
  const list = childrenOf(bytes, holder)[0];
  return (list === undefined ? [] : childrenOf(bytes, list).slice(0, 4))
    .map((tlv) => readCertificate(sliceOf(bytes, tlv)))
    .filter((found): found is Certificate => !isUnreadable(found));
}

/** The nonce is an OCTET STRING inside the extension's own; old responders leave the inner one out. */
function nonceIn(extension: Extension): string {
  const bytes = Buffer.from(extension.extnValue.buffer);
  return (bytes[0] === 4 && bytes[1] === bytes.length - 2 ? bytes.subarray(2) : bytes).toString('hex');
}

function instant(date: Date): number {
  const at = date.getTime();
  if (Number.isNaN(at)) throw new RangeError('no such moment');
  return at;
}

function hex(bytes: ArrayBuffer): string {
  return Buffer.from(bytes).toString('hex');
}
