import { expect } from 'chai';
import type { PostgresStore } from '../../../src/drivers/store-postgres/index.js';
import type { Committed } from '../../../src/ports/index.js';
import { rootOfLeaves } from '../../contracts/plain-sequencer.js';
import { describeOnPostgres } from '../../contracts/postgres-server.js';
import { accept, bytes, commitOk, leaf, lease, NOW, newId, request, response } from '../../contracts/work.js';
import { eventually, TemporaryStores } from './temporary-store.js';

const POLL = { recipient: 'EGISSO', mailbox: 'requests', now: NOW, except: [] } as const;

describeOnPostgres('several processes on one PostgreSQL store', (server) => {
  let stores: TemporaryStores;
  let one: PostgresStore;
  let two: PostgresStore;
  beforeEach(async () => {
    stores = new TemporaryStores(server());
    [one, two] = [await stores.open(), await stores.open()];
  });
  afterEach(() => stores.close());

  const ok = (outcomes: readonly Committed[]) => outcomes.filter(({ ok }) => ok).length;

  it('take one of the same MessageIDs committed in both at once, and number all in one log', async () => {
    const ids = Array.from({ length: 150 }, newId);
    const commits = ids.flatMap((messageId, at) =>
      [one, two].map((store, side) => store.commit(request({ messageId, bodyId: `b${side}-${at}` }))),
    );
    const outcomes = await Promise.all(commits);
    for (let at = 0; at < ids.length; at++) {
      const pair = outcomes.slice(2 * at, 2 * at + 2);
      expect(pair.map((outcome) => (outcome.ok ? 'ok' : outcome.conflict))).to.have.members(['ok', 'duplicate']);
    }
    const indexes = outcomes.flatMap((outcome) => (outcome.ok ? outcome.indexes : []));
    expect([...indexes].sort((a, b) => a - b)).to.deep.equal(ids.map((_, at) => at));
    for (const store of [one, two]) {
      const { size, root } = (await store.checkpoint())!;
      expect(size).to.equal(ids.length);
      expect(Buffer.from(root)).to.deep.equal(rootOfLeaves(await store.leaves(0, size)));
    }
  });

  it('keep the order of each process in the log', async () => {
    const works = [one, two].map((store) =>
      Array.from({ length: 120 }, () => store.commit({ leaves: [leaf('leased'), leaf('leased')] })),
    );
    for (const side of works) {
      const indexes = (await Promise.all(side)).flatMap((outcome) => (outcome.ok ? outcome.indexes : []));
      expect(indexes).to.have.length(240);
      expect(indexes).to.deep.equal([...indexes].sort((a, b) => a - b));
    }
  });

  it('fill a mailbox exactly to its capacity', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 120 }, (_, at) => (at % 2 === 0 ? one : two).commit(request({}, { capacity: 50 }))),
    );
    expect(ok(outcomes)).to.equal(50);
    expect(await one.depth('EGISSO', 'requests')).to.equal(50);
  });

  it('close a request once', async () => {
    const { message } = await accept(one);
    const answers = [one, two, one, two].map((store) => store.commit(response(message)));
    expect(ok(await Promise.all(answers))).to.equal(1);
    const parts = await accept(one);
    const twice = [one, two].map((store) => store.commit(response(parts.message, { closes: 'part' })));
    expect(ok(await Promise.all(twice))).to.equal(1);
  });

  it('never hand one delivery out twice, and show each to one process at a time', async () => {
    await Promise.all(Array.from({ length: 60 }, () => accept(one)));
    const taken: number[] = [];
    const contested = { count: 0 };
    async function poll(store: PostgresStore, name: string): Promise<void> {
      const mine: number[] = [];
      for (;;) {
        const next = await store.nextInMailbox({ ...POLL, except: mine });
        if (next === undefined) return;
        mine.push(next.id);
        const move = { delivery: next.id, from: [next.state], ifAttempts: next.attempts, to: 'leased' } as const;
        const lease = { ...move, attempts: next.attempts + 1, leasedUntil: NOW + 9, pollDigest: bytes(name) };
        const done = await store.commit({ moves: [lease], leaves: [leaf('leased')] });
        if (done.ok) taken.push(next.id);
        else contested.count++;
      }
    }
    await Promise.all([poll(one, 'a'), poll(two, 'b')]);
    // A claim of the other process hides what it did not take; claims run out.
    await eventually(async () => {
      await poll(one, 'a');
      return taken.length === 60;
    });
    expect(new Set(taken).size).to.equal(60);
    expect(contested.count).to.equal(0);
  });

  it('shows what another process looked at and did not take, after a moment', async () => {
    const { delivery } = await accept(one);
    expect((await one.nextInMailbox(POLL))?.id).to.equal(delivery);
    expect(await two.nextInMailbox(POLL)).to.equal(undefined);
    expect((await one.nextInMailbox(POLL))?.id).to.equal(delivery);
    await server().query(`UPDATE ${stores.schema}.claim SET until = now()`);
    expect((await two.nextInMailbox(POLL))?.id).to.equal(delivery);
  });

  it('give the leases of a process that is gone to the others when they run out', async () => {
    const { delivery } = await accept(one);
    await lease(one, delivery, NOW + 5);
    await one.close();
    expect(await two.nextInMailbox(POLL)).to.equal(undefined);
    expect((await two.overdueDeliveries(NOW + 6, 10)).map(({ id }) => id)).to.deep.equal([delivery]);
    await server().query(`UPDATE ${stores.schema}.claim SET until = now()`);
    expect((await two.nextInMailbox({ ...POLL, now: NOW + 6 }))?.id).to.equal(delivery);
  });

  it('make each push from the process that wrote it, and pass it on when that is gone', async () => {
    const due = async (store: PostgresStore) => (await store.dueDeliveries(NOW, 10)).map(({ id }) => id);
    const mine = await accept(one, {}, { road: 'push' });
    const others = await accept(two, {}, { road: 'push' });
    expect(await due(one)).to.deep.equal([mine.delivery]);
    expect(await due(two)).to.deep.equal([others.delivery]);
    const retry = { delivery: mine.delivery, from: ['queued'], to: 'queued', dueAt: NOW } as const;
    await commitOk(two, { moves: [retry], leaves: [leaf('attempt-failed')] });
    expect(await due(two)).to.have.members([mine.delivery, others.delivery]);
    await two.close();
    // Only who has been there for a while says that another one is gone.
    expect(await due(one)).to.deep.equal([]);
    await server().query(`UPDATE ${stores.schema}.process SET since = since - interval '10 seconds'`);
    expect(await due(one)).to.have.members([mine.delivery, others.delivery]);
  });

  it('refuse work judged under a snapshot another process revoked', async () => {
    await one.saveSnapshot('old', '{}');
    await commitOk(two, { ...request(), judgedUnder: 'old' });
    await commitOk(one, {
      leaves: [leaf('configuration-changed')],
      snapshot: { hash: 'new', json: '{}', revokes: ['old'] },
    });
    expect(await two.commit({ ...request(), judgedUnder: 'old' })).to.include({ conflict: 'snapshot' });
  });

  it('open together on an empty database, and each month gets its partitions once', async () => {
    const fresh = new TemporaryStores(server());
    const opened = await Promise.all([fresh.open(), fresh.open(), fresh.open()]);
    const id = (year: number) => `00000000-0000-1${(0x1ee + year).toString(16).padStart(3, '0')}-8000-00000000c0de`;
    const commits = opened.flatMap((store, at) =>
      [1, 2].map((year) => store.commit(request({ messageId: `${at}-${id(year)}` }))),
    );
    expect(ok(await Promise.all(commits))).to.equal(6);
    const tables = await server().query(
      `SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass`,
      [`${fresh.schema}.message`],
    );
    expect(tables.length).to.be.at.least(2);
    await fresh.close();
  });
});
