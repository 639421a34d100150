import { expect } from 'chai';
import type { Store } from '../../../src/ports/index.js';
import { FAILURES, rootOfLeaves } from '../../contracts/plain-sequencer.js';
import { commitOk, leaf, request } from '../../contracts/work.js';
import { type TemporaryStore, temporaryStore } from './temporary-store.js';

describe('the SQLite store when a write fails', () => {
  let place: TemporaryStore;
  let store: Store;
  beforeEach(async () => {
    place = temporaryStore();
    store = await place.open();
  });
  afterEach(() => place.remove());

  async function failsUnknown(kind: number) {
    const work = request();
    place.fail(kind);
    expect(String(await store.commit(work).catch((error: unknown) => error))).to.contain(
      'outcome of a write is unknown',
    );
    expect(place.fatal).to.have.length(1);
    expect(await store.commit(request()).catch(() => 'rejected')).to.equal('rejected');
    expect(place.fatal).to.have.length(1);
    await store.close();
    return work.message.messageId;
  }

  it('answers «unavailable» when the disk is full, with nothing written, and goes on', async () => {
    const work = request();
    place.fail(FAILURES.diskFull);
    expect(await store.commit(work)).to.deep.equal({
      ok: false,
      conflict: 'unavailable',
      detail: 'database or disk is full (SQLite 13)',
    });
    expect(await store.message(work.message.messageId)).to.equal(undefined);
    const { indexes } = await commitOk(store, work);
    expect([indexes, place.fatal]).to.deep.equal([[0], []]);
  });

  it('judges nobody by what the failed group would have written', async () => {
    const work = request();
    place.fail(FAILURES.diskFull);
    const twins = await Promise.all([
      store.commit(work),
      store.commit({ ...work, body: { ...work.body!, bodyId: 'b' } }),
    ]);
    expect(twins.map((outcome) => !outcome.ok && outcome.conflict)).to.deep.equal(['unavailable', 'unavailable']);
  });

  it('answers «unavailable» for a bug of the sequencer, with nothing written', async () => {
    place.fail(FAILURES.bug);
    expect(await store.commit(request())).to.include({ conflict: 'unavailable', detail: 'sequencer bug' });
    await commitOk(store, request());
  });

  it('refuses only the work that breaks a constraint, and keeps its neighbours', async () => {
    const first = request();
    const sameBody = request({ bodyId: first.message.bodyId });
    const [a, b, c] = await Promise.all([first, sameBody, request()].map((work) => store.commit(work)));
    expect([a, c]).to.satisfy((all: { ok: boolean }[]) => all.every(({ ok }) => ok));
    expect(b).to.include({ ok: false, conflict: 'unavailable' });
    expect(await store.message(sameBody.message.messageId)).to.equal(undefined);
  });

  it('twin 1: failed and not written: rejects, stops, and after reopening the work is not there', async () => {
    const id = await failsUnknown(FAILURES.notWritten);
    const again = await place.open();
    expect(await again.message(id)).to.equal(undefined);
    expect(await again.checkpoint()).to.equal(undefined);
    await commitOk(again, request());
  });

  it('twin 2: failed but written: rejects, stops, and after reopening the work is there, once', async () => {
    const id = await failsUnknown(FAILURES.written);
    const again = await place.open();
    expect((await again.message(id))!.leaf).to.equal(0);
    expect(await again.commit(request({ messageId: id, bodyId: 'other' }))).to.include({ conflict: 'duplicate' });
    const { size, root } = (await again.checkpoint())!;
    expect(Buffer.from(root)).to.deep.equal(rootOfLeaves(await again.leaves(0, size)));
    expect((await commitOk(again, request())).indexes).to.deep.equal([1]);
  });

  it('shows no checkpoint whose guard was not written', async () => {
    await commitOk(store, request());
    place.fail(FAILURES.written);
    await store.commit(request()).catch(() => undefined);
    expect((await store.checkpoint())!.size).to.equal(1);
  });

  it('answers «unavailable» beyond the bound of its queue, and writes all that was within', async () => {
    await store.close();
    store = await place.open({ pending: 40 });
    const outcomes = await Promise.all(Array.from({ length: 60 }, () => store.commit(request())));
    expect(outcomes.filter(({ ok }) => ok)).to.have.length(40);
    expect(outcomes.at(-1)).to.include({ ok: false, conflict: 'unavailable' });
    await commitOk(store, request());
  });

  it('writes what waits before it closes, then refuses', async () => {
    const works = Array.from({ length: 50 }, () => store.commit({ leaves: [leaf('leased')] }));
    await store.close();
    expect((await Promise.all(works)).every(({ ok }) => ok)).to.equal(true);
    const text = await store.commit({ leaves: [] }).catch((error: Error) => error.message);
    expect([text, place.fatal]).to.deep.equal(['the store is closed', []]);
  });

  it('is not opened when its sequencer cannot be', async () => {
    const outcome = await place.open({ sequencerModule: 'file:///nowhere.js' }).catch((error: Error) => error.message);
    expect(outcome).to.contain('nowhere.js');
  });
});
