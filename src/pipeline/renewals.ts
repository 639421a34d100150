import { type Fault, fault, smevFailure } from '../faults/index.js';
import { sealLeaf } from '../journal/index.js';
import { renewCertificate } from '../participants/index.js';
import type { Clock, KeyVault, Log, Store, Workers } from '../ports/index.js';
import type { InForce } from './in-force.js';
import type { RenewalVerdict } from './judge-renewal.js';
import type { Job, JobResult } from './outcome.js';
import { commitOrUnknown } from './outcome-unknown.js';
import { recordTime } from './records.js';
import type { RefusalCounter } from './refusal-counter.js';

export interface RenewalsParts {
  readonly store: Store;
  readonly workers: Workers<Job, JobResult>;
  readonly inForce: InForce;
  readonly refusals: RefusalCounter;
  readonly clock: Clock;
  readonly vault: KeyVault;
  readonly log: Log;
}

export type RenewalReply =
  | { readonly kind: 'registered'; readonly mnemonic: string; readonly config: string; readonly isNew: boolean }
  | { readonly kind: 'refused'; readonly fault: Fault }
  | { readonly kind: 'busy' };

type Proven = Extract<RenewalVerdict, { kind: 'proven' }>;

/**
 * Renewal of participants' certificates: judged in a worker, put in force on the main thread. Old and new certificates hold
 * together until the old one ends. The same request again changes nothing.
 */
export class Renewals {
  readonly #parts: RenewalsParts;

  constructor(parts: RenewalsParts) {
    this.#parts = parts;
  }

  /** `from`: the caller's address, for counting refusals of strangers. */
  async receive(document: Uint8Array<ArrayBuffer>, from: string): Promise<RenewalReply> {
    const { workers, clock, log } = this.#parts;
    const done = await workers.run({ job: 'judge-renewal', document, at: clock.now() });
    if (!done.ok) {
      if (done.why === 'busy') return { kind: 'busy' };
      log.error({ why: done.why }, `judging a renewal failed: ${done.detail ?? ''}`);
      return { kind: 'refused', fault: smevFailure(done.detail ?? done.why) };
    }
    const { verdict } = done.result as Extract<JobResult, { job: 'judge-renewal' }>;
    return verdict.kind === 'proven' ? this.#register(verdict) : this.#refuse(verdict.fault, verdict.caller, from);
  }

  async #register(proven: Proven): Promise<RenewalReply> {
    const { inForce, clock } = this.#parts;
    const { mnemonic, certificatePem, names } = proven;
    const changed = await inForce.change(
      (snapshot) => {
        // The one who signed may have been struck off while this was judged.
        const owner = inForce.directory.byCertificate(proven.current)?.participant.mnemonic;
        if (owner !== mnemonic) return { why: 'struck' as const };
        const renewed = renewCertificate(snapshot, mnemonic, certificatePem, clock.now());
        if ('same' in renewed) return { why: 'same' as const };
        return 'wrong' in renewed ? { why: renewed.wrong } : renewed;
      },
      { by: 'renewal', participant: mnemonic, ...names },
      proven.config,
    );
    if ('directory' in changed) {
      return { kind: 'registered', mnemonic, config: changed.directory.hash, isNew: true };
    }
    if ('refused' in changed)
      return changed.refused.conflict === 'unavailable'
        ? { kind: 'busy' }
        : { kind: 'refused', fault: smevFailure(changed.refused.detail ?? changed.refused.conflict) };
    if (changed.why === 'same') return { kind: 'registered', mnemonic, config: inForce.directory.hash, isNew: false };
    return this.#refuse(fault('AccessDenied', TEXTS[changed.why]), mnemonic, '');
  }

  /** One leaf where the caller was proven; a count where it was not. */
  async #refuse(refused: Fault, caller: string | undefined, from: string): Promise<RenewalReply> {
    const { store, vault, clock, refusals } = this.#parts;
    if (caller === undefined) refusals.count(refused.fault, from);
    else {
      const hidden = { operation: 'CertificateRenewal', description: refused.description.slice(0, 2_000) };
      const { leaf } = sealLeaf(
        { kind: 'refused', time: recordTime(clock.now()), sender: caller, fault: refused.fault, hidden },
        vault,
      );
      await commitOrUnknown(store, { leaves: [leaf] });
    }
    return { kind: 'refused', fault: refused };
  }
}

const TEXTS = {
  struck: 'Сертификат, которым подписан запрос, больше не зарегистрирован',
  unknown: 'Участник больше не зарегистрирован',
  taken: 'Этот сертификат зарегистрирован за другим участником',
  full: 'У участника слишком много действующих сертификатов: попросите оператора шлюза убрать лишние',
} as const;
