import { isWithin, type MaintenanceWindow } from './maintenance.js';

/** How the gateway treats one partner it pushes to. */
export interface DeliveryPolicy {
  /** Calls at once. */
  readonly concurrency: number;
  /** Most calls a second; no cap where absent. */
  readonly perSecond?: number;
  /** Outages in a row that open the breaker. */
  readonly outages: number;
  /** How long the breaker stays open at first, ms; twice as long after each failed probe, LONGEST_OPEN at most. */
  readonly coolDown: number;
  /** Hours in which the partner is not called. */
  readonly maintenance?: readonly MaintenanceWindow[];
}

export const DEFAULT_POLICY: DeliveryPolicy = { concurrency: 8, outages: 5, coolDown: 5_000 };

/** A partner that came back is found within this time, ms. */
export const LONGEST_OPEN = 5 * 60_000;

/** How soon another call asks again while one probes, ms. */
const PROBE_LOOK = 250;

/** What a call told of the partner's health; `idle`: no call was made after all. */
export type CallOutcome = 'reached' | 'outage' | 'idle';

/** Where a partner's breaker stands. closed: calls go; open: none until `until`; probing: one call finds out. */
export type BreakerState =
  | { readonly is: 'closed'; readonly outages: number }
  | { readonly is: 'open'; readonly until: number; readonly openFor: number }
  | { readonly is: 'probing'; readonly openFor: number };

/**
 * The gate in front of one partner: breaker, rate, maintenance hours. While it is shut, deliveries wait without using up
 * attempts. Keeps nothing that must survive: a restart begins with the breaker closed and finds out again.
 */
export class PartnerGate {
  readonly #policy: () => DeliveryPolicy;
  readonly #localMinutes: (at: number) => number;
  readonly #changed: (to: 'open' | 'closed') => void;
  #breaker: BreakerState = { is: 'closed', outages: 0 };
  #nextCall = 0;

  /** `localMinutes`: minutes since Monday 00:00 in GATEWAY_TZ. `changed`: once a closing or opening, not at failed probes. */
  constructor(
    policy: () => DeliveryPolicy,
    localMinutes: (at: number) => number,
    changed: (to: 'open' | 'closed') => void,
  ) {
    this.#policy = policy;
    this.#localMinutes = localMinutes;
    this.#changed = changed;
  }

  get breaker(): BreakerState {
    return this.#breaker;
  }

  /** Undefined where a call may be made now, which counts it; else when to ask again, ms since 1970. */
  enter(now: number): number | undefined {
    const shut = this.shutUntil(now);
    if (shut !== undefined) return shut;
    if (now < this.#nextCall) return this.#nextCall;
    const { perSecond } = this.#policy();
    if (perSecond !== undefined) this.#nextCall = Math.max(this.#nextCall, now - 1_000) + 1_000 / perSecond;
    if (this.#breaker.is === 'open') this.#breaker = { is: 'probing', openFor: this.#breaker.openFor };
    return undefined;
  }

  /** Whether nothing of this partner is due, and when to look again: the breaker is open, or it is maintained. */
  shutUntil(now: number): number | undefined {
    const { maintenance = [] } = this.#policy();
    const ends = maintenance.flatMap((window) => {
      const left = isWithin(window, this.#localMinutes(now));
      return left === undefined ? [] : [now + left * 60_000];
    });
    if (ends.length > 0) return Math.max(...ends);
    if (this.#breaker.is === 'probing') return now + PROBE_LOOK;
    return this.#breaker.is === 'open' && now < this.#breaker.until ? this.#breaker.until : undefined;
  }

  /** What came of a call that was let in. */
  leave(outcome: CallOutcome, now: number): void {
    const { outages, coolDown } = this.#policy();
    const { is } = this.#breaker;
    if (outcome === 'reached') {
      this.#breaker = { is: 'closed', outages: 0 };
      if (is !== 'closed') this.#changed('closed');
    } else if (this.#breaker.is === 'probing') {
      const { openFor } = this.#breaker;
      // A probe that made no call found nothing out: the next one probes.
      const next = outcome === 'idle' ? 0 : Math.min(openFor * 2, LONGEST_OPEN);
      this.#breaker = { is: 'open', until: now + next, openFor: outcome === 'idle' ? openFor : next };
    } else if (outcome === 'outage' && this.#breaker.is === 'closed') {
      const inARow = this.#breaker.outages + 1;
      this.#breaker =
        inARow < outages ? { is: 'closed', outages: inARow } : { is: 'open', until: now + coolDown, openFor: coolDown };
      if (inARow >= outages) this.#changed('open');
    }
  }
}
