import { createHash } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  ExtendedKeyUsage,
  KeyUsage,
  NameConstraints,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
} from '@peculiar/asn1-x509';
import { childrenOf, contentOf, sliceOf, TAG, timeOf } from './der.js';
import { type DistributionPoint, readDistributionPoints } from './distribution-point.js';
import { type Extensions, readExtensions } from './extensions.js';
import { type DistinguishedName, readName } from './names.js';
import { type Signed, splitSigned } from './signed.js';
import { type Subtree, subtreeOf } from './subtree.js';
import { attempt, type Unreadable } from './unreadable.js';

/** A certificate of RFC 5280 §4 as path validation needs it. Nothing about it is verified. Times in ms since 1970. */
export interface Certificate {
  readonly der: Buffer;
  /** Lower-case hex SHA-256 of the DER. */
  readonly fingerprint: string;
  readonly signed: Signed;
  readonly version: number;
  /** Hex of the INTEGER's octets, sign octet included, so that equal texts are equal numbers. */
  readonly serial: string;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBefore: number;
  readonly notAfter: number;
  /** DER of SubjectPublicKeyInfo. */
  readonly publicKey: Buffer;
  readonly selfIssued: boolean;
  readonly ca: boolean;
  readonly pathLength?: number;
  /** KeyUsage bits, bit 0 is digitalSignature; absent: any use. */
  readonly keyUsage?: number;
  /** Dotted OIDs; absent: any use. */
  readonly extendedKeyUsage?: readonly string[];
  readonly permitted?: readonly Subtree[];
  readonly excluded?: readonly Subtree[];
  readonly alternativeNames: readonly Subtree[];
  readonly distributionPoints?: readonly DistributionPoint[];
  readonly authorityKeyId?: string;
  readonly subjectKeyId?: string;
  /** id-pkix-ocsp-nocheck: a responder's certificate that is not itself asked about (RFC 6960 §4.2.2.2.1). */
  readonly noCheck: boolean;
  /** Critical extensions this profile does not process: the certificate must be refused. */
  readonly unknownCritical: readonly string[];
}

/** Bits of KeyUsage (RFC 5280 §4.2.1.3). */
export const KEY_USAGE = { digitalSignature: 1, nonRepudiation: 2, keyCertSign: 1 << 5, crlSign: 1 << 6 } as const;

const OID = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  distributionPoints: '2.5.29.31',
  policies: '2.5.29.32',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  noCheck: '1.3.6.1.5.5.7.48.1.5',
} as const;

/** Policies are read as "any is acceptable, none is required", which a critical certificatePolicies permits. */
const PROCESSED: ReadonlySet<string> = new Set(Object.values(OID));
const LARGEST = 64 * 1024;

/** Reads DER of one certificate; what is wrong with it otherwise. */
export function readCertificate(der: Uint8Array): Certificate | Unreadable {
  return attempt(() => read(Buffer.from(der)));
}

function read(der: Buffer): Certificate {
  if (der.length > LARGEST) throw new RangeError('a certificate larger than 64 KB');
  const { signed, body, algorithm } = splitSigned(der);
  const parts = childrenOf(der, body);
  const versioned = parts[0]?.tag === 0xa0;
  const version = versioned ? (der[parts[0]!.end - 1] ?? 0) + 1 : 1;
  const [serial, inner, issuerTlv, validity, subjectTlv, publicKey, ...rest] = versioned ? parts.slice(1) : parts;
  if (!serial || !inner || !issuerTlv || !validity || !subjectTlv || !publicKey || serial.tag !== TAG.integer)
    throw new RangeError('a TBSCertificate of other parts');
  // RFC 5280 §4.1.1.2: the algorithm outside the signature must be the one inside.
  if (!sliceOf(der, inner).equals(algorithm)) throw new RangeError('two different signature algorithms');
  const [from, to] = childrenOf(der, validity);
  if (!from || !to) throw new RangeError('a validity without two dates');
  const issuer = readName(sliceOf(der, issuerTlv));
  const subject = readName(sliceOf(der, subjectTlv));
  const extensions = readExtensions(
    der,
    rest.find((p) => p.tag === 0xa3),
  );
  return {
    der,
    fingerprint: createHash('sha256').update(der).digest('hex'),
    signed,
    version,
    serial: contentOf(der, serial).toString('hex'),
    issuer,
    subject,
    notBefore: timeOf(der, from),
    notAfter: timeOf(der, to),
    publicKey: sliceOf(der, publicKey),
    selfIssued: issuer.key === subject.key,
    ...readMeaning(extensions, issuer),
    noCheck: extensions.has(OID.noCheck),
    unknownCritical: extensions.unknownCritical(PROCESSED),
  };
}

/** The extensions the profile processes (RFC 5280 §4.2). */
function readMeaning(extensions: Extensions, issuer: DistinguishedName) {
  const constraints = extensions.read(OID.basicConstraints, (v) => AsnConvert.parse(v, BasicConstraints));
  const names = extensions.read(OID.nameConstraints, (v) => AsnConvert.parse(v, NameConstraints));
  const usage = extensions.read(OID.keyUsage, (v) => AsnConvert.parse(v, KeyUsage).toNumber());
  const extended = extensions.read(OID.extendedKeyUsage, (v) => [...AsnConvert.parse(v, ExtendedKeyUsage)]);
  const alternative = extensions.read(OID.alternativeName, (v) => [...AsnConvert.parse(v, SubjectAlternativeName)]);
  const points = extensions.read(OID.distributionPoints, (v) => readDistributionPoints(v, issuer));
  const authority = extensions.read(OID.authorityKeyId, (v) => AsnConvert.parse(v, AuthorityKeyIdentifier));
  const subjectKey = extensions.read(OID.subjectKeyId, (v) => AsnConvert.parse(v, SubjectKeyIdentifier));
  return {
    ca: constraints?.cA === true,
    ...(constraints?.pathLenConstraint !== undefined && { pathLength: constraints.pathLenConstraint }),
    ...(usage !== undefined && { keyUsage: Number.isNaN(usage) ? 0 : usage }),
    ...(extended && { extendedKeyUsage: extended }),
    ...(names?.permittedSubtrees && { permitted: [...names.permittedSubtrees].map((s) => subtreeOf(s.base, s)) }),
    ...(names?.excludedSubtrees && { excluded: [...names.excludedSubtrees].map((s) => subtreeOf(s.base, s)) }),
    alternativeNames: (alternative ?? []).map((name) => subtreeOf(name)),
    ...(points && { distributionPoints: points }),
    ...(authority?.keyIdentifier && { authorityKeyId: hex(authority.keyIdentifier.buffer) }),
    ...(subjectKey && { subjectKeyId: hex(subjectKey.buffer) }),
  };
}

function hex(bytes: ArrayBuffer): string {
  return Buffer.from(bytes).toString('hex');
}
