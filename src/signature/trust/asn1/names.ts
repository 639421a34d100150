import { AsnConvert } from '@peculiar/asn1-schema';
import {
  type AttributeTypeAndValue,
  type GeneralName,
  Name,
  type RelativeDistinguishedName,
} from '@peculiar/asn1-x509';

/** A distinguished name made ready for comparing. */
export interface DistinguishedName {
  readonly der: Buffer;
  /** One canonical text per RDN, in order: equal names have equal lists. */
  readonly rdns: readonly string[];
  /** All of `rdns` in one text, a key of maps. */
  readonly key: string;
  /** For people: `CN=…, O=…`, as written. */
  readonly text: string;
  /** Values of emailAddress attributes, which name constraints reach (RFC 5280 §4.2.1.10). */
  readonly emails: readonly string[];
}

const EMAIL = '1.2.840.113549.1.9.1';
const SHORT: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.643.100.1': 'ОГРН',
  '1.2.643.100.4': 'ИНН ЮЛ',
  '1.2.643.3.131.1.1': 'ИНН',
  [EMAIL]: 'E',
};

/** Reads a Name. Throws on malformed DER. */
export function readName(der: Uint8Array): DistinguishedName {
  return fromLibrary(AsnConvert.parse(der, Name), Buffer.from(der));
}

export function fromLibrary(name: Name, der = Buffer.from(AsnConvert.serialize(name))): DistinguishedName {
  const rdns = [...name].map(canonicalRdn);
  const attributes = [...name].flatMap((rdn) => [...rdn]);
  return {
    der,
    rdns,
    key: JSON.stringify(rdns),
    text: attributes.map((a) => `${SHORT[a.type] ?? a.type}=${shown(a)}`).join(', '),
    emails: attributes.filter((a) => a.type === EMAIL).map(shown),
  };
}

/** RFC 5280 §7.1: attributes of an RDN have no order; values compare by the prepared string, whatever type carries it. */
export function canonicalRdn(rdn: RelativeDistinguishedName): string {
  return JSON.stringify([...rdn].map((a) => `${a.type}=${prepared(a)}`).sort());
}

/** Whether `name` lies in the subtree of `base`: its first RDNs are those of the base. */
export function isWithin(name: DistinguishedName, base: DistinguishedName): boolean {
  return base.rdns.length <= name.rdns.length && base.rdns.every((rdn, i) => rdn === name.rdns[i]);
}

/** A general name as a text that is equal for equal names. */
export function generalNameKey(name: GeneralName): string {
  if (name.directoryName !== undefined) return `dn:${fromLibrary(name.directoryName).key}`;
  if (name.uniformResourceIdentifier !== undefined) return `uri:${name.uniformResourceIdentifier}`;
  return `der:${Buffer.from(AsnConvert.serialize(name)).toString('hex')}`;
}

/** StringPrep as RFC 5280 §7.1 needs it: NFKC, case folded, outer spaces off, inner runs of spaces one. */
function prepared(attribute: AttributeTypeAndValue): string {
  const text = textOf(attribute);
  if (text === undefined) return `#${raw(attribute).toString('hex')}`;
  return text.normalize('NFKC').toLowerCase().trim().replace(/\s+/gu, ' ');
}

function textOf({ value }: AttributeTypeAndValue): string | undefined {
  return (
    value.utf8String ??
    value.printableString ??
    value.ia5String ??
    value.bmpString ??
    value.teletexString ??
    value.universalString
  );
}

function shown(attribute: AttributeTypeAndValue): string {
  const text = textOf(attribute);
  if (text !== undefined) return text.replace(/\p{Cc}/gu, ' ');
  // NumericString, the type of ОГРН and ИНН, which the library leaves as bytes.
  const bytes = raw(attribute);
  return bytes[0] === 0x12 ? bytes.subarray(2).toString('latin1').replace(/\D/g, ' ') : `#${bytes.toString('hex')}`;
}

function raw({ value }: AttributeTypeAndValue): Buffer {
  return Buffer.from(value.anyValue ?? new ArrayBuffer(0));
}
