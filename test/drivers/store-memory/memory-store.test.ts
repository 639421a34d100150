import { expect } from 'chai';
import { createMemoryStore } from '../../../src/drivers/store-memory/index.js';
import type { Commit } from '../../../src/ports/index.js';
import { createSequencer } from '../../contracts/plain-sequencer.js';
import { accept, bytes, commitOk, leaf, NOW, newId, request, response } from '../../contracts/work.js';

describe('the memory store', () => {
  const open = () => createMemoryStore(createSequencer());

  /** Commits the work and returns the words of the refusal; `close` must repeat them. */
  async function misuse(work: Commit, store = open()): Promise<string> {
    const text = await store.commit(work).then(
      () => 'taken',
      (error: Error) => error.message,
    );
    const atClose = await store.close().then(
      () => 'closed',
      (error: Error) => error.message,
    );
    expect(atClose).to.equal(text);
    return text;
  }

  it('fails the test for work that is no valid work', async () => {
    const work = request();
    const noArrow = { delivery: 1, from: ['delivered'], to: 'queued' } as const;
    const endless = { delivery: 1, from: ['queued'], to: 'leased' } as const;
    const { body: _, ...bodiless } = work;
    const long = { ...leaf('accepted'), bytes: new Uint8Array(65_536) };
    const cases: [string, Commit][] = [
      ['without a leaf', { ...work, leaves: [] }],
      ['has no body', bodiless],
      ['unknown exchange', response(work.message)],
      ['is a response of exchange', request({ kind: 'response' })],
      ['never accepted', { leaves: [], deliveries: [{ ...work.deliveries[0]!, messageId: newId() }] }],
      ['begins as leased', { ...work, deliveries: [{ ...work.deliveries[0]!, state: 'leased' }] }],
      ['polled and has a due time', { ...work, deliveries: [{ ...work.deliveries[0]!, dueAt: NOW }] }],
      ['no arrow from delivered', { leaves: [], moves: [noArrow] }],
      ['names no end or no poll', { leaves: [], moves: [endless] }],
      ['leaf of 65536 bytes', { leaves: [long] }],
    ];
    for (const [words, broken] of cases) expect(await misuse(broken), words).to.contain(words);
  });

  it('fails the test when a body is written twice or a pushed delivery is leased', async () => {
    const store = open();
    const { message, delivery } = await accept(store, {}, { road: 'push' });
    const move = { delivery, from: ['queued'], to: 'leased', leasedUntil: NOW, pollDigest: bytes('p') } as const;
    await store.commit({ leaves: [], moves: [move] }).catch(() => undefined);
    await store.commit(request({ bodyId: message.bodyId })).catch(() => undefined);
    expect(store.misuses).to.have.length(2);
    expect(store.misuses[0]).to.contain('which is pushed');
  });

  it('fails the test when it is used after it was closed', async () => {
    const store = open();
    await store.close();
    expect(await store.depth('A', 'requests').catch((error: Error) => error.message)).to.contain('it is closed');
  });

  it('gives rows that nobody can change', async () => {
    const store = open();
    const { message } = await accept(store);
    const stored = (await store.message(message.messageId))!;
    expect(() => Object.assign(stored, { kind: 'status' })).to.throw(TypeError);
  });

  it('fails as told, once: unavailable, failed and not written, failed but written', async () => {
    const store = open();
    const [a, b, c] = [request(), request(), request()];
    store.failNext('unavailable');
    expect(await store.commit(a)).to.include({ conflict: 'unavailable' });
    store.failNext('not-written');
    expect(await store.commit(b).catch(() => 'unknown')).to.equal('unknown');
    store.failNext('written');
    expect(await store.commit(c).catch(() => 'unknown')).to.equal('unknown');
    const there = [a, b, c].map(({ message }) => store.message(message.messageId));
    expect((await Promise.all(there)).map((message) => message !== undefined)).to.deep.equal([false, false, true]);
    await commitOk(store, a);
  });
});
