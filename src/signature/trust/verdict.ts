/** What is wrong with a path, or deserves an alarm; `docs/pkits.md` and the operator's manual name these codes. */
export type TrustCode =
  | 'unreadable'
  | 'not-yet-valid'
  | 'expired'
  | 'no-chain'
  | 'bad-signature'
  | 'algorithm'
  | 'not-an-authority'
  | 'path-length'
  | 'key-usage'
  | 'extended-key-usage'
  | 'name-constraints'
  | 'unknown-critical-extension'
  | 'revoked'
  | 'revocation-unknown'
  /** Alarm: the last list or answer has run out, and the grace time is being lived on. */
  | 'revocation-stale'
  /** Alarm: nobody publishes revocation for this issuer, and the policy lets that pass. */
  | 'revocation-unchecked';

export interface TrustProblem {
  readonly code: TrustCode;
  readonly text: string;
  readonly textEn: string;
}

/** How one certificate of the path was asked about. */
export interface RevocationStatus {
  readonly status: 'good' | 'revoked' | 'unknown' | 'unchecked' | 'anchor';
  readonly source: 'crl' | 'delta-crl' | 'ocsp' | 'none';
  /** Seconds since the list or answer was issued, at the time of judging. */
  readonly age?: number;
}

export interface PathStep {
  readonly subject: string;
  readonly serial: string;
  /** ISO 8601, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly revocation: RevocationStatus;
}

/** The certificate part of the signature X-ray; structured-cloneable. */
export interface TrustVerdict {
  readonly ok: boolean;
  /** From the certificate itself to the root; the longest part that could be built when there is none. */
  readonly path: readonly PathStep[];
  readonly problems: readonly TrustProblem[];
  /** What holds only for a while: the operator must act although `ok` may be true. */
  readonly alarms: readonly TrustProblem[];
}

/** Rules an operator may set; times in milliseconds. */
export interface TrustPolicy {
  /** required: an issuer without list or answer is a refusal. when-known: only where one was ever handed in; else an alarm. */
  readonly revocation: 'required' | 'when-known';
  /** How long past its end the last list or answer is still lived on, with an alarm. */
  readonly grace: number;
  /** A list older than this is stale even before its nextUpdate. Roots issue lists for half a year and longer. */
  readonly listAge: number;
  /** The same for OCSP answers. */
  readonly answerAge: number;
  /** The life of a list or answer that does not say when its successor comes. */
  readonly undatedAge: number;
  /** How far issuers' clocks may be ahead. */
  readonly skew: number;
  /** message: the key must be for digital signatures. any: usage of the end certificate is not judged. */
  readonly use: 'message' | 'any';
}

const HOUR = 3_600_000;

/** Development's: the sandbox's issuer publishes no lists. Live work requires them (the composition root says so). */
export const DEFAULT_TRUST_POLICY: TrustPolicy = {
  revocation: 'when-known',
  grace: 12 * HOUR,
  listAge: 400 * 24 * HOUR,
  answerAge: 7 * 24 * HOUR,
  undatedAge: 7 * 24 * HOUR,
  skew: 5 * 60_000,
  use: 'message',
};
