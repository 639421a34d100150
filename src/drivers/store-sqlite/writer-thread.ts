import { parentPort, workerData } from 'node:worker_threads';
import type { Commit, Sequencer, StoredCheckpoint } from '../../ports/index.js';
import { connectWriter } from './connect.js';
import { textOf } from './failures.js';
import { createGroupWriter, type GroupResult } from './group.js';
import { migrate } from './migrate.js';

/** The thread that owns the writing connection. Speaks only these messages. */
export interface WriterData {
  readonly file: string;
  /** URL of a module exporting `createSequencer(options)`. */
  readonly sequencerModule: string;
  readonly sequencerOptions: unknown;
}
export type ToWriter = { readonly write: readonly Commit[] } | { readonly close: true };
export type FromWriter =
  | { readonly kind: 'ready'; readonly checkpoint: StoredCheckpoint | undefined }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'closed' }
  | GroupResult;

interface SequencerModule {
  createSequencer(options: unknown): Sequencer | Promise<Sequencer>;
}

const port = parentPort!;
const say = (message: FromWriter): void => port.postMessage(message);

try {
  await serve(workerData as WriterData);
} catch (error) {
  say({ kind: 'refused', detail: textOf(error) });
  port.close();
}

async function serve(data: WriterData): Promise<void> {
  const { createSequencer } = (await import(data.sequencerModule)) as SequencerModule;
  const sequencer = await createSequencer(data.sequencerOptions);
  const database = connectWriter(data.file);
  migrate(database);
  const writer = createGroupWriter(database, sequencer);
  port.on('message', (message: ToWriter) => {
    if ('close' in message) {
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      database.close();
      say({ kind: 'closed' });
      port.close();
      return;
    }
    let waiting = message.write;
    while (waiting.length > 0) {
      const result = writer.write(waiting);
      say(result);
      if (result.kind === 'unknown') return port.close();
      waiting = waiting.slice(result.kind === 'written' ? result.results.length : result.count);
    }
  });
  say({ kind: 'ready', checkpoint: writer.head().checkpoint });
}
