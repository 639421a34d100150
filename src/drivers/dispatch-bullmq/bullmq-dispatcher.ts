import type { Clock, Dispatcher, Gate, Handle, Log } from '../../ports/index.js';
import { PartnerLane, type Signal } from './partner-lane.js';
import { keyPrefix } from './queue-name.js';
import { RedisLink, within } from './redis-link.js';

export interface BullmqDispatcherOptions {
  /** redis:// or rediss://; may hold a password, so it is never logged. */
  readonly url: string;
  /** Name of the gateway whose processes share the queues: others in the same Redis keep away from them. */
  readonly gateway: string;
  /** Partners whose deliveries this process takes from the start; others from their first signal here. */
  readonly partners: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  /** Most deliveries of one partner handled at once in this process; asked every second. */
  readonly concurrency: number | ((partner: string) => number);
  /** A handler that rejects is a bug in it: the delivery is left to `reconcile`. */
  readonly onError: (deliveryId: number, error: unknown) => void;
  /** How long deliveries of a process that died stay its own, ms; shorter in tests. */
  readonly lock?: number;
}

export interface BullmqDispatcher extends Dispatcher {
  /** Names of what does not work now, for /health/ready. */
  troubles(): readonly string[];
}

/** Signals that wait for Redis: beyond it they are dropped, and the engine repeats what is due. */
const SIGNALS_KEPT = 10_000;
const BATCH = 500;
/** How long Redis may take to hear that this process goes, ms. */
const FAREWELL = 2_000;
/** Longer than the main thread may ever stand still. */
const LOCK = 15_000;
const COMPLAIN_EVERY = 60_000;

export function createBullmqDispatcher(options: BullmqDispatcherOptions): BullmqDispatcher {
  return new Bullmq(options);
}

/**
 * `schedule` only takes note: signals go to Redis in batches, as many as gathered while the last batch was on its way, so it neither
 * waits for Redis nor fails with it. Keeps nothing that must survive, here or in Redis.
 */
class Bullmq implements BullmqDispatcher {
  readonly #options: BullmqDispatcherOptions;
  readonly #link: RedisLink;
  readonly #lanes = new Map<string, PartnerLane>();
  readonly #signals = new Map<number, Signal & { readonly partner: string }>();
  #start: { readonly handle: Handle; readonly gate: Gate } | undefined;
  #sending = false;
  #closed = false;
  #complained = Number.NEGATIVE_INFINITY;

  constructor(options: BullmqDispatcherOptions) {
    this.#options = options;
    this.#link = new RedisLink({
      url: options.url,
      probeKey: `${keyPrefix(options.gateway)}:probe`,
      log: options.log,
      tick: () => this.#tick(),
      hangs: () => {
        for (const lane of this.#lanes.values()) void lane.dialAgain().catch(() => undefined);
      },
    });
  }

  async schedule(id: number, partner: string, at: number): Promise<void> {
    if (this.#closed || (this.#signals.size >= SIGNALS_KEPT && !this.#signals.has(id))) return;
    this.#signals.set(id, { id, partner, at });
    void this.#send();
  }

  async start(handle: Handle, gate: Gate = () => undefined): Promise<void> {
    this.#start = { handle, gate };
    for (const lane of this.#lanes.values()) lane.start(handle, gate);
    if (this.#link.isUp) this.#tick();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const lanes = [...this.#lanes.values()];
    await Promise.all(lanes.map((lane) => lane.stop()));
    const closing = Promise.allSettled(lanes.map((lane) => lane.close()));
    if (this.#link.isUp) await within(FAREWELL, closing);
    // Rejects what still waits for Redis; its jobs are free again when their locks end.
    this.#link.close();
    await within(FAREWELL, closing);
  }

  troubles(): readonly string[] {
    return this.#link.isUp ? [] : ['redis'];
  }

  #tick(): void {
    if (this.#closed) return;
    if (this.#start !== undefined) for (const partner of this.#options.partners) this.#lane(partner);
    void this.#send();
    for (const lane of this.#lanes.values()) void lane.lookAround().catch((error: Error) => this.#complain(error));
  }

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    while (this.#signals.size > 0 && this.#link.isUp && !this.#closed) {
      const batch = [...this.#signals.values()].slice(0, BATCH);
      for (const { id } of batch) this.#signals.delete(id);
      try {
        const byPartner = Map.groupBy(batch, ({ partner }) => partner);
        await Promise.all([...byPartner].map(([partner, signals]) => this.#lane(partner).add(signals)));
      } catch (error) {
        for (const signal of batch) if (!this.#signals.has(signal.id)) this.#signals.set(signal.id, signal);
        this.#complain(error);
        break;
      }
    }
    this.#sending = false;
  }

  /** Made when Redis is there: what BullMQ makes without it waits for it in its own memory. */
  #lane(partner: string): PartnerLane {
    const known = this.#lanes.get(partner);
    if (known !== undefined) return known;
    const { clock, concurrency, onError, lock = LOCK } = this.#options;
    const lane = new PartnerLane(partner, {
      client: this.#link.client,
      prefix: keyPrefix(this.#options.gateway),
      clock,
      concurrency: () => (typeof concurrency === 'number' ? concurrency : concurrency(partner)),
      lock,
      onError,
      trouble: (error) => this.#complain(error),
    });
    this.#lanes.set(partner, lane);
    if (this.#start !== undefined) lane.start(this.#start.handle, this.#start.gate);
    return lane;
  }

  /** While Redis is out of reach the link has said so, once for all of it. */
  #complain(error: unknown): void {
    const now = this.#options.clock.now();
    if (this.#closed || !this.#link.isUp || now - this.#complained < COMPLAIN_EVERY) return;
    this.#complained = now;
    this.#options.log.warn({ error: String(error) }, 'Redis or a queue in it complains; the store repeats what is due');
  }
}
