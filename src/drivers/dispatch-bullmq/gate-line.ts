import type { Clock, Gate, Handle } from '../../ports/index.js';

export interface GateLineOptions {
  readonly partner: string;
  readonly handle: Handle;
  readonly gate: Gate;
  readonly clock: Clock;
  readonly onError: (deliveryId: number, error: unknown) => void;
  /** The gate stays shut for long: take no more jobs until `reopen`. */
  readonly shut: () => void;
  readonly reopen: () => void;
}

/** A job's place before the gate. */
interface Place {
  readonly id: number;
  /** The call it waits for is on. */
  readonly go: (run: Promise<void>) => void;
  readonly back: () => void;
}

/** Longer than this a shut gate hands its jobs back to the queue, where another process may find its own gate open. */
const HAND_BACK_AFTER = 2_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Jobs this process took, before their partner's gate: in the order they were taken, each asked for once. */
export class GateLine {
  readonly #options: GateLineOptions;
  readonly #line: Place[] = [];
  readonly #running = new Map<number, Promise<void>>();
  #held: NodeJS.Timeout | undefined;
  #handsBack = false;
  #closed = false;

  constructor(options: GateLineOptions) {
    this.#options = options;
  }

  /** True when the delivery was handled, well or not; false when its job is to go back. */
  pass(id: number): Promise<boolean> {
    return new Promise((resolve) => {
      const go = (run: Promise<void>): void => void run.then(() => resolve(true));
      this.#line.push({ id, go, back: () => resolve(false) });
      if (this.#handsBack || this.#closed) this.#handBack();
      else this.#pump();
    });
  }

  /** Hands back what waits; resolves when what runs has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#held);
    this.#handBack();
    await Promise.all(this.#running.values());
  }

  #pump(): void {
    while (this.#held === undefined && !this.#closed) {
      // After Redis was emptied a delivery that still runs here may come again: never beside itself.
      const at = this.#line.findIndex(({ id }) => !this.#running.has(id));
      const place = this.#line[at];
      if (place === undefined) return;
      const until = this.#options.gate(this.#options.partner);
      if (until === undefined) {
        this.#line.splice(at, 1);
        place.go(this.#run(place.id));
      } else this.#hold(until);
    }
  }

  #run(id: number): Promise<void> {
    const { handle, partner, onError } = this.#options;
    const done = Promise.resolve()
      .then(() => handle(id, partner))
      // What a handler says may be personal: it goes to the log, never to Redis.
      .catch((error: unknown) => onError(id, error))
      .finally(() => {
        this.#running.delete(id);
        this.#pump();
      });
    this.#running.set(id, done);
    return done;
  }

  #hold(until: number): void {
    const wait = Math.min(Math.max(1, until - this.#options.clock.now()), LONGEST_TIMER_MS);
    this.#handsBack = wait > HAND_BACK_AFTER;
    if (this.#handsBack) {
      this.#options.shut();
      this.#handBack();
    }
    this.#held = setTimeout(() => {
      this.#held = undefined;
      if (this.#handsBack) this.#options.reopen();
      this.#handsBack = false;
      this.#pump();
    }, wait);
  }

  /** The last goes first: each goes to the head of the queue. */
  #handBack(): void {
    for (const place of this.#line.splice(0).reverse()) place.back();
  }
}
