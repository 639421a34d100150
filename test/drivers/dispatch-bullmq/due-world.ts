import { type BullmqDispatcher, createBullmqDispatcher } from '../../../src/drivers/dispatch-bullmq/index.js';
import type { Gate } from '../../../src/ports/index.js';

/** A store in which deliveries are due until they were handled, and engines that look for due ones each second, as Outbound does. */
export class DueWorld {
  readonly due = new Map<number, { readonly partner: string; readonly since: number }>();
  readonly handled: { readonly id: number; readonly at: number; readonly late: number; readonly by: string }[] = [];
  readonly log: { readonly level: string; readonly text: string }[] = [];
  /** Calls that began while another call of the same id ran. */
  besideItself = 0;
  /** ms a call takes. */
  callTime = 5;
  readonly #running = new Set<number>();
  readonly #closers: (() => Promise<void> | void)[] = [];
  #waiting: { readonly until: () => boolean; readonly resolve: () => void }[] = [];
  #next = 1;

  /** One process of the gateway. */
  async engine(url: string, name = 'A', options: { gate?: Gate; lock?: number; concurrency?: () => number } = {}) {
    const say = (level: string) => (fields: object, text: string) =>
      void this.log.push({ level, text: `${text} ${JSON.stringify(fields)}` });
    const dispatcher = createBullmqDispatcher({
      url,
      gateway: 'test',
      partners: ['P0', 'P1'],
      clock: { now: Date.now },
      log: { info: say('info'), warn: say('warn'), error: say('error') },
      concurrency: options.concurrency ?? 8,
      onError: (id, error) => say('error')({ id }, String(error)),
      ...(options.lock !== undefined && { lock: options.lock }),
    });
    await dispatcher.start((id) => this.#handle(id, name), options.gate);
    await this.#reconcileWith(dispatcher);
    this.#closers.push(() => dispatcher.close());
    return dispatcher;
  }

  /** A delivery becomes due, and whoever accepted it gives the signal. */
  arrive(by?: BullmqDispatcher): number {
    const id = this.#next++;
    const partner = `P${id % 2}`;
    this.due.set(id, { partner, since: Date.now() });
    void by?.schedule(id, partner, Date.now());
    return id;
  }

  /** `perSecond` arrivals until the function returned is called. */
  load(by: BullmqDispatcher, perSecond: number): () => void {
    const timer = setInterval(() => this.arrive(by), 1_000 / perSecond);
    this.#closers.push(() => clearInterval(timer));
    return () => clearInterval(timer);
  }

  /** Resolves when `until` holds after some call. */
  async when(until: () => boolean): Promise<void> {
    if (until()) return;
    await new Promise<void>((resolve) => this.#waiting.push({ until, resolve }));
  }

  allHandled(): Promise<void> {
    return this.when(() => this.due.size === 0);
  }

  /** The longest a delivery that was due at `since` or came after waited from then on, ms. */
  latestFrom(since: number): number {
    return Math.max(
      0,
      ...this.handled.filter(({ at }) => at >= since).map(({ at, late }) => Math.min(late, at - since)),
    );
  }

  async close(): Promise<void> {
    for (const closer of this.#closers.splice(0).reverse()) await closer();
  }

  async #handle(id: number, by: string): Promise<void> {
    const delivery = this.due.get(id);
    if (delivery === undefined) return;
    if (this.#running.has(id)) this.besideItself++;
    this.#running.add(id);
    await new Promise((resolve) => setTimeout(resolve, this.callTime));
    this.#running.delete(id);
    this.due.delete(id);
    this.handled.push({ id, at: Date.now(), late: Date.now() - delivery.since, by });
    for (const { until, resolve } of this.#waiting) if (until()) resolve();
  }

  async #reconcileWith(dispatcher: BullmqDispatcher): Promise<void> {
    const reconcile = () => {
      for (const [id, { partner }] of [...this.due].slice(0, 1_000)) void dispatcher.schedule(id, partner, Date.now());
    };
    const timer = setInterval(reconcile, 1_000);
    this.#closers.push(() => clearInterval(timer));
    reconcile();
  }
}
