import type { X509Certificate } from 'node:crypto';
import { type Certificate, isUnreadable, readCertificate, type Unreadable } from './asn1/index.js';
import { type Judged, judgeCertificatePath } from './path-validator.js';
import { unreadable } from './problems.js';
import { type RejectedFile, type TrustMaterial, TrustRegistry } from './registry.js';
import { SignatureMemo } from './signature-memo.js';
import { DEFAULT_TRUST_POLICY, type TrustPolicy, type TrustVerdict } from './verdict.js';
import { type VerifySignedBy, verifyByOpenssl } from './verify-signed-by.js';

/** A verdict with the text the caller gets: Russian, all problems, empty when there are none. */
export interface CertificateVerdict extends TrustVerdict {
  readonly text: string;
}

export interface TrustOptions {
  readonly policy?: Partial<TrustPolicy>;
  readonly verifySignedBy?: VerifySignedBy;
}

/** Times in ms since 1970. */
export interface RevocationListAge {
  readonly issuer: string;
  readonly thisUpdate: number;
  readonly nextUpdate?: number;
}

/** Longest a verdict is kept even where no date comes near: it names the age of revocation data. */
const KEPT = 5 * 60_000;
const MOST_KEPT = 10_000;

interface Kept extends Judged {
  readonly verdict: CertificateVerdict;
}

/**
 * What the environment trusts. A verdict is kept for its certificate until a date of the path, of a list or of an
 * answer is crossed, or `renew` brings other lists: a message does not pay for building chains.
 */
export class TrustStore {
  readonly #policy: TrustPolicy;
  readonly #signatures: SignatureMemo;
  #registry: TrustRegistry;
  readonly #kept = new Map<string, Kept>();
  readonly #read = new WeakMap<X509Certificate, Certificate | Unreadable>();

  constructor(material: TrustMaterial, options: TrustOptions = {}) {
    this.#policy = { ...DEFAULT_TRUST_POLICY, ...options.policy };
    this.#signatures = new SignatureMemo(options.verifySignedBy ?? verifyByOpenssl);
    this.#registry = new TrustRegistry(material);
  }

  /** Files that could not be read, and why. */
  get rejected(): readonly RejectedFile[] {
    return this.#registry.rejected;
  }

  /** Roots and intermediates, for warnings of their end. */
  get certificates(): readonly Certificate[] {
    return this.#registry.certificates;
  }

  /** How old the newest list of each issuer and scope is. */
  get lists(): readonly RevocationListAge[] {
    return this.#registry.newestLists.map(({ issuer, thisUpdate, nextUpdate }) => ({
      issuer: issuer.text,
      thisUpdate,
      ...(nextUpdate !== undefined && { nextUpdate }),
    }));
  }

  /** Puts other roots, lists and answers in force; from the next judgement on. */
  renew(material: TrustMaterial): void {
    this.#registry = new TrustRegistry(material);
    this.#kept.clear();
  }

  /** Whether the certificate is good at `at` (ms since 1970). Never throws, whatever its bytes. */
  judge(certificate: X509Certificate, at: number): CertificateVerdict {
    let read = this.#read.get(certificate);
    if (read === undefined) {
      read = readCertificate(certificate.raw);
      this.#read.set(certificate, read);
    }
    return isUnreadable(read) ? notRead(read) : this.#judge(read, at);
  }

  /** The same for a certificate's DER. */
  judgeDer(der: Uint8Array, at: number): CertificateVerdict {
    const read = readCertificate(der);
    return isUnreadable(read) ? notRead(read) : this.#judge(read, at);
  }

  #judge(certificate: Certificate, at: number): CertificateVerdict {
    const kept = this.#kept.get(certificate.fingerprint);
    if (kept !== undefined && kept.since <= at && at < kept.until) return kept.verdict;
    const judged = judgeCertificatePath(certificate, at, this.#registry, this.#signatures, this.#policy);
    const verdict = { ...judged.verdict, text: judged.verdict.problems.map((p) => p.text).join('; ') };
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    const since = Math.max(judged.since, at - KEPT);
    this.#kept.set(certificate.fingerprint, { verdict, since, until: Math.min(judged.until, at + KEPT) });
    return verdict;
  }
}

function notRead({ unreadable: why }: Unreadable): CertificateVerdict {
  const problem = unreadable(why);
  return { ok: false, path: [], problems: [problem], alarms: [], text: problem.text };
}
