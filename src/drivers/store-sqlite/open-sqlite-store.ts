import { Worker } from 'node:worker_threads';
import type { Store } from '../../ports/index.js';
import { CommitQueue } from './commit-queue.js';
import { connectReader } from './connect.js';
import { deliveryReader } from './read-deliveries.js';
import { exchangeReader } from './read-exchanges.js';
import { journalReader } from './read-journal.js';
import { messageReader } from './read-messages.js';
import type { FromWriter, WriterData } from './writer-thread.js';

export interface SqliteStoreOptions {
  readonly file: string;
  /** URL of a module exporting `createSequencer(options): Sequencer`; the writer thread imports it. */
  readonly sequencerModule: string;
  /** Handed to `createSequencer`; structured-cloneable. */
  readonly sequencerOptions?: unknown;
  /** The outcome of a write is unknown or the writer is gone: the process must stop and recover by starting. Called once. */
  readonly onFatal: (error: Error) => void;
  /** Most commits waiting for the writer; beyond it `unavailable`. */
  readonly pending?: number;
}

/**
 * Opens or creates the database, brings its schema up to date and starts the writer thread. Rejects, with the fix in
 * the text, when the database is newer than this program.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const workerData: WriterData = {
    file: options.file,
    sequencerModule: options.sequencerModule,
    sequencerOptions: options.sequencerOptions,
  };
  const writer = new Worker(new URL('./writer-thread.js', import.meta.url), { workerData, name: 'store-writer' });
  const { checkpoint } = await whenReady(writer);
  const queue = new CommitQueue(
    (batch) => {
      const write = batch.map(({ value }) => value);
      writer.postMessage(
        { write },
        batch.map(({ arena }) => arena),
      );
    },
    options.pending ?? 2_000,
    checkpoint,
  );
  const ended = listen(writer, queue, options.onFatal);
  return storeOver(options.file, queue, async () => {
    await queue.drained();
    queue.stop(new Error('the store is closed'));
    writer.postMessage({ close: true });
    await ended;
  });
}

function whenReady(writer: Worker): Promise<Extract<FromWriter, { kind: 'ready' }>> {
  return new Promise((resolve, reject) => {
    writer.once('error', reject);
    writer.once('message', (message: FromWriter) => {
      writer.off('error', reject);
      if (message.kind === 'ready') resolve(message);
      else reject(new Error(message.kind === 'refused' ? message.detail : `writer began with ${message.kind}`));
    });
  });
}

/** Resolves when the writer has closed the database and ended. */
function listen(writer: Worker, queue: CommitQueue, onFatal: (error: Error) => void): Promise<void> {
  let closing = false;
  let dead = false;
  function fatal(error: Error): void {
    if (dead || closing) return;
    dead = true;
    queue.stop(error);
    onFatal(error);
  }
  writer.on('message', (message: FromWriter) => {
    if (message.kind === 'closed') closing = true;
    else if (message.kind === 'unknown') fatal(new Error(`outcome of a write is unknown: ${message.detail}`));
    else if (message.kind === 'written' || message.kind === 'nothing-written') queue.settle(message);
  });
  writer.on('error', (error) => fatal(new Error('the writer thread failed', { cause: error })));
  return new Promise((resolve) => {
    writer.on('exit', () => {
      fatal(new Error('the writer thread ended'));
      resolve();
    });
  });
}

function storeOver(file: string, queue: CommitQueue, close: () => Promise<void>): Store {
  const database = connectReader(file);
  const messages = messageReader(database);
  const deliveries = deliveryReader(database);
  const journal = journalReader(database);
  const exchanges = exchangeReader(database);
  return {
    commit: (work) => queue.add(work),
    message: async (messageId) => messages.message(messageId),
    body: async (bodyId) => messages.body(bodyId),
    delivery: async (id) => deliveries.delivery(id),
    deliveriesOf: async (messageId) => deliveries.deliveriesOf(messageId),
    nextInMailbox: async (poll) => deliveries.nextInMailbox(poll),
    leasedByPoll: async (pollDigest) => deliveries.leasedByPoll(pollDigest),
    depth: async (recipient, mailbox) => deliveries.depth(recipient, mailbox),
    queueStatistics: async (recipient) => deliveries.queueStatistics(recipient),
    dueDeliveries: async (now, limit, except) => deliveries.dueDeliveries(now, limit, except),
    checkingDeliveries: async (limit) => deliveries.checkingDeliveries(limit),
    overdueDeliveries: async (now, limit) => deliveries.overdueDeliveries(now, limit),
    deliveries: async (filter) => deliveries.deliveries(filter),
    refusals: async (filter) => journal.refusals(filter),
    plan: async (id) => messages.plan(id),
    plans: async (limit) => messages.plans(limit),
    exchanges: async (filter) => exchanges(filter),
    messagesOf: async (exchange) => messages.messagesOf(exchange),
    recordsOf: async (exchange) => journal.recordsOf(exchange),
    record: async (index) => journal.record(index),
    recordOf: async (messageId, kind) => journal.recordOf(messageId, kind),
    leaves: async (from, to) => journal.leaves(from, to),
    hashes: async (level, from, to) => journal.hashes(level, from, to),
    // Not from the database: there it can be seen before the guard is written.
    checkpoint: async () => queue.checkpoint,
    snapshot: async (otherThan) => messages.snapshot(otherThan),
    liveSnapshots: async () => messages.liveSnapshots(),
    artefact: async (hash) => messages.artefact(hash),
    saveSnapshot: async (hash, json) => {
      const saved = await queue.add({ leaves: [], snapshot: { hash, json } });
      if (!saved.ok) throw new Error(`the configuration snapshot was not saved: ${saved.detail}`);
    },
    close: async () => {
      await close();
      if (database.isOpen) database.close();
    },
  };
}
