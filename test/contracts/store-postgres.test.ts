import { openPostgresStore } from '../../src/drivers/store-postgres/index.js';
import { describeOnPostgres } from './postgres-server.js';
import { storeContract } from './store-contract.js';

describeOnPostgres('on a PostgreSQL server', (server) => {
  storeContract('PostgreSQL', async () => {
    const schema = server().newSchema();
    const store = await openPostgresStore({
      url: server().url,
      schema,
      sequencerModule: new URL('./plain-sequencer.js', import.meta.url).href,
      sequencerOptions: {},
      // Places are asserted: a busy machine must not answer without them.
      numberedWithin: 15_000,
      onFatal: (error) => {
        throw error;
      },
    });
    // What it leaves goes with the server's folder: dropping it would cost more than the test.
    return { store, close: () => store.close() };
  });
});
