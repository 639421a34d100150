import { expect } from 'chai';
import { openReadOnly, type PostgresStore } from '../../../src/drivers/store-postgres/index.js';
import { FAILURES, rootOfLeaves } from '../../contracts/plain-sequencer.js';
import { describeOnPostgres } from '../../contracts/postgres-server.js';
import { commitOk, leaf, request, response } from '../../contracts/work.js';
import { CuttingProxy } from './cutting-proxy.js';
import { eventually, TemporaryStores } from './temporary-store.js';

describeOnPostgres('the PostgreSQL store when a write fails', (server) => {
  let stores: TemporaryStores;
  let proxy: CuttingProxy;
  let store: PostgresStore;
  const troubles: string[] = [];
  beforeEach(async () => {
    stores = new TemporaryStores(server());
    proxy = await CuttingProxy.to(server().port);
    store = await stores.open({
      url: proxy.urlOf(server().url),
      onTroubles: (now) => void troubles.splice(0, troubles.length, ...now),
    });
  });
  afterEach(async () => {
    await stores.close();
    await proxy.close();
  });

  async function wholeLog(size: number): Promise<void> {
    const checkpoint = (await store.checkpoint())!;
    expect(checkpoint.size).to.equal(size);
    expect(Buffer.from(checkpoint.root)).to.deep.equal(rootOfLeaves(await store.leaves(0, size)));
  }

  for (const { cut, title, written } of [
    {
      cut: 'before',
      title: 'twin 1: cut at COMMIT, failed and not written: «unavailable», and it can be repeated',
      written: false,
    },
    { cut: 'after', title: 'twin 2: cut at COMMIT, failed but written: ok, as if nothing had happened', written: true },
    {
      cut: 'late',
      title: 'waits for a COMMIT that is still under way before it says what became of it',
      written: undefined,
    },
  ] as const) {
    it(title, async () => {
      await commitOk(store, request());
      const works = [request(), request(), request()];
      proxy.cutNext(cut);
      const outcomes = await Promise.all(works.map((work) => store.commit(work)));
      expect(proxy.done).to.equal(true);
      const oks = outcomes.map(({ ok }) => ok);
      expect(new Set(oks).size, 'one batch, one outcome').to.equal(1);
      if (written !== undefined) expect(oks[0]).to.equal(written);
      for (const [at, { message }] of works.entries())
        expect((await store.message(message.messageId)) !== undefined).to.equal(outcomes[at]!.ok);
      await eventually(() => store.troubles().length === 0);
      const again = await Promise.all(works.map((work) => store.commit(work)));
      expect(again.map((outcome) => (outcome.ok ? 'ok' : outcome.conflict))).to.deep.equal(
        oks.map((was) => (was ? 'duplicate' : 'ok')),
      );
      await wholeLog(4);
      expect(stores.fatal).to.deep.equal([]);
    });
  }

  it('says «unavailable» when its session is ended before COMMIT, and goes on', async () => {
    const ended: boolean[] = [];
    for (let round = 0; round < 10; round++) {
      const works = Array.from({ length: 20 }, () => request());
      const commits = works.map((work) => store.commit(work));
      await server().query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'smev-gateway commits%'`,
      );
      for (const [at, outcome] of (await Promise.all(commits)).entries()) {
        if (!outcome.ok) expect(outcome.conflict).to.equal('unavailable');
        ended.push(!outcome.ok);
        await eventually(() => store.troubles().length === 0);
        expect((await store.message(works[at]!.message.messageId)) !== undefined).to.equal(outcome.ok);
      }
    }
    expect(stores.fatal).to.deep.equal([]);
  }).timeout(60_000);

  it('refuses at once while the database is away, says so to readiness, and comes back by itself', async () => {
    await commitOk(store, request());
    proxy.open = false;
    await eventually(() => troubles.includes('database'));
    const began = performance.now();
    expect(await store.commit(request())).to.include({ ok: false, conflict: 'unavailable' });
    expect(performance.now() - began).to.be.below(100);
    proxy.open = true;
    await eventually(() => store.troubles().length === 0);
    await commitOk(store, request());
    await wholeLog(2);
  });

  it('answers without places when nobody numbers, says so, and the places come', async () => {
    const other = await stores.open({ numberedWithin: 100 });
    await server().query(`ALTER TABLE ${stores.schema}.log RENAME TO gone`);
    const work = request();
    const done = await commitOk(other, work);
    expect(done.indexes).to.deep.equal([]);
    await eventually(() => other.troubles().includes('journal'));
    await server().query(`ALTER TABLE ${stores.schema}.gone RENAME TO log`);
    await eventually(async () => (await other.message(work.message.messageId))!.leaf === 0);
    await eventually(() => other.troubles().length === 0);
    await wholeLog(1);
  });

  it('numbers the leaves again when the sequencer failed before COMMIT', async () => {
    for (const kind of [FAILURES.bug, FAILURES.diskFull]) {
      stores.fail(kind);
      await commitOk(store, request());
    }
    await eventually(async () => (await store.checkpoint())?.size === 2);
    await wholeLog(2);
  });

  it('shows no checkpoint whose guard was not written, and stops', async () => {
    await commitOk(store, request());
    stores.fail(FAILURES.written);
    await store.commit(request()).catch(() => undefined);
    await eventually(() => stores.fatal.length === 1);
    expect(String(stores.fatal[0])).to.contain('guard');
    expect(await store.commit(request()).catch(() => 'rejected')).to.equal('rejected');
  });

  it('stops when the database went back behind a checkpoint that was handed out', async () => {
    await commitOk(store, request());
    const reader = await stores.open();
    await commitOk(reader, request());
    await server().query(`UPDATE ${stores.schema}.tree SET size = 1, epoch = epoch + 1`);
    await reader.checkpoint();
    await eventually(() => stores.fatal.length > 0);
    const told = stores.fatal.map(String).join();
    expect(told).to.contain('the database went back');
  });

  it('refuses only the work that breaks a rule of the database, and keeps its neighbours', async () => {
    const first = request();
    const sameBody = request({ bodyId: first.message.bodyId });
    const nul = request({ receiptToken: 'a\u0000b' });
    const works = [first, sameBody, nul, request()];
    const outcomes = await Promise.all(works.map((work) => store.commit(work)));
    expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.conflict))).to.deep.equal([
      'ok',
      'unavailable',
      'unavailable',
      'ok',
    ]);
    await wholeLog(2);
  });

  it('answers «unavailable» beyond the bound of its queue, and writes all that was within', async () => {
    const bounded = await stores.open({ pending: 40 });
    const outcomes = await Promise.all(Array.from({ length: 60 }, () => bounded.commit(request())));
    expect(outcomes.filter(({ ok }) => ok)).to.have.length(40);
    expect(outcomes.at(-1)).to.include({ ok: false, conflict: 'unavailable' });
  });

  it('writes what waits before it closes, then refuses', async () => {
    const works = Array.from({ length: 50 }, () => store.commit({ leaves: [leaf('leased')] }));
    await store.close();
    expect((await Promise.all(works)).every(({ ok }) => ok)).to.equal(true);
    expect(await store.commit({ leaves: [] }).catch((error: Error) => error.message)).to.equal('the store is closed');
    expect(stores.fatal).to.deep.equal([]);
  });

  it('closes while the database is away', async () => {
    proxy.open = false;
    await eventually(() => store.troubles().includes('database'));
    await store.close();
  });

  it('is not opened without a server, without its sequencer, or on a newer schema', async () => {
    const failing = async (options: object): Promise<string> => {
      return await stores.open(options).then(
        () => 'opened',
        (error: Error) => error.message,
      );
    };
    expect(await failing({ url: 'postgres://gateway@127.0.0.1:1/gateway' })).to.contain('ECONNREFUSED');
    expect(await failing({ sequencerModule: 'file:///nowhere.js' })).to.contain('nowhere.js');
    await server().query(`INSERT INTO ${stores.schema}.migration VALUES (9000, '9000-later.sql')`);
    expect(await failing({})).to.match(/версии 9000.*version 9000/);
  });

  it('tells worker threads what was seen, what a response answers, and who answered his part', async () => {
    const asked = request();
    await commitOk(store, asked);
    await commitOk(store, response(asked.message, { closes: 'part' }));
    const reader = openReadOnly(server().url, stores.schema);
    const { messageId, sender, acceptedAt } = asked.message;
    expect(await reader.firstSeen(messageId)).to.include({ sender, acceptedAt });
    expect(await reader.firstSeen('another')).to.equal(undefined);
    expect(await reader.request(messageId)).to.include({ messageId, kind: 'request' });
    expect(await reader.answered(messageId, 'EGISSO')).to.equal(true);
    expect(await reader.answered(messageId, 'PFR')).to.equal(false);
    await reader.close();
  });
});
