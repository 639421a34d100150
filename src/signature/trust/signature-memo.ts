import type { Certificate, Signed } from './asn1/index.js';
import type { SignatureJudgement, VerifySignedBy } from './verify-signed-by.js';

/** Something signed that has a name of its own. */
export interface Named {
  readonly fingerprint: string;
  readonly signed: Signed;
}

const LARGEST = 10_000;

/**
 * Judgements of signatures, each made once: they never change, while lists and dates do. Bounded: emptied when full.
 */
export class SignatureMemo {
  readonly #verify: VerifySignedBy;
  readonly #made = new Map<string, SignatureJudgement>();

  constructor(verify: VerifySignedBy) {
    this.#verify = verify;
  }

  judge(named: Named, issuer: Certificate): SignatureJudgement {
    const key = `${named.fingerprint} ${issuer.fingerprint}`;
    const made = this.#made.get(key);
    if (made !== undefined) return made;
    const judgement = this.#verify(named.signed, issuer.publicKey);
    if (this.#made.size >= LARGEST) this.#made.clear();
    this.#made.set(key, judgement);
    return judgement;
  }
}
