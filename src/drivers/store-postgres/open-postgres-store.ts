import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Store, StoredCheckpoint } from '../../ports/index.js';
import { CommitQueue } from './commit-queue.js';
import { type Member, poolOfReaders } from './connect.js';
import { deliveryReader } from './read-deliveries.js';
import { exchangeReader } from './read-exchanges.js';
import { journalReader } from './read-journal.js';
import { messageReader } from './read-messages.js';
import { readingOf } from './reading.js';
import type { FromWriter, WriterData } from './writer-thread.js';

export interface PostgresStoreOptions {
  /** `postgres://…`; sessions are needed, so no pooler that shares one between transactions. */
  readonly url: string;
  /** Every gateway on this journal names the same; absent = `gateway`. */
  readonly schema?: string;
  /** URL of a module exporting `createSequencer(options): Sequencer`; the writer thread imports it. */
  readonly sequencerModule: string;
  /** Handed to `createSequencer`; structured-cloneable. */
  readonly sequencerOptions?: unknown;
  /** The process must stop: a checkpoint cannot be guarded, or the database went back. Called once. */
  readonly onFatal: (error: Error) => void;
  /** Names of what is not well, whenever that changes: `database` (commits are refused), `journal` (places in the log are late). */
  readonly onTroubles?: (troubles: readonly string[]) => void;
  /** Most commits waiting; beyond it `unavailable`. */
  readonly pending?: number;
  /** How long a commit that is durable waits for its places in the log, ms; then it resolves without them. */
  readonly numberedWithin?: number;
  /** Sessions for reading. */
  readonly readers?: number;
}

export interface PostgresStore extends Store {
  /** What is not well now; empty when ready. */
  troubles(): readonly string[];
  /**
   * The roll-back guard of the last run was judged: from now on this process may number the journal, and guards every
   * checkpoint it sees before it shows it. The first commit says the same.
   */
  begin(): void;
}

const NUMBERED_WITHIN = 1_000;
const PENDING = 2_000;
const READERS = 8;

/**
 * Brings the schema up to date and starts the writer thread. Rejects, with the fix in the text, when the server cannot be
 * reached, is older than 14, does not flush, or holds a schema newer than this program.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<PostgresStore> {
  const place: Member = { url: options.url, schema: options.schema ?? 'gateway', process: randomUUID() };
  const workerData: WriterData = {
    place,
    sequencerModule: options.sequencerModule,
    sequencerOptions: options.sequencerOptions,
    numberedWithin: options.numberedWithin ?? NUMBERED_WITHIN,
  };
  const worker = new Worker(new URL('./writer-thread.js', import.meta.url), { workerData, name: 'store-writer' });
  await whenReady(worker);
  const writer = new Writer(worker, options);
  return storeOver(place, options.readers ?? READERS, writer);
}

function whenReady(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (message: FromWriter) => {
      worker.off('error', reject);
      if (message.kind === 'ready') resolve();
      else reject(new Error(message.kind === 'refused' ? message.detail : `writer began with ${message.kind}`));
    });
  });
}

/** The main thread's end of the writer. */
class Writer {
  readonly queue: CommitQueue;
  readonly #worker: Worker;
  readonly #options: PostgresStoreOptions;
  readonly #questions = new Map<number, (checkpoint: StoredCheckpoint | undefined) => void>();
  readonly #ended: Promise<void>;
  #asked = 0;
  #finished = false;
  troubles: readonly string[] = [];

  constructor(worker: Worker, options: PostgresStoreOptions) {
    this.#worker = worker;
    this.#options = options;
    this.queue = new CommitQueue(
      (batch, works) =>
        worker.postMessage(
          { batch, write: works.map(({ value }) => value) },
          works.map(({ arena }) => arena),
        ),
      options.pending ?? PENDING,
    );
    worker.on('message', (message: FromWriter) => this.#hear(message));
    worker.on('error', (error) => this.#fatal(new Error('the writer thread failed', { cause: error })));
    this.#ended = new Promise((resolve) => {
      worker.on('exit', () => {
        this.#fatal(new Error('the writer thread ended'));
        for (const answer of this.#questions.values()) answer(undefined);
        resolve();
      });
    });
  }

  checkpoint(): Promise<StoredCheckpoint | undefined> {
    return new Promise((resolve) => {
      this.#asked++;
      this.#questions.set(this.#asked, resolve);
      this.#worker.postMessage({ checkpoint: this.#asked });
    });
  }

  begin(): void {
    if (!this.#finished) this.#worker.postMessage({ begin: true });
  }

  async close(): Promise<void> {
    if (this.troubles.includes('database')) this.queue.stop(new Error('the store is closed'));
    await this.queue.drained();
    this.queue.stop(new Error('the store is closed'));
    this.#finished = true;
    this.#worker.postMessage({ close: true });
    await this.#ended;
  }

  #hear(message: FromWriter): void {
    if (message.kind === 'durable') this.queue.durable(message.batch);
    else if (message.kind === 'settled') this.queue.settle(message.batch, message.results);
    else if (message.kind === 'fatal') this.#fatal(new Error(message.detail));
    else if (message.kind === 'checkpoint') {
      this.#questions.get(message.question)?.(message.checkpoint);
      this.#questions.delete(message.question);
    } else if (message.kind === 'troubles') {
      this.troubles = message.troubles;
      this.queue.down = message.troubles.includes('database');
      this.#options.onTroubles?.(message.troubles);
    }
  }

  #fatal(error: Error): void {
    if (this.#finished) return;
    this.#finished = true;
    this.queue.stop(error);
    this.#options.onFatal(error);
  }
}

function storeOver(place: Member, readers: number, writer: Writer): PostgresStore {
  const pool = poolOfReaders(place, readers);
  const read = readingOf(pool);
  let closed = false;
  return {
    commit: (work) => writer.queue.add(work),
    ...messageReader(read),
    ...deliveryReader(read, place.process),
    ...journalReader(read),
    exchanges: exchangeReader(read),
    checkpoint: async () => {
      const checkpoint = await writer.checkpoint();
      return checkpoint === undefined || checkpoint.size === 0 ? undefined : checkpoint;
    },
    saveSnapshot: async (hash, json) => {
      const saved = await writer.queue.add({ leaves: [], snapshot: { hash, json } });
      if (!saved.ok) throw new Error(`the configuration snapshot was not saved: ${saved.detail}`);
    },
    troubles: () => writer.troubles,
    begin: () => writer.begin(),
    close: async () => {
      if (closed) return;
      closed = true;
      await writer.close();
      await pool.end();
    },
  };
}
