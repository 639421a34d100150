import type { Certificate } from './asn1/index.js';
import { buildPaths } from './build-paths.js';
import { askLists } from './crl-revocation.js';
import { Horizon } from './horizon.js';
import { askResponses } from './ocsp-revocation.js';
import * as say from './problems.js';
import type { TrustRegistry } from './registry.js';
import { type Inquiry, NOTHING_KNOWN, type RevocationAnswer, unknownBecause } from './revocation.js';
import type { SignatureMemo } from './signature-memo.js';
import { validatePath } from './validate-path.js';
import type { PathStep, RevocationStatus, TrustPolicy, TrustProblem, TrustVerdict } from './verdict.js';

/** A verdict, and between which instants it stands as long as the registry does. */
export interface Judged {
  readonly verdict: TrustVerdict;
  readonly since: number;
  readonly until: number;
}

type Known = Exclude<RevocationAnswer, { status: 'unknown' }>;

interface Examined {
  readonly path: readonly Certificate[];
  readonly problems: readonly TrustProblem[];
  readonly alarms: readonly TrustProblem[];
  readonly revocation: readonly RevocationStatus[];
}

/** Judges one certificate at one instant (ms since 1970). Pure. */
export function judgeCertificatePath(
  certificate: Certificate,
  at: number,
  registry: TrustRegistry,
  signatures: SignatureMemo,
  policy: TrustPolicy,
): Judged {
  const horizon = new Horizon(at);
  const judge = new Judgement(registry, signatures, policy, horizon);
  const { path, problems, alarms, revocation } = judge.best(certificate);
  const steps = path.map((c, i) => stepOf(c, revocation[i] ?? NOT_ASKED));
  const { since, until } = horizon;
  return { verdict: { ok: problems.length === 0, path: steps, problems, alarms }, since, until };
}

/** Certificates tried as signers of lists in one judgement: bounds the cost whatever the registry holds. */
const MOST_SIGNERS = 64;

class Judgement implements Inquiry {
  readonly registry: TrustRegistry;
  readonly signatures: SignatureMemo;
  readonly policy: TrustPolicy;
  readonly horizon: Horizon;
  /** Certificates whose revocation is being asked about: who is among them cannot vouch for its own list. */
  readonly #asked = new Set<string>();
  #signersTried = 0;

  constructor(registry: TrustRegistry, signatures: SignatureMemo, policy: TrustPolicy, horizon: Horizon) {
    this.registry = registry;
    this.signatures = signatures;
    this.policy = policy;
    this.horizon = horizon;
  }

  /** The first path without a problem, or the one with the fewest. */
  best(certificate: Certificate): Examined {
    const built = buildPaths(certificate, this.registry, this.signatures);
    let best: Examined | undefined;
    for (const path of built.paths) {
      const examined = this.#examine(path, this.policy);
      if (best === undefined || examined.problems.length < best.problems.length) best = examined;
      if (best.problems.length === 0) break;
    }
    if (best !== undefined) return best;
    const own = validatePath([certificate], this.horizon, this.policy);
    return { path: built.stump, problems: [...own, built.problem], alarms: [], revocation: [] };
  }

  trustsSigner(signer: Certificate, root: Certificate): boolean {
    if (this.#asked.has(signer.fingerprint) || ++this.#signersTried > MOST_SIGNERS) return false;
    const { paths } = buildPaths(signer, this.registry, this.signatures);
    const policy: TrustPolicy = { ...this.policy, use: 'any' };
    return paths.some(
      (path) => path.at(-1)!.fingerprint === root.fingerprint && this.#examine(path, policy).problems.length === 0,
    );
  }

  trustsDelegate(path: readonly Certificate[]): boolean {
    return this.#guarded(path[0]!, () => askLists(path, this)).status === 'good';
  }

  /** Revocation is asked about only where everything else is in order: it costs most and says least otherwise. */
  #examine(path: readonly Certificate[], policy: TrustPolicy): Examined {
    const problems = validatePath(path, this.horizon, policy);
    const alarms: TrustProblem[] = [];
    const revocation: RevocationStatus[] = [];
    if (problems.length > 0) return { path, problems, alarms, revocation };
    for (let place = path.length - 2; place >= 0; place--) {
      const certificate = path[place]!;
      const answer = this.#ask(path.slice(place));
      revocation[place] = this.#statusOf(answer);
      const { problem, alarm } = this.#consequence(certificate, answer);
      if (alarm !== undefined) alarms.push(alarm);
      if (problem === undefined) continue;
      problems.push(problem);
      break;
    }
    revocation[path.length - 1] = { status: 'anchor', source: 'none' };
    return { path, problems, alarms, revocation };
  }

  /** Revoked by either source is revoked; otherwise a fresh good answer counts before one that lives by grace. */
  #ask(path: readonly Certificate[]): RevocationAnswer {
    return this.#guarded(path[0]!, () => {
      const answers = [askResponses(path, this), askLists(path, this)];
      const revoked = answers.find((a) => a.status === 'revoked');
      const good = answers.filter((a): a is Known => a.status === 'good');
      const fresh = good.find((a) => a.staleSince === undefined);
      const heard = answers.find((a) => a.status === 'unknown' && a.heard);
      return revoked ?? fresh ?? good[0] ?? heard ?? NOTHING_KNOWN;
    });
  }

  #guarded(certificate: Certificate, ask: () => RevocationAnswer): RevocationAnswer {
    if (this.#asked.has(certificate.fingerprint)) return CIRCULAR;
    this.#asked.add(certificate.fingerprint);
    const answer = ask();
    this.#asked.delete(certificate.fingerprint);
    return answer;
  }

  #consequence(certificate: Certificate, answer: RevocationAnswer): { problem?: TrustProblem; alarm?: TrustProblem } {
    if (answer.status === 'unknown')
      return this.#passesUnchecked(answer)
        ? { alarm: say.revocationUnchecked(certificate) }
        : { problem: say.revocationUnknown(certificate, answer.why) };
    if (answer.status === 'revoked')
      return { problem: say.revoked(certificate, answer.revoked ?? { at: answer.thisUpdate, reason: 0 }) };
    return answer.staleSince === undefined
      ? {}
      : { alarm: say.revocationStale(certificate, answer.staleSince, this.policy.grace) };
  }

  #passesUnchecked(answer: RevocationAnswer): boolean {
    return answer.status === 'unknown' && !answer.heard && this.policy.revocation === 'when-known';
  }

  #statusOf(answer: RevocationAnswer): RevocationStatus {
    if (answer.status === 'unknown')
      return { status: this.#passesUnchecked(answer) ? 'unchecked' : 'unknown', source: 'none' };
    const age = Math.max(0, Math.round((this.horizon.at - answer.thisUpdate) / 1000));
    return { status: answer.status, source: answer.source, age };
  }
}

const CIRCULAR = unknownBecause(
  'подлинность списка отзыва зависит от самого этого сертификата',
  'the revocation list rests on this very certificate',
);

const NOT_ASKED: RevocationStatus = { status: 'unchecked', source: 'none' };

function stepOf(certificate: Certificate, revocation: RevocationStatus): PathStep {
  return {
    subject: certificate.subject.text,
    serial: say.serialOf(certificate),
    notBefore: new Date(certificate.notBefore).toISOString(),
    notAfter: new Date(certificate.notAfter).toISOString(),
    revocation,
  };
}
