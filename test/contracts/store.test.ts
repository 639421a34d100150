import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryStore } from '../../src/drivers/store-memory/index.js';
import { openSqliteStore } from '../../src/drivers/store-sqlite/index.js';
import { createSequencer } from './plain-sequencer.js';
import { storeContract } from './store-contract.js';

storeContract('memory', async () => {
  const store = createMemoryStore(createSequencer());
  return { store, close: () => store.close() };
});

storeContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  const store = await openSqliteStore({
    file: join(folder, 'gateway.db'),
    sequencerModule: new URL('./plain-sequencer.js', import.meta.url).href,
    sequencerOptions: {},
    onFatal: (error) => {
      throw error;
    },
  });
  return {
    store,
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
});
