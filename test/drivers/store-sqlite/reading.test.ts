import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { openReadOnly } from '../../../src/drivers/store-sqlite/index.js';
import { accept, commitOk, NOW, newId, request, response } from '../../contracts/work.js';
import { type TemporaryStore, temporaryStore } from './temporary-store.js';

describe('reading the SQLite store', () => {
  let place: TemporaryStore;
  beforeEach(() => {
    place = temporaryStore();
  });
  afterEach(() => place.remove());

  it('tells a worker thread what was seen and what a response answers, as it stands now', async () => {
    const store = await place.open();
    const reader = openReadOnly(place.file);
    const work = request({ meta: { NodeID: 'n7' } });
    const id = work.message.messageId;
    expect([reader.firstSeen(id), reader.request(id)]).to.deep.equal([undefined, undefined]);
    await commitOk(store, work);
    const seen = reader.firstSeen(id)!;
    expect([seen.acceptedAt, seen.sender]).to.deep.equal([NOW, 'REG001']);
    expect(Buffer.from(seen.digest)).to.deep.equal(Buffer.from(work.message.digest));
    expect(reader.request(id)).to.deep.include({ sender: 'REG001', recipient: 'EGISSO', meta: { NodeID: 'n7' } });
    const answer = response(work.message);
    await commitOk(store, answer);
    expect(reader.request(id)!.closedBy).to.equal(answer.message.messageId);
    expect(reader.request(answer.message.messageId)).to.equal(undefined);
    expect(reader.firstSeen(newId())).to.equal(undefined);
    reader.close();
  });

  it('keeps data over a restart: queue, snapshot, checkpoint', async () => {
    const first = await place.open();
    await first.saveSnapshot('one', '{}');
    const { delivery } = await accept(first);
    const checkpoint = await first.checkpoint();
    await first.close();
    const second = await place.open();
    expect(
      (await second.nextInMailbox({ recipient: 'EGISSO', mailbox: 'requests', now: NOW, except: [] }))?.id,
    ).to.equal(delivery);
    expect((await second.snapshot())!.hash).to.equal('one');
    expect(await second.checkpoint()).to.deep.equal(checkpoint);
    expect((await commitOk(second, request())).indexes).to.deep.equal([1]);
  });

  it('looks every query up in an index: no table is scanned, nothing is sorted', async () => {
    const plans = await plansOf(async () => {
      const store = await place.open();
      const everything = { participant: 'A', format: 'F', from: 1, to: 2, before: 3, limit: 4 };
      const filters = [{ limit: 9 }, { limit: 9, participant: 'A' }, { limit: 9, format: 'F' }, everything];
      for (const filter of filters) {
        for (const state of [undefined, 'failed', 'delivered'] as const) {
          await store.exchanges(state === undefined ? filter : { ...filter, state });
        }
      }
      openReadOnly(place.file).close();
    });
    expect(plans.size).to.be.above(30);
    for (const [sql, plan] of plans) {
      const bad = plan.filter((line) => /^SCAN|TEMP B-TREE/.test(line) && !ALLOWED.test(line));
      expect(bad, `${sql}\n${plan.join('\n')}`).to.deep.equal([]);
    }
  });

  /** Tables of one row or of some, and the walk from the newest exchange down that stops at the limit. */
  const ALLOWED = /^SCAN (tree|snapshot|plan|m|d USING INDEX delivery_checking|json_each VIRTUAL TABLE INDEX 1:)$/;

  /** The query plan of every SELECT prepared on this thread while `work` runs. */
  async function plansOf(work: () => Promise<void>): Promise<Map<string, string[]>> {
    const plans = new Map<string, string[]>();
    const { prepare } = DatabaseSync.prototype;
    DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql: string) {
      if (sql.startsWith('SELECT')) {
        const rows = prepare.call(this, `EXPLAIN QUERY PLAN ${sql}`).all();
        plans.set(
          sql,
          rows.map((row) => String(row.detail)),
        );
      }
      return prepare.call(this, sql);
    };
    try {
      await work();
    } finally {
      DatabaseSync.prototype.prepare = prepare;
    }
    return plans;
  }
});
