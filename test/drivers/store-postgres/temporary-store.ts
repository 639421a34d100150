import {
  openPostgresStore,
  type PostgresStore,
  type PostgresStoreOptions,
} from '../../../src/drivers/store-postgres/index.js';
import type { PlainSequencerOptions } from '../../contracts/plain-sequencer.js';
import type { PostgresServer } from '../../contracts/postgres-server.js';

const SEQUENCER = new URL('../../contracts/plain-sequencer.js', import.meta.url).href;

/** Stores on one fresh schema: each has sessions and a writer of its own, as a process has. */
export class TemporaryStores {
  readonly schema: string;
  readonly fatal: Error[] = [];
  readonly #url: string;
  readonly #opened: PostgresStore[] = [];
  readonly #failure = new SharedArrayBuffer(4);

  constructor(server: PostgresServer) {
    this.schema = server.newSchema();
    this.#url = server.url;
  }

  /** Makes the next numbering fail as FAILURES says. */
  fail(kind: number): void {
    Atomics.store(new Int32Array(this.#failure), 0, kind);
  }

  async open(options: Partial<PostgresStoreOptions> = {}): Promise<PostgresStore> {
    const sequencerOptions: PlainSequencerOptions = { failure: this.#failure };
    const store = await openPostgresStore({
      url: this.#url,
      schema: this.schema,
      sequencerModule: SEQUENCER,
      sequencerOptions,
      // Places are asserted: a busy machine must not answer without them.
      numberedWithin: 15_000,
      onFatal: (error) => void this.fatal.push(error),
      ...options,
    });
    this.#opened.push(store);
    return store;
  }

  async close(): Promise<void> {
    for (const store of this.#opened) await store.close();
  }
}

/** Resolves when the condition holds; fails by the test's own time-out. */
export async function eventually(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}
