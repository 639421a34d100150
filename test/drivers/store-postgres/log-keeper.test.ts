import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { LogKeeper } from '../../../src/drivers/store-postgres/log-keeper.js';
import { createSequencer } from '../../contracts/plain-sequencer.js';
import { describeOnPostgres } from '../../contracts/postgres-server.js';
import { request } from '../../contracts/work.js';
import { TemporaryStores } from './temporary-store.js';

describeOnPostgres('the keeper of the log', (server) => {
  it('finds places that were given before it was asked for them, also while it leads itself', async () => {
    const stores = new TemporaryStores(server());
    const store = await stores.open();
    const done = await store.commit(request());
    expect(done).to.include({ ok: true });
    await store.close();
    const [row] = await server().query(`SELECT idx, leaf FROM ${stores.schema}.log`);
    const keeper = new LogKeeper({
      place: { url: server().url, schema: stores.schema, process: randomUUID() },
      sequencer: createSequencer(),
      numberedWithin: 10_000,
      onFatal: (error) => {
        throw error;
      },
      onTroubles: () => undefined,
    });
    await keeper.open();
    keeper.begin();
    while (!keeper.leads) await new Promise((resolve) => setTimeout(resolve, 10));
    try {
      expect(await keeper.placesOf([Number(row!.leaf)])).to.deep.equal([Number(row!.idx)]);
      expect(keeper.troubles).to.deep.equal([]);
    } finally {
      await keeper.close();
    }
  }).timeout(20_000);
});
