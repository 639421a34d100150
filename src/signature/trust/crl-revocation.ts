import {
  ALL_REASONS,
  type Certificate,
  type DistributionPoint,
  KEY_USAGE,
  type ListScope,
  REMOVE_FROM_CRL,
  type RevocationList,
  type Revoked,
} from './asn1/index.js';
import { freshnessOf, type Inquiry, NOTHING_KNOWN, type RevocationAnswer, unknownBecause } from './revocation.js';
import { mayUse } from './validate-path.js';

/**
 * RFC 5280 §6.3.3 without indirect lists: asks the issuer's lists until they cover all reasons. `path` leads from the
 * certificate through its issuer to the root.
 */
export function askLists(path: readonly Certificate[], inquiry: Inquiry): RevocationAnswer {
  const certificate = path[0]!;
  const lists = inquiry.registry.listsOf(certificate.issuer.key);
  if (lists.length === 0) return NOTHING_KNOWN;
  const usable = lists.flatMap((list) => prove(list, path, lists, inquiry));
  // Fresh lists before those that live by grace; within each, newest first as the registry keeps them.
  usable.sort((a, b) => Number(a.staleSince !== undefined) - Number(b.staleSince !== undefined));
  let covered = 0;
  let oldest: Proof | undefined;
  for (const proof of usable) {
    for (const point of pointsOf(certificate)) {
      const reasons = reasonsCovered(point, proof.list.scope);
      if ((reasons & ~covered) === 0) continue;
      const revoked = proof.find(certificate.serial);
      if (revoked !== undefined) return { status: 'revoked', revoked, ...sourceOf(proof) };
      covered |= reasons;
      if (oldest === undefined || proof.thisUpdate < oldest.thisUpdate || proof.staleSince !== undefined)
        oldest = proof;
    }
  }
  if (covered === ALL_REASONS && oldest !== undefined) return { status: 'good', ...sourceOf(oldest) };
  return unknownBecause(
    'ни один список отзыва издателя не годится (просрочен, неверно подписан, не о том или с неизвестным расширением)',
    'none of the issuer’s lists serves (out of date, wrongly signed, about others, or with an unknown extension)',
  );
}

/** A complete list, with a delta where there is one, that was verified and speaks of certificates of this kind. */
interface Proof {
  readonly list: RevocationList;
  readonly delta: boolean;
  readonly thisUpdate: number;
  readonly staleSince?: number;
  find(serial: string): Revoked | undefined;
}

function sourceOf({ delta, thisUpdate, staleSince }: Proof) {
  const source = delta ? ('delta-crl' as const) : ('crl' as const);
  return { source, thisUpdate, ...(staleSince !== undefined && { staleSince }) };
}

function prove(
  list: RevocationList,
  path: readonly Certificate[],
  lists: readonly RevocationList[],
  inquiry: Inquiry,
): Proof[] {
  const { scope } = list;
  const aboutOthers = (scope.onlyUsers && path[0]!.ca) || (scope.onlyAuthorities && !path[0]!.ca);
  if (list.baseNumber !== undefined || !isProcessed(list) || aboutOthers) return [];
  const freshness = freshnessOf(list, inquiry.policy.listAge, inquiry);
  if (!freshness.use) return [];
  const signer = signerOf(list, path, inquiry);
  if (signer === undefined) return [];
  const delta = lists.find((d) => completes(d, list, inquiry) && inquiry.signatures.judge(d, signer) === 'good');
  return [
    {
      list,
      delta: delta !== undefined,
      thisUpdate: (delta ?? list).thisUpdate,
      ...(freshness.staleSince !== undefined && { staleSince: freshness.staleSince }),
      find(serial) {
        const changed = delta?.find(serial);
        if (changed?.reason === REMOVE_FROM_CRL) return undefined;
        return changed ?? list.find(serial);
      },
    },
  ];
}

function isProcessed({ scope, unknownCritical }: RevocationList): boolean {
  return unknownCritical.length === 0 && !scope.indirect && !scope.onlyAttributes;
}

/** §6.3.3 c: a fresh delta of the same scope, whose base is not newer than the complete list, and which is not older. */
function completes(delta: RevocationList, complete: RevocationList, inquiry: Inquiry): boolean {
  const { baseNumber, number } = delta;
  if (baseNumber === undefined || number === undefined || complete.number === undefined) return false;
  const freshness = freshnessOf(delta, inquiry.policy.listAge, inquiry);
  return (
    isProcessed(delta) &&
    delta.scope.key === complete.scope.key &&
    delta.authorityKeyId === complete.authorityKeyId &&
    baseNumber <= complete.number &&
    complete.number <= number &&
    freshness.use &&
    freshness.staleSince === undefined
  );
}

/** Who signed the list: the issuer on the path, or another certificate of the same name that is itself good. */
function signerOf(list: RevocationList, path: readonly Certificate[], inquiry: Inquiry): Certificate | undefined {
  const [, issuer] = path;
  const signed = (c: Certificate) => mayUse(c, KEY_USAGE.crlSign) && inquiry.signatures.judge(list, c) === 'good';
  if (issuer !== undefined && signed(issuer)) return issuer;
  const others = inquiry.registry.bySubject(list.issuer.key).filter((c) => c.fingerprint !== issuer?.fingerprint);
  return others.find((c) => signed(c) && inquiry.trustsSigner(c, path.at(-1)!));
}

/** The points a certificate names, and the one every issuer has: itself, for all reasons (§6.3.3, end). */
function pointsOf(certificate: Certificate): DistributionPoint[] {
  const own: DistributionPoint = { names: [`dn:${certificate.issuer.key}`], reasons: ALL_REASONS, indirect: false };
  return [...(certificate.distributionPoints ?? []).filter((p) => !p.indirect), own];
}

/** Reasons this list covers for this point; none when they name different places. */
function reasonsCovered(point: DistributionPoint, scope: ListScope): number {
  const samePlace = scope.names === undefined || scope.names.some((name) => point.names?.includes(name) === true);
  return samePlace ? point.reasons & scope.reasons : 0;
}
