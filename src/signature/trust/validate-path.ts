import { type Certificate, KEY_USAGE } from './asn1/index.js';
import type { Horizon } from './horizon.js';
import { NameConstraintState } from './name-constraints.js';
import * as say from './problems.js';
import type { TrustPolicy, TrustProblem } from './verdict.js';

/**
 * RFC 5280 §6.1 without policies and without revocation: `path` leads from the end certificate to the root, and every
 * signature in it has been verified. All that is wrong, root first.
 */
export function validatePath(path: readonly Certificate[], horizon: Horizon, policy: TrustPolicy): TrustProblem[] {
  const problems: TrustProblem[] = [];
  const names = new NameConstraintState();
  let longest = Number.POSITIVE_INFINITY;
  for (let place = path.length - 1; place >= 0; place--) {
    const certificate = path[place]!;
    const anchor = place === path.length - 1;
    problems.push(...datesOf(certificate, horizon, place, path.length));
    if (certificate.unknownCritical.length > 0) problems.push(say.unknownCritical(certificate));
    // §6.1.3 b: a self-issued certificate in the middle of a path is how an authority changes its key.
    const exempt = anchor || (certificate.selfIssued && place > 0);
    const wrong = exempt ? undefined : names.violatedBy(certificate);
    if (wrong !== undefined) problems.push(say.nameConstraints(certificate, wrong));
    if (place === 0) break;
    problems.push(...authorityOf(certificate));
    if (!anchor && !certificate.selfIssued) {
      if (longest <= 0) problems.push(say.pathLength(certificate));
      longest--;
    }
    longest = Math.min(longest, certificate.pathLength ?? Number.POSITIVE_INFINITY);
    names.add(certificate);
  }
  return [...problems, ...useOf(path[0]!, policy)];
}

function datesOf(certificate: Certificate, horizon: Horizon, place: number, length: number): TrustProblem[] {
  const owner = say.ownerOf(certificate, place, length);
  if (!horizon.reached(certificate.notBefore)) return [say.notYetValid(certificate, owner)];
  // The whole second of notAfter belongs to the validity (§4.1.2.5).
  return horizon.reached(certificate.notAfter + 1000) ? [say.expired(certificate, owner)] : [];
}

/** §6.1.4 k, n: only a version 3 certificate that says so is an authority's. */
function authorityOf(certificate: Certificate): TrustProblem[] {
  const problems: TrustProblem[] = [];
  if (certificate.version !== 3 || !certificate.ca) problems.push(say.notAnAuthority(certificate));
  if (!mayUse(certificate, KEY_USAGE.keyCertSign)) problems.push(say.keyUsage(certificate, 'keyCertSign'));
  return problems;
}

export function mayUse({ keyUsage }: Certificate, bit: number): boolean {
  return keyUsage === undefined || (keyUsage & bit) !== 0;
}

/** Uses that exclude the signing of messages: servers, code, time stamps, OCSP. A certificate of these alone is misused. */
const OTHER_USES: ReadonlySet<string> = new Set([
  '1.3.6.1.5.5.7.3.1',
  '1.3.6.1.5.5.7.3.3',
  '1.3.6.1.5.5.7.3.8',
  '1.3.6.1.5.5.7.3.9',
]);

function useOf(certificate: Certificate, { use }: TrustPolicy): TrustProblem[] {
  if (use === 'any') return [];
  const { extendedKeyUsage } = certificate;
  const misused = extendedKeyUsage?.every((oid) => OTHER_USES.has(oid)) === true;
  return [
    ...(mayUse(certificate, KEY_USAGE.digitalSignature) ? [] : [say.keyUsage(certificate, 'digitalSignature')]),
    ...(misused ? [say.extendedKeyUsage(certificate)] : []),
  ];
}
