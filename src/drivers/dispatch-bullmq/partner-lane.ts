import { DelayedError, Job, Queue, RateLimitError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Clock, Gate, Handle } from '../../ports/index.js';
import { GateLine } from './gate-line.js';
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

/** A job of a process that died is free when its lock ends, after two looks; BullMQ may skip every other one. */
const LOOK_FOR_STALLED = 2_000;
const LOST_AFTER = 900;

/**
 * One partner's queue, and this process' worker on it. BullMQ's deduplication keeps one job a delivery: a later signal replaces
 * one that is delayed, changes nothing where the job waits its turn, and runs again after where it runs now.
 */
export class PartnerLane {
  readonly #partner: string;
  readonly #parts: LaneParts;
  readonly #queue: Queue<Signal>;
  /** BullMQ's ids of the jobs in the line or running. */
  readonly #jobs = new Set<string>();
  /** Jobs that Redis holds as running and this process does not know, and since when; ms of its own clock. */
  #suspects = new Map<string, number>();
  #worker: Worker<Signal> | undefined;
  #line: GateLine | undefined;
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
    const { client, prefix, clock, onError } = this.#parts;
    const line = new GateLine({
      partner: this.#partner,
      handle,
      gate,
      clock,
      onError,
      shut: () => void this.#worker?.pause(true),
      reopen: () => void this.#worker?.resume(),
    });
    this.#line = line;
    this.#worker = new Worker<Signal>(queueName(this.#partner), (job, token) => this.#take(line, job, token), {
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
    await this.#worker?.pause(true);
    await this.#line?.close();
  }

  /** After `stop`; may wait for Redis. */
  async close(): Promise<void> {
    await this.#worker?.close();
    await this.#queue.close();
  }

  #limit(): number {
    return Math.max(1, this.#parts.concurrency());
  }

  async #take(line: GateLine, job: Job<Signal>, token = ''): Promise<void> {
    const { id, at } = job.data;
    // Redis goes by the clock of whoever asks it; «at or after» is this gateway's clock.
    const early = at - this.#parts.clock.now();
    if (early > 0) {
      await job.moveToDelayed(Date.now() + early, token);
      throw new DelayedError();
    }
    const jobId = job.id ?? '';
    this.#jobs.add(jobId);
    const handled = await line.pass(id);
    this.#jobs.delete(jobId);
    // BullMQ's word for «back to the head of the queue, no attempt was made».
    if (!handled) throw new RateLimitError();
  }

  /**
   * Redis restarted from an older state, or the answer that gave a job was lost with its connection: Redis holds jobs as running
   * here that are not. Known for a second, they go back to the queue, rather than wait for their locks to end. Answers come in
   * order: a job whose answer is still on its way is not in the list.
   */
  async #freeLost(worker: Worker<Signal>): Promise<void> {
    const { client } = this.#parts;
    const active = await client.lrange(this.#queue.toKey('active'), 0, -1);
    const now = performance.now();
    const unknown = active.filter((id) => !this.#jobs.has(id));
    this.#suspects = new Map(unknown.map((id) => [id, this.#suspects.get(id) ?? now]));
    for (const [id, since] of this.#suspects) {
      if (now - since < LOST_AFTER) continue;
      const token = await client.get(this.#queue.toKey(`${id}:lock`));
      if (token?.startsWith(`${worker.id}:`) === true && !this.#jobs.has(id))
        await (await Job.fromId<Signal>(this.#queue, id))?.moveToWait(token);
    }
  }
}
