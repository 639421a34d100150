import { Redis } from 'ioredis';
import type { Log } from '../../ports/index.js';

export interface RedisLinkOptions {
  readonly url: string;
  /** A key that is written to find out whether Redis takes writes. */
  readonly probeKey: string;
  readonly log: Log;
  /** Every second while Redis is there, and at once when it comes back. */
  readonly tick: () => void;
  /** Redis did not answer in time: connections that hang with it are dialled anew. */
  readonly hangs: () => void;
}

const LOOK_EVERY = 1_000;
/** An answer later than this is none, ms. */
const PROBE_LIMIT = 2_000;
const LONGEST_RETRY = 500;

/**
 * The connection all queues share, and whether Redis takes writes: a connection alone proves nothing where Redis hangs,
 * is full, or became a read-only replica. Tells the log once when it goes and once when it is back.
 */
export class RedisLink {
  readonly client: Redis;
  readonly #options: RedisLinkOptions;
  #up: boolean | undefined;
  #timer: NodeJS.Timeout | undefined;
  #probing = false;
  #closed = false;

  constructor(options: RedisLinkOptions) {
    this.#options = options;
    this.client = new Redis(options.url, {
      // BullMQ demands it of connections of workers; the dispatcher sends nothing new while the link is down.
      maxRetriesPerRequest: null,
      connectTimeout: PROBE_LIMIT,
      disconnectTimeout: 500,
      retryStrategy: (times) => Math.min(times * 50, LONGEST_RETRY),
      // The address now leads to a replica: dial again, and send again.
      reconnectOnError: (error) => (error.message.includes('READONLY') ? 2 : false),
    });
    this.client.on('error', (error: Error) => this.#turn(false, error.message));
    this.client.on('close', () => this.#turn(false, 'the connection was closed'));
    this.client.on('ready', () => void this.probe());
    this.#timer = setTimeout(() => void this.#look(), LOOK_EVERY);
  }

  get isUp(): boolean {
    return this.#up === true && !this.#closed;
  }

  /** Asks for a write at once, whatever was known. */
  async probe(): Promise<void> {
    // Commands of a client that is not connected wait in its memory.
    if (this.#probing || this.#closed || this.client.status !== 'ready') return;
    this.#probing = true;
    try {
      const written = await within(PROBE_LIMIT, this.client.set(this.#options.probeKey, '1', 'PX', 60_000));
      if (written === undefined) this.#hangs();
      else this.#turn(true);
    } catch (error) {
      this.#turn(false, String(error));
    } finally {
      this.#probing = false;
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.client.disconnect();
  }

  async #look(): Promise<void> {
    await this.probe();
    if (this.isUp) this.#options.tick();
    if (!this.#closed) this.#timer = setTimeout(() => void this.#look(), LOOK_EVERY);
  }

  #hangs(): void {
    this.#turn(false, `no answer in ${PROBE_LIMIT} ms`);
    if (this.client.status === 'ready') this.client.disconnect(true);
    this.#options.hangs();
  }

  #turn(up: boolean, why?: string): void {
    if (this.#closed || this.#up === up) return;
    const first = this.#up === undefined;
    this.#up = up;
    if (!up)
      this.#options.log.error(
        { why },
        'Redis is out of reach: deliveries to partners wait for it, messages are taken in',
      );
    else {
      if (!first) this.#options.log.info({}, 'Redis is back: deliveries go on');
      this.#options.tick();
    }
  }
}

/** What the promise gives, or undefined when it takes longer than `ms`; rejects as it does. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  // Its rejection after the limit concerns nobody.
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
