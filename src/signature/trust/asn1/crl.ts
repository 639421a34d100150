import { createHash } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import { AuthorityKeyIdentifier } from '@peculiar/asn1-x509';
import { childrenOf, contentOf, expectTag, sliceOf, TAG, type Tlv, timeOf, tlvAt } from './der.js';
import { type ListScope, readListScope, WHOLE_SCOPE } from './distribution-point.js';
import { readExtensions } from './extensions.js';
import { type DistinguishedName, readName } from './names.js';
import { type Signed, splitSigned } from './signed.js';
import { attempt, isUnreadable, type Unreadable } from './unreadable.js';

/** A revocation list of RFC 5280 §5, complete or delta. Nothing about it is verified. Times in ms since 1970. */
export interface RevocationList {
  readonly fingerprint: string;
  readonly signed: Signed;
  readonly issuer: DistinguishedName;
  readonly thisUpdate: number;
  readonly nextUpdate?: number;
  readonly number?: bigint;
  /** A delta list: the smallest number of a complete list it may be combined with. */
  readonly baseNumber?: bigint;
  readonly scope: ListScope;
  readonly authorityKeyId?: string;
  /** Critical extensions, of the list or of an entry, this profile does not process: the list proves nothing. */
  readonly unknownCritical: readonly string[];
  readonly entries: number;
  /** When and why the serial number (as in `Certificate.serial`) was revoked. */
  find(serial: string): Revoked | undefined;
}

export interface Revoked {
  readonly at: number;
  /** CRLReason of RFC 5280 §5.3.1; 0 (unspecified) when not said; 8 is removeFromCRL. */
  readonly reason: number;
}

export const REMOVE_FROM_CRL = 8;

const OID = { number: '2.5.29.20', reason: '2.5.29.21', invalidity: '2.5.29.24', delta: '2.5.29.27' } as const;
const SCOPE = '2.5.29.28';
const AUTHORITY_KEY = '2.5.29.35';
const PROCESSED: ReadonlySet<string> = new Set([OID.number, OID.delta, SCOPE, AUTHORITY_KEY]);
const PROCESSED_IN_ENTRY: ReadonlySet<string> = new Set([OID.reason, OID.invalidity]);
const LARGEST = 64 * 1024 * 1024;

/** Reads DER of one revocation list; what is wrong with it otherwise. Time and memory are linear in its entries. */
export function readRevocationList(der: Uint8Array): RevocationList | Unreadable {
  return attempt(() => read(Buffer.from(der)));
}

function read(der: Buffer): RevocationList {
  if (der.length > LARGEST) throw new RangeError('a revocation list larger than 64 MB');
  const { signed, body, algorithm } = splitSigned(der);
  const parts = childrenOf(der, body);
  if (parts[0]?.tag === TAG.integer) parts.shift();
  const [inner, issuerTlv, thisUpdate, ...rest] = parts;
  if (!inner || !issuerTlv || !thisUpdate) throw new RangeError('a TBSCertList of other parts');
  if (!sliceOf(der, inner).equals(algorithm)) throw new RangeError('two different signature algorithms');
  const nextUpdate = isTime(rest[0]) ? rest.shift() : undefined;
  const list = rest[0]?.tag === TAG.sequence ? rest.shift() : undefined;
  const extensions = readExtensions(der, rest[0]?.tag === 0xa0 ? rest.shift() : undefined);
  if (rest.length > 0) throw new RangeError('a TBSCertList of other parts');
  const issuer = readName(sliceOf(der, issuerTlv));
  const number = extensions.read(OID.number, integer);
  const baseNumber = extensions.read(OID.delta, integer);
  const authority = extensions.read(AUTHORITY_KEY, (v) => AsnConvert.parse(v, AuthorityKeyIdentifier));
  const { offsets, unknown } = readEntries(der, list);
  return {
    fingerprint: createHash('sha256').update(der).digest('hex'),
    signed,
    issuer,
    thisUpdate: timeOf(der, thisUpdate),
    ...(nextUpdate && { nextUpdate: timeOf(der, nextUpdate) }),
    ...(number !== undefined && { number }),
    ...(baseNumber !== undefined && { baseNumber }),
    scope: extensions.read(SCOPE, (v) => readListScope(v, issuer)) ?? WHOLE_SCOPE,
    ...(authority?.keyIdentifier && { authorityKeyId: Buffer.from(authority.keyIdentifier.buffer).toString('hex') }),
    unknownCritical: [...extensions.unknownCritical(PROCESSED), ...unknown],
    entries: offsets.size,
    find: (serial) => {
      const at = offsets.get(Buffer.from(serial, 'hex').toString('latin1'));
      if (at === undefined) return undefined;
      const entry = attempt(() => readEntry(der, tlvAt(der, at, der.length)));
      // Listed is revoked, even where date or reason make no sense.
      return isUnreadable(entry) ? { at: timeOf(der, thisUpdate), reason: 0 } : entry;
    },
  };
}

/** Where each entry starts, by its serial number; entries are read again when asked for, as nearly none ever is. */
function readEntries(der: Buffer, list: Tlv | undefined): { offsets: Map<string, number>; unknown: Set<string> } {
  const offsets = new Map<string, number>();
  const unknown = new Set<string>();
  for (let at = list?.content ?? 0; at < (list?.end ?? 0); ) {
    const entry = expectTag(der, at, list!.end, TAG.sequence);
    const serial = expectTag(der, entry.content, entry.end, TAG.integer);
    const date = tlvAt(der, serial.end, entry.end);
    if (!isTime(date)) throw new RangeError('an entry without a date');
    if (date.end < entry.end) {
      const extensions = readExtensions(der, tlvAt(der, date.end, entry.end));
      for (const oid of extensions.unknownCritical(PROCESSED_IN_ENTRY)) unknown.add(oid);
    }
    offsets.set(contentOf(der, serial).toString('latin1'), at);
    at = entry.end;
  }
  return { offsets, unknown };
}

function readEntry(der: Buffer, entry: Tlv): Revoked {
  const [, date, more] = childrenOf(der, entry);
  const reason = readExtensions(der, more).read(OID.reason, (v) => new Uint8Array(v)[2]);
  return { at: timeOf(der, date!), reason: reason ?? 0 };
}

function isTime(tlv: Tlv | undefined): boolean {
  return tlv?.tag === TAG.utcTime || tlv?.tag === TAG.generalizedTime;
}

function integer(value: ArrayBuffer): bigint {
  const bytes = new Uint8Array(value);
  const tlv = expectTag(bytes, 0, bytes.length, TAG.integer);
  if (tlv.end - tlv.content > 20) throw new RangeError('a list number above 20 octets');
  return BigInt(`0x${contentOf(bytes, tlv).toString('hex') || '0'}`);
}
