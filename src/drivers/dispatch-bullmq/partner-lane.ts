import { DelayedError, Job, Queue, RateLimitError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Clock, Gate, Handle } from '../../ports/index.js';
import { queueName } from './queue-name.js';

/** What is kept in Redis of one delivery: nothing personal. */
export interface Signal {
  readonly id: number;
  /** ms since 1970. */
  readonly at: number;
}

export interface LaneParts {
  readonly client: Redis;
  readonly prefix: string;
  readonly clock: Clock;
  readonly concurrency: () => number;
  /** How long a job stays its process' own without a renewal, ms; renewed at half of it. */
  readonly lock: number;
  readonly onError: (deliveryId: number, error: unknown) => void;
  /** An error of BullMQ or Redis; deliveries are safe, the store is the truth. */
  readonly trouble: (error: Error) => void;
}

/** What a job waits for in this process, in the order the jobs were taken. */
interface Place {
  readonly id: number;
  readonly go: (run: Promise<void>) => void;
  readonly back: () => void;
}

/** Longer than this a shut gate hands its jobs back to the queue, where another process may find its own gate open. */
const HAND_BACK_AFTER = 2_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** A job of a process that died is free when its lock ends, after at most two looks. */
const LOOK_FOR_STALLED = 2_000;

/**
 * One partner's queue, and this process' worker on it. BullMQ's deduplication keeps one job a delivery: a later signal replaces
 * one that is delayed, changes nothing where the job waits its turn, and runs again after where it runs now.
 */
export class PartnerLane {
  readonly #partner: string;
  readonly #parts: LaneParts;
  readonly #queue: Queue<Signal>;
  readonly #line: Place[] = [];
  readonly #running = new Map<number, Promise<void>>();
  /** BullMQ's ids of the jobs in the line or running. */
  readonly #jobs = new Set<string>();
  #suspects = new Set<string>();
  #worker: Worker<Signal> | undefined;
  #handle: Handle | undefined;
  #gate: Gate = () => undefined;
  #held: NodeJS.Timeout | undefined;
  #handsBack = false;
  #closed = false;

  constructor(partner: string, parts: LaneParts) {
    this.#partner = partner;
    this.#parts = parts;
    const { client, prefix } = parts;
    this.#queue = new Queue<Signal>(queueName(partner), {
      connection: client,
      prefix,
      // Nobody reads the events; BullMQ writes them all the same.
      streams: { events: { maxLen: 100 } },
    });
    this.#queue.on('error', parts.trouble);
  }

  async add(signals: readonly Signal[]): Promise<void> {
    const now = this.#parts.clock.now();
    await this.#queue.addBulk(
      signals.map(({ id, at }) => ({
        name: 'delivery',
        data: { id, at },
        opts: {
          delay: Math.max(0, at - now),
          deduplication: { id: String(id), replace: true, keepLastIfActive: true },
          removeOnComplete: true,
          removeOnFail: true,
        },
      })),
    );
  }

  start(handle: Handle, gate: Gate): void {
    if (this.#worker !== undefined || this.#closed) return;
    this.#handle = handle;
    this.#gate = gate;
    const { client, prefix } = this.#parts;
    this.#worker = new Worker<Signal>(queueName(this.#partner), (job, token) => this.#take(job, token), {
      connection: client,
      prefix,
      concurrency: this.#limit(),
      lockDuration: this.#parts.lock,
      stalledInterval: LOOK_FOR_STALLED,
      // A delivery never fails for having been picked up from the dead.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      runRetryDelay: 250,
    });
    this.#worker.on('error', this.#parts.trouble);
  }

  /** Every second: the limit may have changed, and jobs may have lost their process without losing its lock. */
  async lookAround(): Promise<void> {
    if (this.#worker === undefined || this.#closed) return;
    this.#worker.concurrency = this.#limit();
    await this.#freeLost(this.#worker);
  }

  /** Redis hangs: what waits for it on the worker's own connection would wait longer than Redis does. */
  async dialAgain(): Promise<void> {
    const blocking = await this.#worker?.getBackend().blockingClient;
    if (blocking?.status === 'ready') blocking.disconnect(true);
  }

  /** Resolves when what runs has ended. */
  async stop(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#held);
    await this.#worker?.pause(true);
    this.#handBack();
    await Promise.all(this.#running.values());
  }

  /** After `stop`; may wait for Redis. */
  async close(): Promise<void> {
    await this.#worker?.close();
    await this.#queue.close();
  }

  #limit(): number {
    return Math.max(1, this.#parts.concurrency());
  }

  async #take(job: Job<Signal>, token = ''): Promise<void> {
    const { id, at } = job.data;
    // Redis goes by the clock of whoever asks it; «at or after» is this gateway's clock.
    const early = at - this.#parts.clock.now();
    if (early > 0) {
      await job.moveToDelayed(Date.now() + early, token);
      throw new DelayedError();
    }
    const jobId = job.id ?? '';
    this.#jobs.add(jobId);
    try {
      await new Promise<void>((go, back) => {
        // BullMQ's word for «back to the head of the queue, no attempt was made».
        this.#line.push({ id, go, back: () => back(new RateLimitError()) });
        if (this.#handsBack || this.#closed) this.#handBack();
        else this.#pump();
      });
    } finally {
      this.#jobs.delete(jobId);
    }
  }

  #pump(): void {
    while (this.#held === undefined && !this.#closed) {
      // After Redis was emptied a delivery that still runs here may come again: never beside itself.
      const at = this.#line.findIndex(({ id }) => !this.#running.has(id));
      const place = this.#line[at];
      if (place === undefined) return;
      const until = this.#gate(this.#partner);
      if (until === undefined) {
        this.#line.splice(at, 1);
        place.go(this.#run(place.id));
      } else this.#hold(until);
    }
  }

  #run(id: number): Promise<void> {
    const done = Promise.resolve()
      .then(() => this.#handle?.(id, this.#partner))
      // What a handler says may be personal: it goes to the log, never to Redis.
      .catch((error: unknown) => this.#parts.onError(id, error))
      .finally(() => {
        this.#running.delete(id);
        this.#pump();
      });
    this.#running.set(id, done);
    return done;
  }

  #hold(until: number): void {
    const wait = Math.min(Math.max(1, until - this.#parts.clock.now()), LONGEST_TIMER_MS);
    this.#handsBack = wait > HAND_BACK_AFTER;
    if (this.#handsBack) {
      void this.#worker?.pause(true);
      this.#handBack();
    }
    this.#held = setTimeout(() => {
      this.#held = undefined;
      if (this.#handsBack) void this.#worker?.resume();
      this.#handsBack = false;
      this.#pump();
    }, wait);
  }

  /** The last goes first: each goes to the head of the queue. */
  #handBack(): void {
    for (const place of this.#line.splice(0).reverse()) place.back();
  }

  /**
   * Redis restarted from an older state, or the answer that gave a job was lost with its connection: Redis holds jobs as running
   * here that are not. Seen twice, a second apart, they go back to the queue, rather than wait for their locks to end.
   */
  async #freeLost(worker: Worker<Signal>): Promise<void> {
    const { client } = this.#parts;
    const active = await client.lrange(this.#queue.toKey('active'), 0, -1);
    const unknown = active.filter((id) => !this.#jobs.has(id));
    for (const id of unknown.filter((one) => this.#suspects.has(one))) {
      const token = await client.get(this.#queue.toKey(`${id}:lock`));
      if (token?.startsWith(`${worker.id}:`) === true && !this.#jobs.has(id))
        await (await Job.fromId<Signal>(this.#queue, id))?.moveToWait(token);
    }
    this.#suspects = new Set(unknown);
  }
}
