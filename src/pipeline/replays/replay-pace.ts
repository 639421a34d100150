import type { DeliveryPolicy, Plan } from '../../delivery/index.js';
import type { Clock, Store, StoredDelivery } from '../../ports/index.js';
import type { PartnerGates } from '../partner-gates.js';

export interface ReplayPaceParts {
  readonly store: Store;
  readonly gates: PartnerGates;
  policyOf(partner: string): DeliveryPolicy;
  readonly clock: Clock;
}

/** Live deliveries looked for before replays are let on. */
const LIVE_LOOK = 200;
/** Seconds of the plan's rate that may be on their way at once, at least CALLS_AHEAD times what the partner takes at once. */
const AHEAD = 0.5;
const CALLS_AHEAD = 4;

/**
 * How many new deliveries a partner gets now: no more than the plan's rate, over all plans; few on their way at once, so that a
 * live message never waits behind many; hardly any while live ones wait; none while the partner is not called at all.
 */
export class ReplayPace {
  readonly #parts: ReplayPaceParts;
  /** When the partner may get its next one, over all plans; ms since 1970. */
  readonly #next = new Map<string, number>();

  constructor(parts: ReplayPaceParts) {
    this.#parts = parts;
  }

  /** A round of a plan: `take` asks for one delivery more, `done` says that those taken were made. */
  begin({ perSecond }: Plan, open: Iterable<StoredDelivery>) {
    const now = this.#parts.clock.now();
    const onTheWay = new Map<string, number>();
    for (const { recipient, state } of open)
      if (state !== 'in-doubt') onTheWay.set(recipient, (onTheWay.get(recipient) ?? 0) + 1);
    const next = new Map<string, number>();
    const windows = new Map<string, Promise<number>>();
    return {
      take: async ({ recipient, road }: StoredDelivery): Promise<boolean> => {
        // What was not used within a round is lost: a pause is not made good by a burst.
        const at = next.get(recipient) ?? Math.max(this.#next.get(recipient) ?? 0, now - 100);
        if (at > now) return false;
        if (road === 'push') {
          let window = windows.get(recipient);
          if (window === undefined) {
            window = this.#window(recipient, perSecond, now);
            windows.set(recipient, window);
          }
          const used = onTheWay.get(recipient) ?? 0;
          if (used >= (await window)) return false;
          onTheWay.set(recipient, used + 1);
        }
        next.set(recipient, at + 1_000 / perSecond);
        return true;
      },
      done: (): void => {
        for (const [recipient, at] of next) this.#next.set(recipient, at);
      },
    };
  }

  /** Their mailbox is full: nothing more for a second. */
  hold(recipients: readonly string[]): void {
    for (const recipient of recipients) this.#next.set(recipient, this.#parts.clock.now() + 1_000);
  }

  async #window(partner: string, perSecond: number, now: number): Promise<number> {
    const { gates, policyOf, store } = this.#parts;
    if (gates.of(partner).shutUntil(now) !== undefined) return 0;
    const { concurrency } = policyOf(partner);
    const due = await store.dueDeliveries(now, LIVE_LOOK);
    const live = due.filter((d) => d.recipient === partner && d.replays === undefined).length;
    // Up to `concurrency` of them are being handed over at this moment.
    return live > concurrency ? 1 : Math.max(concurrency * CALLS_AHEAD, Math.ceil(perSecond * AHEAD));
  }
}
