import type { PathStep, TrustProblem } from '../trust/index.js';
import type { Departure } from './departure.js';
import type { Mistake } from './mistakes.js';

/** The verdict as a person reads it. */
export interface Words {
  readonly ru: string;
  readonly en: string;
}

/** Everything there is to see about one signature; plain data, no secret but the message's own content. */
export interface XRay {
  /** Path of the element that must be signed. */
  readonly element: string;
  readonly verdict: Words;
  /** What verifySignature said. */
  readonly refusal?: string;
  /** Why the ds:Signature is outside the profile; nothing below `canonical` and `transformed` is known then. */
  readonly structure?: string;
  readonly algorithms?: { readonly signature: string; readonly digest: string; readonly transforms: readonly string[] };
  /** exc-c14n octets of the element. */
  readonly canonical: Shown;
  /** Output of the SMEV transform: what is hashed. */
  readonly transformed?: Shown;
  readonly digest?: { readonly computed: string; readonly declared: string; readonly matches: boolean };
  /** exc-c14n octets of SignedInfo: what the value is over. */
  readonly signedInfo?: Shown;
  readonly value?: { readonly verifies: boolean; readonly key: 'registered' | 'message' | 'unusable' };
  readonly certificate?: ShownCertificate;
  /** From the certificate to the root, with dates and the age of revocation data. */
  readonly path?: readonly PathStep[];
  readonly trustProblems?: readonly TrustProblem[];
  /** `difference`: how far the message's own time is ahead of ours, ms. */
  readonly clock: { readonly gateway: string; readonly message?: string; readonly difference?: number };
  readonly mistake?: Mistake;
  readonly departure?: Departure;
}

/** Octets as text, cut at a bound; `bytes` is their number in all. */
export interface Shown {
  readonly text: string;
  readonly bytes: number;
  readonly complete: boolean;
}

export interface ShownCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly fingerprint: string;
}

/** What is seen of the signature itself. */
export type Seen = Omit<XRay, 'element' | 'verdict' | 'path' | 'trustProblems' | 'clock'>;
