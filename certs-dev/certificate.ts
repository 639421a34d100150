/**
 * X.509 v3 certificates for development and tests (RFC 5280). node-forge writes the ASN.1; keys and signatures are
 * those of key.ts, so that EC and GOST keys work and no certificate depends on forge's cryptography.
 */
import { createHash } from 'node:crypto';
import forge from 'node-forge';
import type { DevKey } from './key.js';

const { asn1 } = forge;
const { Class, Type } = asn1;

export interface Subject {
  /** Common name, UTF8String: Cyrillic works. */
  readonly cn: string;
  readonly organisation: string;
}

export interface CertificateRequest {
  readonly subject: Subject;
  readonly issuer: Subject;
  readonly key: DevKey;
  /** The subject's own for a root. */
  readonly issuerKey: DevKey;
  readonly ca: boolean;
  /** 16 bytes at most; the first bit is cleared, as the number must be positive. */
  readonly serial: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const OID = {
  cn: '2.5.4.3',
  country: '2.5.4.6',
  organisation: '2.5.4.10',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
} as const;

/** KeyUsage bits as named in RFC 5280 §4.2.1.3: unused bits, then the octet. */
const KEY_USAGE = {
  // digitalSignature, nonRepudiation
  leaf: '\x06\xc0',
  // keyCertSign, cRLSign
  ca: '\x01\x06',
} as const;

function sequence(...items: forge.asn1.Asn1[]): forge.asn1.Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, items);
}

function primitive(type: forge.asn1.Type, bytes: string): forge.asn1.Asn1 {
  return asn1.create(Class.UNIVERSAL, type, false, bytes);
}

function oid(text: string): forge.asn1.Asn1 {
  return primitive(Type.OID, asn1.oidToDer(text).getBytes());
}

function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

function name(subject: Subject): forge.asn1.Asn1 {
  const attribute = (id: string, type: forge.asn1.Type, text: string) =>
    asn1.create(Class.UNIVERSAL, Type.SET, true, [sequence(oid(id), primitive(type, forge.util.encodeUtf8(text)))]);
  return sequence(
    attribute(OID.country, Type.PRINTABLESTRING, 'RU'),
    attribute(OID.organisation, Type.UTF8, subject.organisation),
    attribute(OID.cn, Type.UTF8, subject.cn),
  );
}

/** RFC 7093 §2 method 4, with SHA-256 cut to 160 bits: over the DER of SubjectPublicKeyInfo. */
function keyIdentifier({ spki }: DevKey): string {
  return binary(createHash('sha256').update(spki).digest().subarray(0, 20));
}

function extension(id: string, critical: boolean, value: forge.asn1.Asn1): forge.asn1.Asn1 {
  const flag = critical ? [primitive(Type.BOOLEAN, '\xff')] : [];
  return sequence(oid(id), ...flag, primitive(Type.OCTETSTRING, asn1.toDer(value).getBytes()));
}

function extensions(request: CertificateRequest): forge.asn1.Asn1 {
  const isCa = request.ca ? [primitive(Type.BOOLEAN, '\xff')] : [];
  const authority = asn1.create(Class.CONTEXT_SPECIFIC, 0, false, keyIdentifier(request.issuerKey));
  return asn1.create(Class.CONTEXT_SPECIFIC, 3, true, [
    sequence(
      extension(OID.basicConstraints, true, sequence(...isCa)),
      extension(OID.keyUsage, true, primitive(Type.BITSTRING, request.ca ? KEY_USAGE.ca : KEY_USAGE.leaf)),
      extension(OID.subjectKeyIdentifier, false, primitive(Type.OCTETSTRING, keyIdentifier(request.key))),
      extension(OID.authorityKeyIdentifier, false, sequence(authority)),
    ),
  ]);
}

/** UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280 §4.1.2.5). */
function time(date: Date): forge.asn1.Asn1 {
  return date.getUTCFullYear() < 2050
    ? primitive(Type.UTCTIME, asn1.dateToUtcTime(date) as string)
    : primitive(Type.GENERALIZEDTIME, asn1.dateToGeneralizedTime(date) as string);
}

function serialNumber(bytes: Uint8Array): forge.asn1.Asn1 {
  // A leading 01 keeps the INTEGER positive and of minimal length whatever follows.
  return primitive(Type.INTEGER, `\x01${binary(bytes.subarray(0, 16))}`);
}

/** One signed certificate, PEM. */
export async function certificatePem(request: CertificateRequest): Promise<string> {
  const { signatureAlgorithm: id, nullParameters } = request.issuerKey;
  const signatureAlgorithm = sequence(oid(id), ...(nullParameters ? [primitive(Type.NULL, '')] : []));
  const version = asn1.create(Class.CONTEXT_SPECIFIC, 0, true, [primitive(Type.INTEGER, '\x02')]);
  const toBeSigned = sequence(
    version,
    serialNumber(request.serial),
    signatureAlgorithm,
    name(request.issuer),
    sequence(time(request.notBefore), time(request.notAfter)),
    name(request.subject),
    asn1.fromDer(binary(request.key.spki)),
    extensions(request),
  );
  const octets = Buffer.from(asn1.toDer(toBeSigned).getBytes(), 'latin1');
  const signature = await request.issuerKey.sign(octets);
  const certificate = sequence(toBeSigned, signatureAlgorithm, primitive(Type.BITSTRING, `\x00${binary(signature)}`));
  const base64 = Buffer.from(asn1.toDer(certificate).getBytes(), 'latin1').toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;
}

/** Forge's options; its published types know the strict flag only. */
const AS_IT_STANDS = { strict: true, parseAllBytes: true, decodeBitStrings: false } as unknown as boolean;

/** What was signed in a certificate, and the signature. Throws when it is none. */
export function signedParts(der: Buffer): { readonly octets: Buffer; readonly signature: Buffer } {
  const [toBeSigned, , signature] = asn1.fromDer(binary(der), AS_IT_STANDS).value as forge.asn1.Asn1[];
  return {
    octets: Buffer.from(asn1.toDer(toBeSigned!).getBytes(), 'latin1'),
    signature: Buffer.from((signature!.value as string).slice(1), 'latin1'),
  };
}
