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

  it('does not take an answer that was overtaken by a newer one for a database that went back', async () => {
    const stores = new TemporaryStores(server());
    const leader = await stores.open();
    await leader.commit(request());
    const fatal: Error[] = [];
    const keeper = new LogKeeper({
      place: { url: server().url, schema: stores.schema, process: randomUUID() },
      sequencer: createSequencer(),
      numberedWithin: 60_000,
      onFatal: (error) => void fatal.push(error),
      onTroubles: () => undefined,
    });
    await keeper.open();
    keeper.begin();
    // A leaf that never comes: places are looked up for as long as it is waited for.
    void keeper.placesOf([Number.MAX_SAFE_INTEGER]);
    const cell = new Int32Array(new SharedArrayBuffer(4));
    try {
      for (let i = 0; i < 300 && fatal.length === 0; i++) {
        const commits = Array.from({ length: 10 }, () => leader.commit(request()));
        await new Promise((resolve) => setTimeout(resolve, 1));
        keeper.poke();
        for (let turn = 0; turn < 10; turn++) await undefined;
        for (let ask = 0; ask < 40; ask++) void keeper.checkpoint().catch(() => undefined);
        // All answers are there when this thread looks again.
        Atomics.wait(cell, 0, 0, 12);
        await Promise.all(commits);
      }
    } finally {
      expect(fatal.map(({ cause }) => String(cause))).to.deep.equal([]);
      await keeper.close();
      await stores.close();
    }
  }).timeout(30_000);
});
