import { type BreakerState, type DeliveryPolicy, minutesOfWeek, PartnerGate } from '../delivery/index.js';

export interface PartnerGatesParts {
  /** How the gateway treats a partner now. */
  policyOf(partner: string): DeliveryPolicy;
  /** Minutes east of UTC, GATEWAY_TZ. */
  offset(at: number): number;
  /** A partner's breaker opened, or closed again. */
  changed(partner: string, to: 'open' | 'closed'): void;
}

/** How one partner stands, for operators. */
export interface PartnerHealth {
  readonly partner: string;
  readonly breaker: BreakerState['is'];
  /** When it is called again, where it is not called now; ms since 1970. */
  readonly shutUntil?: number;
}

/** A gate in front of each partner, made when it is first asked for. */
export class PartnerGates {
  readonly #parts: PartnerGatesParts;
  readonly #gates = new Map<string, PartnerGate>();

  constructor(parts: PartnerGatesParts) {
    this.#parts = parts;
  }

  of(partner: string): PartnerGate {
    let gate = this.#gates.get(partner);
    if (gate === undefined) {
      const { policyOf, offset, changed } = this.#parts;
      gate = new PartnerGate(
        () => policyOf(partner),
        (at) => minutesOfWeek(at, offset(at)),
        (to) => changed(partner, to),
      );
      this.#gates.set(partner, gate);
    }
    return gate;
  }

  /** Partners nothing is due for now. */
  shut(now: number): readonly string[] {
    return [...this.#gates].filter(([, gate]) => gate.shutUntil(now) !== undefined).map(([partner]) => partner);
  }

  health(now: number): readonly PartnerHealth[] {
    return [...this.#gates].map(([partner, gate]) => {
      const shutUntil = gate.shutUntil(now);
      return { partner, breaker: gate.breaker.is, ...(shutUntil === undefined ? {} : { shutUntil }) };
    });
  }
}
