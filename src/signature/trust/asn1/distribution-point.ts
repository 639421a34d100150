import { AsnConvert } from '@peculiar/asn1-schema';
import {
  CRLDistributionPoints,
  type DistributionPointName,
  IssuingDistributionPoint,
  type Reason,
} from '@peculiar/asn1-x509';
import { canonicalRdn, type DistinguishedName, generalNameKey } from './names.js';

/** Bits of ReasonFlags (RFC 5280 §4.2.1.13) but `unused`: bit 1 is keyCompromise, bit 8 aACompromise. */
export const ALL_REASONS = 0b1_1111_1110;

/** Where a certificate says its revocation is published. */
export interface DistributionPoint {
  /** Keys of its names, absent when it has none. */
  readonly names?: readonly string[];
  /** Reasons its lists cover, as bits. */
  readonly reasons: number;
  /** Its lists are issued by somebody else: an indirect list, outside this profile. */
  readonly indirect: boolean;
}

/** What part of an issuer's certificates a list covers (RFC 5280 §5.2.5). */
export interface ListScope {
  readonly names?: readonly string[];
  readonly onlyUsers: boolean;
  readonly onlyAuthorities: boolean;
  readonly onlyAttributes: boolean;
  readonly indirect: boolean;
  readonly reasons: number;
  /** Equal for lists of equal scope: a delta belongs to a complete list of its own scope. */
  readonly key: string;
}

export const WHOLE_SCOPE: ListScope = {
  onlyUsers: false,
  onlyAuthorities: false,
  onlyAttributes: false,
  indirect: false,
  reasons: ALL_REASONS,
  key: '',
};

export function readDistributionPoints(der: ArrayBuffer, issuer: DistinguishedName): DistributionPoint[] {
  return [...AsnConvert.parse(der, CRLDistributionPoints)].map((point) => ({
    ...namesOf(point.distributionPoint, issuer),
    reasons: reasonsOf(point.reasons),
    indirect: point.cRLIssuer !== undefined,
  }));
}

export function readListScope(der: ArrayBuffer, issuer: DistinguishedName): ListScope {
  const point = AsnConvert.parse(der, IssuingDistributionPoint);
  return {
    ...namesOf(point.distributionPoint, issuer),
    onlyUsers: point.onlyContainsUserCerts === true,
    onlyAuthorities: point.onlyContainsCACerts === true,
    onlyAttributes: point.onlyContainsAttributeCerts === true,
    indirect: point.indirectCRL === true,
    reasons: reasonsOf(point.onlySomeReasons),
    key: Buffer.from(der).toString('base64'),
  };
}

/** A name relative to the issuer is the issuer's name with one RDN more. */
function namesOf(name: DistributionPointName | undefined, issuer: DistinguishedName): { names?: readonly string[] } {
  if (name === undefined) return {};
  if (name.nameRelativeToCRLIssuer !== undefined) {
    const rdns = [...issuer.rdns, canonicalRdn(name.nameRelativeToCRLIssuer)];
    return { names: [`dn:${JSON.stringify(rdns)}`] };
  }
  return { names: (name.fullName ?? []).map(generalNameKey) };
}

/** The library numbers bit i as 2 to the power i. */
function reasonsOf(reasons: Reason | undefined): number {
  return reasons === undefined ? ALL_REASONS : reasons.toNumber() & ALL_REASONS;
}
