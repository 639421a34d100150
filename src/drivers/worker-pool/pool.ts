import { Worker } from 'node:worker_threads';
import type { WorkerAnswer, Workers } from '../../ports/index.js';

export interface PoolOptions {
  readonly module: URL;
  readonly workerData: unknown;
  readonly threads: number;
  /** Jobs waiting or running in one thread beyond which callers hear `busy`. */
  readonly queueLimit: number;
  /** Milliseconds one job may run before its thread is replaced. */
  readonly deadline: number;
  readonly execArgv?: readonly string[];
  /** Answers what a thread asks while a job of it waits (askMain). Never rejects; both are structured-cloneable. */
  readonly answer?: (question: unknown) => Promise<unknown>;
}

export interface WorkerPool<Job, Result> extends Workers<Job, Result> {
  /**
   * Gives the job to every thread, before any job given later; resolves when all have run it. A thread that dies meanwhile is
   * not asked again: what the job says must stand in `workerData` already, with which the next one starts.
   */
  broadcast(job: Job): Promise<void>;
}

interface Pending<Job, Result> {
  readonly id: number;
  readonly job: Job;
  resolve(answer: WorkerAnswer<Result>): void;
}

interface Message<Result> {
  readonly id?: number;
  readonly ready?: true;
  readonly result?: Result;
  readonly error?: string;
  readonly ask?: number;
  readonly question?: unknown;
}

const CHECK_EVERY = 250;
/** A message's objects die with it: room for many of them makes collections rare and cheap. */
const YOUNG_GENERATION_MB = 96;

/** Starts `threads` threads and resolves when each said it is ready; rejects when one cannot start. */
export async function createWorkerPool<Job, Result>(options: PoolOptions): Promise<WorkerPool<Job, Result>> {
  const threads = Array.from({ length: options.threads }, () => new Thread<Job, Result>(options));
  await Promise.all(threads.map((t) => t.ready));
  const watch = setInterval(() => {
    for (const thread of threads) thread.replaceIfOverrun();
  }, CHECK_EVERY);
  return {
    run(job, transfer = []) {
      const free = threads.reduce((a, b) => (b.depth < a.depth ? b : a));
      if (free.depth >= options.queueLimit) return Promise.resolve({ ok: false, why: 'busy' });
      return free.run(job, transfer);
    },
    async broadcast(job) {
      await Promise.all(threads.map((t) => t.run(job, [])));
    },
    async close() {
      clearInterval(watch);
      await Promise.all(threads.map((t) => t.close()));
    },
  };
}

/** One thread and the jobs it was given, oldest first: the first is the one that runs, or the first of those that wait for main. */
class Thread<Job, Result> {
  ready: Promise<void>;
  readonly #options: PoolOptions;
  readonly #queue: Pending<Job, Result>[] = [];
  #worker: Worker;
  #headSince = 0;
  #next = 1;
  #closing: (() => void) | undefined;
  #dead: string | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
    [this.#worker, this.ready] = this.#start();
  }

  get depth(): number {
    return this.#queue.length;
  }

  run(job: Job, transfer: readonly ArrayBuffer[]): Promise<WorkerAnswer<Result>> {
    if (this.#dead !== undefined) return Promise.resolve({ ok: false, why: 'crashed', detail: this.#dead });
    return new Promise((resolve) => {
      const id = this.#next++;
      if (this.#queue.length === 0) this.#headSince = performance.now();
      this.#queue.push({ id, job, resolve });
      this.#worker.postMessage({ id, job }, [...transfer]);
    });
  }

  replaceIfOverrun(): void {
    if (this.#queue.length > 0 && performance.now() - this.#headSince > this.#options.deadline) {
      this.#replace('overrun', `a job ran longer than ${this.#options.deadline} ms`);
    }
  }

  async close(): Promise<void> {
    if (this.#queue.length > 0) {
      await new Promise<void>((resolve) => {
        this.#closing = resolve;
      });
    }
    await this.#worker.terminate();
  }

  /** Jobs behind the guilty one may have had their buffers transferred away, so all of them are answered, none re-run. */
  #replace(why: 'overrun' | 'crashed', detail: string): void {
    const old = this.#worker;
    old.removeAllListeners();
    void old.terminate();
    const lost = this.#queue.splice(0);
    [this.#worker, this.ready] = this.#start();
    this.ready.catch((error: Error) => {
      this.#dead = `the thread cannot start again: ${error.message}`;
    });
    for (const [i, pending] of lost.entries()) {
      pending.resolve(i === 0 ? { ok: false, why, detail } : { ok: false, why: 'crashed', detail });
    }
    this.#closing?.();
  }

  #start(): [Worker, Promise<void>] {
    const worker = new Worker(this.#options.module, {
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
      workerData: this.#options.workerData,
      ...(this.#options.execArgv === undefined ? {} : { execArgv: [...this.#options.execArgv] }),
    });
    const ready = new Promise<void>((resolve, reject) => {
      worker.on('message', (message: Message<Result>) => {
        if (message.ready === true) resolve();
        else if (message.ask !== undefined) void this.#tell(worker, message.ask, message.question);
        else this.#answered(message);
      });
      worker.once('error', (error) => {
        reject(error);
        this.#replace('crashed', error.stack ?? String(error));
      });
    });
    return [worker, ready];
  }

  async #tell(worker: Worker, ask: number, question: unknown): Promise<void> {
    worker.postMessage({ answered: ask, answer: await this.#options.answer?.(question) });
  }

  #answered(message: Message<Result>): void {
    const at = this.#queue.findIndex((pending) => pending.id === message.id);
    const pending = this.#queue[at];
    if (pending === undefined) {
      this.#replace('crashed', 'the thread answered what it was not asked');
      return;
    }
    this.#queue.splice(at, 1);
    if (at === 0) this.#headSince = performance.now();
    if (message.error === undefined) pending.resolve({ ok: true, result: message.result as Result });
    else pending.resolve({ ok: false, why: 'crashed', detail: message.error });
    if (this.#queue.length === 0) this.#closing?.();
  }
}
