import type { Certificate } from './asn1/index.js';
import * as say from './problems.js';
import type { TrustRegistry } from './registry.js';
import type { SignatureMemo } from './signature-memo.js';
import type { TrustProblem } from './verdict.js';

/** Longest path, end certificate and root included; most paths looked at; most issuers tried for one certificate's paths. */
const LONGEST = 10;
const MOST_PATHS = 16;
const MOST_ISSUERS = 128;

export interface BuiltPaths {
  /** From the certificate to a root, every signature verified; the likeliest first. */
  readonly paths: readonly (readonly Certificate[])[];
  /** The longest start of a path, and what stopped it, when there is no whole one. */
  readonly stump: readonly Certificate[];
  readonly problem: TrustProblem;
}

/** All paths from `certificate` to a root, by names and signatures; bounded whatever the registry holds. */
export function buildPaths(certificate: Certificate, registry: TrustRegistry, signatures: SignatureMemo): BuiltPaths {
  const paths: Certificate[][] = [];
  let stump: readonly Certificate[] = [certificate];
  let problem = say.noChain(certificate);
  let tried = 0;
  const grow = (path: readonly Certificate[]): void => {
    const last = path.at(-1)!;
    if (registry.roots.has(last.fingerprint)) {
      paths.push([...path]);
      return;
    }
    let refused: TrustProblem = say.noChain(last);
    for (const issuer of issuersOf(last, registry)) {
      if (paths.length >= MOST_PATHS || path.length >= LONGEST || ++tried > MOST_ISSUERS) return;
      if (path.some((c) => c.fingerprint === issuer.fingerprint)) continue;
      const judgement = signatures.judge(last, issuer);
      if (judgement === 'good') grow([...path, issuer]);
      else refused = judgement === 'bad' ? say.badSignature(last) : say.algorithm(last);
    }
    if (path.length > stump.length || (path.length === 1 && stump.length === 1)) {
      stump = path;
      problem = refused;
    }
  };
  grow([certificate]);
  return { paths, stump, problem };
}

/** By name; those whose key identifier is the one named go first (RFC 5280 §4.2.1.1: a hint, not a rule). */
function issuersOf(certificate: Certificate, registry: TrustRegistry): readonly Certificate[] {
  const named = registry.bySubject(certificate.issuer.key);
  const { authorityKeyId } = certificate;
  if (named.length < 2 || authorityKeyId === undefined) return named;
  const hinted = (c: Certificate) => (c.subjectKeyId === authorityKeyId ? 0 : 1);
  return [...named].sort((a, b) => hinted(a) - hinted(b));
}
