import type { Clock, Dispatcher, Gate, Handle } from '../../ports/index.js';

export interface EmbeddedDispatcherOptions {
  readonly clock: Clock;
  /** Most deliveries of one partner handled at once. */
  readonly concurrency: number | ((partner: string) => number);
  /** A handler that rejects is a bug in it: the delivery is left to `reconcile`. */
  readonly onError: (deliveryId: number, error: unknown) => void;
  /** Replaced in tests. */
  readonly timers?: Timers;
}

export interface Timers {
  set(call: () => void, ms: number): unknown;
  clear(timer: unknown): void;
}

/** setTimeout takes 31 bits of milliseconds; a longer wait is armed again. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Wake {
  readonly partner: string;
  readonly at: number;
  timer?: unknown;
}

interface Lane {
  /** In the order they came due. */
  readonly ready: Set<number>;
  running: number;
  /** Armed while the gate holds the partner's deliveries back. */
  held?: unknown;
}

export function createEmbeddedDispatcher(options: EmbeddedDispatcherOptions): Dispatcher {
  return new EmbeddedDispatcher(options);
}

/**
 * An id never runs beside itself: scheduled while it runs, it runs again after. Keeps nothing that must survive:
 * after a restart the engine schedules again what the store says is due.
 */
class EmbeddedDispatcher implements Dispatcher {
  readonly #options: EmbeddedDispatcherOptions;
  readonly #timers: Timers;
  /** Scheduled and not yet running: waiting for their time, or ready in their partner's lane. */
  readonly #wakes = new Map<number, Wake>();
  readonly #lanes = new Map<string, Lane>();
  readonly #running = new Map<number, Promise<void>>();
  #handle: Handle | undefined;
  #gate: Gate = () => undefined;
  #closed = false;

  constructor(options: EmbeddedDispatcherOptions) {
    this.#options = options;
    this.#timers = options.timers ?? realTimers();
  }

  async schedule(deliveryId: number, partner: string, at: number): Promise<void> {
    if (this.#closed) return;
    // A reconciler repeats what is due: it keeps its place in the lane.
    const isReady = this.#lanes.get(partner)?.ready.has(deliveryId) === true;
    if (isReady && at <= this.#options.clock.now()) return;
    this.#cancel(deliveryId);
    const wake: Wake = { partner, at };
    this.#wakes.set(deliveryId, wake);
    if (this.#handle !== undefined) this.#arm(deliveryId, wake);
  }

  async start(handle: Handle, gate?: Gate): Promise<void> {
    this.#handle = handle;
    if (gate !== undefined) this.#gate = gate;
    for (const [id, wake] of this.#wakes) this.#arm(id, wake);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const wake of this.#wakes.values()) this.#timers.clear(wake.timer);
    this.#wakes.clear();
    for (const lane of this.#lanes.values()) this.#timers.clear(lane.held);
    await Promise.all(this.#running.values());
  }

  #arm(id: number, wake: Wake): void {
    const { clock } = this.#options;
    const wait = Math.max(0, wake.at - clock.now());
    // A timer may end a little early, or after the clock stepped back: «at or after», so it looks again.
    const call = () => (clock.now() < wake.at ? this.#arm(id, wake) : this.#ready(id, wake));
    wake.timer = this.#timers.set(call, Math.min(wait, LONGEST_TIMER_MS));
  }

  #ready(id: number, { partner }: Wake): void {
    const lane = this.#lanes.get(partner) ?? { ready: new Set(), running: 0 };
    this.#lanes.set(partner, lane);
    lane.ready.add(id);
    this.#pump(partner, lane);
  }

  #pump(partner: string, lane: Lane): void {
    const { concurrency } = this.#options;
    const limit = typeof concurrency === 'number' ? concurrency : concurrency(partner);
    while (!this.#closed && lane.running < limit && lane.held === undefined) {
      const id = this.#nextOf(lane);
      if (id === undefined) break;
      const until = this.#gate(partner);
      if (until === undefined) this.#run(id, partner, lane);
      else this.#hold(until, partner, lane);
    }
    if (lane.running === 0 && lane.ready.size === 0 && lane.held === undefined) this.#lanes.delete(partner);
  }

  #hold(until: number, partner: string, lane: Lane): void {
    const wait = Math.min(Math.max(1, until - this.#options.clock.now()), LONGEST_TIMER_MS);
    lane.held = this.#timers.set(() => {
      lane.held = undefined;
      this.#pump(partner, lane);
    }, wait);
  }

  #nextOf(lane: Lane): number | undefined {
    for (const id of lane.ready) if (!this.#running.has(id)) return id;
    return undefined;
  }

  #run(id: number, partner: string, lane: Lane): void {
    this.#wakes.delete(id);
    lane.ready.delete(id);
    lane.running++;
    const done = Promise.resolve()
      .then(() => this.#handle?.(id, partner))
      .catch((error: unknown) => this.#options.onError(id, error))
      .finally(() => {
        this.#running.delete(id);
        lane.running--;
        this.#pump(partner, lane);
      });
    this.#running.set(id, done);
  }

  #cancel(id: number): void {
    const wake = this.#wakes.get(id);
    if (wake === undefined) return;
    this.#timers.clear(wake.timer);
    this.#wakes.delete(id);
    this.#lanes.get(wake.partner)?.ready.delete(id);
  }
}

function realTimers(): Timers {
  return {
    set: (call, ms) => setTimeout(call, ms),
    clear: (timer) => clearTimeout(timer as NodeJS.Timeout | undefined),
  };
}
