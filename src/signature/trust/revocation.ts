import type { Certificate, Revoked } from './asn1/index.js';
import type { Horizon } from './horizon.js';
import type { Owner } from './problems.js';
import type { TrustRegistry } from './registry.js';
import type { SignatureMemo } from './signature-memo.js';
import type { RevocationStatus, TrustPolicy } from './verdict.js';

/** What the revocation checks of one judgement share. */
export interface Inquiry {
  readonly registry: TrustRegistry;
  readonly signatures: SignatureMemo;
  readonly horizon: Horizon;
  readonly policy: TrustPolicy;
  /**
   * Whether a certificate other than the path's own may sign lists for an issuer under this root: its own path must be
   * good, its own revocation included (RFC 5280 §6.3.3 f).
   */
  trustsSigner(signer: Certificate, root: Certificate): boolean;
  /** Whether the issuer's lists say that an OCSP responder (first of the path) is not revoked. */
  trustsDelegate(path: readonly Certificate[]): boolean;
}

/** An answer about one certificate. */
export type RevocationAnswer =
  | {
      readonly status: 'good' | 'revoked';
      readonly source: RevocationStatus['source'];
      readonly thisUpdate: number;
      readonly revoked?: Revoked;
      /** When its data ran out, if they are lived on by grace. */
      readonly staleSince?: number;
    }
  /** `heard`: something is published for this issuer, it only does not prove anything now. */
  | { readonly status: 'unknown'; readonly why: Owner; readonly heard: boolean };

export const NOTHING_KNOWN: RevocationAnswer = {
  status: 'unknown',
  heard: false,
  why: {
    ru: 'нет ни списка отзыва издателя, ни ответа OCSP; положите их в папку trust',
    en: "neither the issuer's revocation list nor an OCSP answer; put them into the trust folder",
  },
};

export function unknownBecause(ru: string, en: string): RevocationAnswer {
  return { status: 'unknown', heard: true, why: { ru, en } };
}

/** fresh; stale but within grace, since when; or of no use. */
export type Freshness = { readonly use: false } | { readonly use: true; readonly staleSince?: number };

/** Judges by nextUpdate and by age: whichever comes first ends the data's life, then the grace begins. */
export function freshnessOf(
  data: { readonly thisUpdate: number; readonly nextUpdate?: number },
  longest: number,
  { horizon, policy }: Inquiry,
): Freshness {
  const end = Math.min(data.nextUpdate ?? data.thisUpdate + policy.undatedAge, data.thisUpdate + longest);
  if (!horizon.reached(data.thisUpdate - policy.skew)) return { use: false };
  if (!horizon.reached(end)) return { use: true };
  return horizon.reached(end + policy.grace) ? { use: false } : { use: true, staleSince: end };
}
