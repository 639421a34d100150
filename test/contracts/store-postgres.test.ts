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
      onFatal: (error) => {
        throw error;
      },
    });
    return {
      store,
      close: async () => {
        await store.close();
        await server().dropSchema(schema);
      },
    };
  });
});
