import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import * as der from './der-writer.js';

/** 2026-01-01: when everything issued here is judged unless a test says otherwise. */
export const NOW = Date.UTC(2026, 0, 1);
export const DAY = 86_400_000;

export interface Issued {
  readonly der: Buffer;
  readonly subject: Buffer;
  readonly serial: string;
  readonly key: KeyObject;
  readonly publicKey: Buffer;
}

export interface CertificateWishes {
  readonly subject?: Buffer;
  /** Another name of the issuer than its own. */
  readonly issuerName?: Buffer;
  readonly serial?: string;
  readonly from?: number;
  readonly until?: number;
  readonly generalized?: boolean;
  readonly key?: KeyObject;
  /** Extensions beside or instead of the usual ones, by OID; null leaves a usual one out. */
  readonly extensions?: Readonly<Record<string, Buffer | null>>;
  /** Changes the finished DER, signature included. */
  readonly spoil?: (certificate: Buffer) => Buffer;
}

const ECDSA_SHA256 = der.sequence(der.oid('1.2.840.10045.4.3.2'));
const RSA_SHA256 = der.sequence(der.oid('1.2.840.113549.1.1.11'), der.tlv(5));
const algorithmOf = (key: KeyObject) => (key.asymmetricKeyType === 'rsa' ? RSA_SHA256 : ECDSA_SHA256);
let serials = 0x1000;

export function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

/** `CN=…` in UTF8String, or in another type by its tag. */
export function nameOf(...commonNames: readonly (string | readonly [string, number])[]): Buffer {
  return der.sequence(
    ...commonNames.map((cn) => {
      const [value, tag] = typeof cn === 'string' ? [cn, 0x0c] : cn;
      return der.set(der.sequence(der.oid('2.5.4.3'), der.text(value, tag)));
    }),
  );
}

export function extension(id: string, value: Uint8Array, critical = false): Buffer {
  return der.sequence(der.oid(id), ...(critical ? [der.bool(true)] : []), der.octets(value));
}

export const basicConstraints = (ca: boolean, pathLength?: number) =>
  extension(
    '2.5.29.19',
    der.sequence(...(ca ? [der.bool(true)] : []), ...(pathLength === undefined ? [] : [der.integer(pathLength)])),
    true,
  );
export const keyUsage = (...numbers: readonly number[]) => extension('2.5.29.15', der.namedBits(...numbers), true);
export const extendedKeyUsage = (...oids: readonly string[]) =>
  extension('2.5.29.37', der.sequence(...oids.map(der.oid)));

/** A certificate for signing messages; an authority's when `ca`. Self-signed without issuer. */
export function issue(issuer: Issued | undefined, ca: boolean, wishes: CertificateWishes = {}): Issued {
  const key = wishes.key ?? newKey();
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const serial = wishes.serial ?? (serials++).toString(16);
  const subject = wishes.subject ?? nameOf(`${ca ? 'Authority' : 'Signer'} ${serial}`);
  const extensions: Record<string, Buffer | null> = {
    basic: ca ? basicConstraints(true) : null,
    usage: ca ? keyUsage(5, 6) : keyUsage(0, 1),
    ...wishes.extensions,
  };
  const clock = wishes.generalized === true ? der.generalizedTime : der.time;
  const body = der.sequence(
    der.context(0, true, der.integer(2)),
    der.integerOctets(serial),
    algorithmOf(issuer?.key ?? key),
    wishes.issuerName ?? issuer?.subject ?? subject,
    der.sequence(clock(wishes.from ?? NOW - 365 * DAY), clock(wishes.until ?? NOW + 365 * DAY)),
    subject,
    publicKey,
    der.context(3, true, der.sequence(...Object.values(extensions).filter((e) => e !== null))),
  );
  const certificate = signed(body, issuer?.key ?? key);
  return { der: wishes.spoil?.(certificate) ?? certificate, subject, serial, key, publicKey };
}

export interface ListWishes {
  readonly number?: number;
  readonly base?: number;
  readonly from?: number;
  /** null leaves nextUpdate out. */
  readonly until?: number | null;
  readonly revoked?: readonly { serial: string; reason?: number; extensions?: readonly Buffer[] }[];
  readonly scope?: readonly Buffer[];
  readonly extensions?: readonly Buffer[];
  readonly issuerName?: Buffer;
  readonly spoil?: (list: Buffer) => Buffer;
}

/** A revocation list of `issuer`, a delta when `base` is given. */
export function revocationList(issuer: Pick<Issued, 'subject' | 'key'>, wishes: ListWishes = {}): Buffer {
  const entry = ({
    serial,
    reason,
    extensions = [],
  }: {
    serial: string;
    reason?: number;
    extensions?: readonly Buffer[];
  }) => {
    const why = reason === undefined ? [] : [extension('2.5.29.21', der.tlv(0x0a, Buffer.from([reason])))];
    const all = [...why, ...extensions];
    return der.sequence(
      der.integerOctets(serial),
      der.time(NOW - 2 * DAY),
      ...(all.length > 0 ? [der.sequence(...all)] : []),
    );
  };
  const until = wishes.until === undefined ? NOW + DAY : wishes.until;
  const extensions = [
    extension('2.5.29.20', der.integer(wishes.number ?? 1)),
    ...(wishes.base === undefined ? [] : [extension('2.5.29.27', der.integer(wishes.base), true)]),
    ...(wishes.scope === undefined ? [] : [extension('2.5.29.28', der.sequence(...wishes.scope), true)]),
    ...(wishes.extensions ?? []),
  ];
  const entries = (wishes.revoked ?? []).map(entry);
  const body = der.sequence(
    der.integer(1),
    algorithmOf(issuer.key),
    wishes.issuerName ?? issuer.subject,
    der.time(wishes.from ?? NOW - DAY),
    ...(until === null ? [] : [der.time(until)]),
    ...(entries.length > 0 ? [der.sequence(...entries)] : []),
    der.context(0, true, der.sequence(...extensions)),
  );
  const list = signed(body, issuer.key);
  return wishes.spoil?.(list) ?? list;
}

export interface AnswerWishes {
  readonly status?: 'good' | 'revoked' | 'unknown';
  readonly from?: number;
  readonly until?: number | null;
  /** Who signs, with the certificate sent along; the issuer itself otherwise. */
  readonly responder?: Issued;
  readonly byKey?: boolean;
  readonly nonce?: Buffer;
  readonly extensions?: readonly Buffer[];
  readonly hash?: 'sha1' | 'sha256';
}

const HASHES = { sha1: '1.3.14.3.2.26', sha256: '2.16.840.1.101.3.4.2.1' } as const;

/** An OCSP response about `certificate`, issued by `issuer`. */
export function ocspResponse(certificate: Issued, issuer: Issued, wishes: AnswerWishes = {}): Buffer {
  const responder = wishes.responder ?? issuer;
  const hash = wishes.hash ?? 'sha1';
  const digest = (content: Uint8Array, algorithm: string = hash) => createHash(algorithm).update(content).digest();
  const keyBits = (publicKey: Buffer) => publicKey.subarray(publicKey.length - 65);
  const statuses = {
    good: der.context(0, false),
    revoked: der.context(1, true, der.generalizedTime(NOW - 2 * DAY)),
    unknown: der.context(2, false),
  };
  const until = wishes.until === undefined ? NOW + DAY / 2 : wishes.until;
  const single = der.sequence(
    der.sequence(
      der.sequence(der.oid(HASHES[hash]), der.tlv(5)),
      der.octets(digest(issuer.subject)),
      der.octets(digest(keyBits(issuer.publicKey))),
      der.integerOctets(certificate.serial),
    ),
    statuses[wishes.status ?? 'good'],
    der.generalizedTime(wishes.from ?? NOW - 3_600_000),
    ...(until === null ? [] : [der.context(0, true, der.generalizedTime(until))]),
  );
  const nonce = wishes.nonce === undefined ? [] : [extension('1.3.6.1.5.5.7.48.1.2', der.octets(wishes.nonce))];
  const extensions = [...nonce, ...(wishes.extensions ?? [])];
  const body = der.sequence(
    wishes.byKey === true
      ? der.context(2, true, der.octets(digest(keyBits(responder.publicKey), 'sha1')))
      : der.context(1, true, responder.subject),
    der.generalizedTime(NOW - 3_600_000),
    der.sequence(single),
    ...(extensions.length > 0 ? [der.context(1, true, der.sequence(...extensions))] : []),
  );
  const along = wishes.responder === undefined ? [] : [der.context(0, true, der.sequence(wishes.responder.der))];
  const basic = der.sequence(body, ECDSA_SHA256, der.bits(sign('sha256', body, responder.key)), ...along);
  return der.sequence(
    der.tlv(0x0a, Buffer.from([0])),
    der.context(0, true, der.sequence(der.oid('1.3.6.1.5.5.7.48.1.1'), der.octets(basic))),
  );
}

function signed(body: Buffer, key: KeyObject): Buffer {
  return der.sequence(body, algorithmOf(key), der.bits(sign('sha256', body, key)));
}

/** The last octet, which belongs to the signature, changed. */
export function spoilSignature(bytes: Buffer): Buffer {
  const spoilt = Buffer.from(bytes);
  spoilt[spoilt.length - 1]! ^= 1;
  return spoilt;
}
