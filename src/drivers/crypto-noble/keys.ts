import forge from 'node-forge';
import type { OpaqueKey } from '../../ports/index.js';
import { type Curve, curveOf } from './curves.js';
import { fromBytes, type PublicPoint, publicOf, randomBelow, toBytes } from './gost3410.js';

const { asn1 } = forge;
const { Class, Type } = asn1;
type Node = forge.asn1.Asn1;

/** Forge's options; its published types know the strict flag only. */
const AS_IT_STANDS = { strict: true, parseAllBytes: true, decodeBitStrings: false } as unknown as boolean;

/** id-tc26-gost3410-12-256 and -512 (RFC 9215 §2). */
const KEY_ALGORITHMS: Readonly<Record<string, 256 | 512>> = {
  '1.2.643.7.1.1.1.1': 256,
  '1.2.643.7.1.1.1.2': 512,
};

/** id-tc26-gost3411-12-256 and -512. */
const DIGESTS = { 256: '1.2.643.7.1.1.2.2', 512: '1.2.643.7.1.1.2.3' } as const;

/** AlgorithmIdentifier of a GOST key: its bits are those of the curve. */
interface KeyAlgorithm {
  readonly algorithm: string;
  readonly parameterSet: string;
  readonly curve: Curve;
}

export class GostPublicKey implements OpaqueKey, PublicPoint {
  readonly algorithm: string;
  readonly curve: Curve;
  readonly point: PublicPoint['point'];

  constructor(algorithm: string, { curve, point }: PublicPoint) {
    this.algorithm = algorithm;
    this.curve = curve;
    this.point = point;
  }
}

export class GostPrivateKey implements OpaqueKey {
  readonly algorithm: string;
  readonly parameterSet: string;
  readonly curve: Curve;
  readonly #d: bigint;

  constructor({ algorithm, parameterSet, curve }: KeyAlgorithm, d: bigint) {
    this.algorithm = algorithm;
    this.parameterSet = parameterSet;
    this.curve = curve;
    this.#d = d;
  }

  /** Hands the number to the one who computes with it; it appears in no property, print or JSON. */
  use<Result>(compute: (d: bigint) => Result): Result {
    return compute(this.#d);
  }
}

/** A new key; 256 bits on CryptoPro-A, 512 on TC26-A unless a parameter set is named. */
export function generateGostKey(bits: 256 | 512 = 256, parameterSet?: string): GostPrivateKey {
  const set = parameterSet ?? (bits === 256 ? '1.2.643.2.2.35.1' : '1.2.643.7.1.2.1.2.1');
  const curve = curveOf(set);
  if (curve?.bits !== bits) throw new RangeError(`no parameter set ${set} of ${bits} bits`);
  const algorithm = bits === 256 ? '1.2.643.7.1.1.1.1' : '1.2.643.7.1.1.1.2';
  return new GostPrivateKey({ algorithm, parameterSet: set, curve }, randomBelow(curve.q));
}

/** SubjectPublicKeyInfo (RFC 9215 §4): the OCTET STRING inside is X‖Y, little-endian each. Undefined for no GOST key of 2012; throws on other octets. */
export function readPublicKey(spki: Uint8Array): GostPublicKey | undefined {
  const [identifier, bitString] = children(asn1.fromDer(Buffer.from(spki).toString('latin1'), AS_IT_STANDS));
  const algorithm = identifier && readAlgorithm(identifier);
  if (algorithm === undefined || typeof bitString?.value !== 'string') return undefined;
  const octets = asn1.fromDer(bitString.value.slice(1));
  const { curve } = algorithm;
  const size = curve.bits / 8;
  if (octets.type !== Type.OCTETSTRING || typeof octets.value !== 'string' || octets.value.length !== 2 * size) {
    return undefined;
  }
  const bytes = Buffer.from(octets.value, 'latin1').reverse();
  const x = fromBytes(bytes.subarray(size));
  const y = fromBytes(bytes.subarray(0, size));
  const point = curve.Point.fromAffine({ x, y });
  // On the curve and in the subgroup, or an exception: a point elsewhere would make verification meaningless.
  point.assertValidity();
  if (!point.isTorsionFree()) return undefined;
  return new GostPublicKey(algorithm.algorithm, { curve, point });
}

/** SubjectPublicKeyInfo, DER. */
export function writePublicKey(key: GostPrivateKey): Buffer {
  const { point } = key.use((d) => publicOf(key.curve, d));
  const { x, y } = point.toAffine();
  const bytes = Buffer.concat([toBytes(x, key.curve).reverse(), toBytes(y, key.curve).reverse()]);
  const octets = asn1.create(Class.UNIVERSAL, Type.OCTETSTRING, false, bytes.toString('latin1'));
  const bits = asn1.create(Class.UNIVERSAL, Type.BITSTRING, false, `\x00${asn1.toDer(octets).getBytes()}`);
  return Buffer.from(asn1.toDer(sequence(writeAlgorithm(key), bits)).getBytes(), 'latin1');
}

/**
 * Unencrypted PKCS#8. The number stands as a little-endian OCTET STRING (TC26's form, what OpenSSL's engine writes), or as
 * an INTEGER (older tools), with or without an OCTET STRING around it. Masked keys are not read.
 */
export function readPrivateKey(pem: string): GostPrivateKey | undefined {
  const base64 = /-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----/.exec(pem)?.[1];
  if (base64 === undefined) return undefined;
  const [, identifier, octets] = children(asn1.fromDer(Buffer.from(base64, 'base64').toString('latin1')));
  const algorithm = identifier && readAlgorithm(identifier);
  if (algorithm === undefined || typeof octets?.value !== 'string') return undefined;
  const d = privateNumber(octets.value, algorithm.curve.bits / 8);
  return d === undefined || d <= 0n || d >= algorithm.curve.q ? undefined : new GostPrivateKey(algorithm, d);
}

function privateNumber(octets: string, size: number): bigint | undefined {
  const bytes = Buffer.from(octets, 'latin1');
  if (bytes.length === size) return fromBytes(bytes.reverse());
  const inner = asn1.fromDer(octets);
  if (typeof inner.value !== 'string') return undefined;
  const value = Buffer.from(inner.value, 'latin1');
  if (inner.type === Type.INTEGER) return fromBytes(value);
  return inner.type === Type.OCTETSTRING && value.length === size ? fromBytes(value.reverse()) : undefined;
}

export function writePrivateKey(key: GostPrivateKey): string {
  const octets = key.use((d) => toBytes(d, key.curve).reverse());
  const der = asn1.toDer(
    sequence(
      asn1.create(Class.UNIVERSAL, Type.INTEGER, false, '\x00'),
      writeAlgorithm(key),
      asn1.create(Class.UNIVERSAL, Type.OCTETSTRING, false, octets.toString('latin1')),
    ),
  );
  const base64 = Buffer.from(der.getBytes(), 'latin1').toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${base64.replace(/.{1,64}/g, '$&\n')}-----END PRIVATE KEY-----\n`;
}

function readAlgorithm(identifier: Node): KeyAlgorithm | undefined {
  const [oid, parameters] = children(identifier);
  const algorithm = oidOf(oid);
  const bits = algorithm === undefined ? undefined : KEY_ALGORITHMS[algorithm];
  const parameterSet = parameters && oidOf(children(parameters)[0]);
  const curve = parameterSet === undefined ? undefined : curveOf(parameterSet);
  if (algorithm === undefined || parameterSet === undefined || curve?.bits !== bits || curve === undefined)
    return undefined;
  return { algorithm, parameterSet, curve };
}

/** TC26's sets of 256 bits and its 512 C imply the digest; the others name it (RFC 9215 §4.2). */
const IMPLIES_DIGEST = /^1\.2\.643\.7\.1\.2\.1\.(1\.[1-4]|2\.3)$/;

function writeAlgorithm({ algorithm, parameterSet, curve }: GostPrivateKey): Node {
  const digest = IMPLIES_DIGEST.test(parameterSet) ? [] : [oidNode(DIGESTS[curve.bits])];
  return sequence(oidNode(algorithm), sequence(oidNode(parameterSet), ...digest));
}

function children(node: Node | undefined): readonly Node[] {
  return node !== undefined && Array.isArray(node.value) ? node.value : [];
}

function oidOf(node: Node | undefined): string | undefined {
  return node?.type === Type.OID && typeof node.value === 'string'
    ? asn1.derToOid(forge.util.createBuffer(node.value))
    : undefined;
}

function oidNode(oid: string): Node {
  return asn1.create(Class.UNIVERSAL, Type.OID, false, asn1.oidToDer(oid).getBytes());
}

function sequence(...items: Node[]): Node {
  return asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, items);
}
