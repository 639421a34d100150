import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore, type SqliteStoreOptions } from '../../../src/drivers/store-sqlite/index.js';
import type { Store } from '../../../src/ports/index.js';
import type { PlainSequencerOptions } from '../../contracts/plain-sequencer.js';

export const SEQUENCER = new URL('../../contracts/plain-sequencer.js', import.meta.url).href;

export interface TemporaryStore {
  readonly file: string;
  readonly fatal: Error[];
  /** Makes the next group fail as FAILURES says. */
  fail(kind: number): void;
  open(options?: Partial<SqliteStoreOptions>): Promise<Store>;
  /** Closes what was opened and removes the folder. */
  remove(): Promise<void>;
}

export function temporaryStore(): TemporaryStore {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  const failure = new SharedArrayBuffer(4);
  const sequencerOptions: PlainSequencerOptions = { failure };
  const fatal: Error[] = [];
  const opened: Store[] = [];
  const file = join(folder, 'gateway.db');
  return {
    file,
    fatal,
    fail: (kind) => {
      Atomics.store(new Int32Array(failure), 0, kind);
    },
    open: async (options = {}) => {
      const onFatal = (error: Error) => void fatal.push(error);
      const store = await openSqliteStore({ file, sequencerModule: SEQUENCER, sequencerOptions, onFatal, ...options });
      opened.push(store);
      return store;
    },
    remove: async () => {
      for (const store of opened) await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}
