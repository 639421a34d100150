import type { Clock, Dispatcher } from '../../ports/index.js';

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
  readonly ready: number[];
  running: number;
}

/** An id never runs beside itself: scheduled while it runs, it runs again after. Keeps nothing that must survive: after a restart the engine schedules again what the store says is due. */
export function createEmbeddedDispatcher(options: EmbeddedDispatcherOptions): Dispatcher {
  const { clock, concurrency, onError, timers = realTimers() } = options;
  const limit = typeof concurrency === 'number' ? () => concurrency : concurrency;
  const wakes = new Map<number, Wake>();
  const lanes = new Map<string, Lane>();
  const running = new Map<number, Promise<void>>();
  let handle: ((deliveryId: number) => Promise<void>) | undefined;
  let closed = false;

  function laneOf(partner: string): Lane {
    const lane = lanes.get(partner) ?? { ready: [], running: 0 };
    lanes.set(partner, lane);
    return lane;
  }
  function arm(id: number, wake: Wake): void {
    const wait = Math.max(0, wake.at - clock.now());
    // A timer may end a little early, or after the clock stepped back: «at or after», so it looks again.
    const call = () => (clock.now() < wake.at ? arm(id, wake) : ready(id, wake));
    wake.timer = timers.set(call, Math.min(wait, LONGEST_TIMER_MS));
  }
  function ready(id: number, wake: Wake): void {
    laneOf(wake.partner).ready.push(id);
    pump(wake.partner);
  }
  function pump(partner: string): void {
    const lane = laneOf(partner);
    while (handle !== undefined && !closed && lane.running < limit(partner)) {
      const at = lane.ready.findIndex((id) => !running.has(id));
      if (at < 0) break;
      const [id] = lane.ready.splice(at, 1);
      run(id!, partner, lane, handle);
    }
    if (lane.running === 0 && lane.ready.length === 0) lanes.delete(partner);
  }
  function run(id: number, partner: string, lane: Lane, call: (id: number) => Promise<void>): void {
    wakes.delete(id);
    lane.running++;
    const done = Promise.resolve()
      .then(() => call(id))
      .catch((error: unknown) => onError(id, error))
      .finally(() => {
        running.delete(id);
        lane.running--;
        pump(partner);
      });
    running.set(id, done);
  }
  return {
    schedule: async (deliveryId, partner, at) => {
      if (closed) return;
      cancel(deliveryId);
      const wake: Wake = { partner, at };
      wakes.set(deliveryId, wake);
      if (handle !== undefined) arm(deliveryId, wake);
    },
    start: async (call) => {
      handle = call;
      for (const [id, wake] of wakes) arm(id, wake);
    },
    close: async () => {
      closed = true;
      for (const wake of wakes.values()) timers.clear(wake.timer);
      wakes.clear();
      await Promise.all(running.values());
    },
  };

  function cancel(id: number): void {
    const wake = wakes.get(id);
    if (wake === undefined) return;
    timers.clear(wake.timer);
    wakes.delete(id);
    const lane = lanes.get(wake.partner);
    const at = lane?.ready.indexOf(id) ?? -1;
    if (at >= 0) lane?.ready.splice(at, 1);
  }
}

function realTimers(): Timers {
  return {
    set: (call, ms) => setTimeout(call, ms),
    clear: (timer) => clearTimeout(timer as NodeJS.Timeout | undefined),
  };
}
