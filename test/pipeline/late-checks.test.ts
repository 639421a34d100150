/** Late checks where a worker or the store fails: the delivery stays unseen until a check was written, and is checked once. */
import { expect } from 'chai';
import { createMemoryStore, type MemoryStore } from '../../src/drivers/store-memory/index.js';
import { type Job, type JobResult, LateChecks } from '../../src/pipeline/index.js';
import type { WorkerAnswer } from '../../src/ports/index.js';
import { createSequencer } from '../contracts/plain-sequencer.js';
import { accept, leaf, NOW } from '../contracts/work.js';
import { NO_FILES } from './no-files.js';

describe('late checks that fail', () => {
  let store: MemoryStore;
  let checks: LateChecks;
  let fails: 'busy' | 'crashed' | undefined;
  let passed: number[];

  beforeEach(() => {
    store = createMemoryStore(createSequencer());
    passed = [];
    fails = undefined;
    checks = new LateChecks({
      files: NO_FILES,
      store,
      workers: { run: async (job) => checkedBy(job), close: async () => {} },
      clock: { now: () => NOW },
      log: { info: () => {}, warn: () => {}, error: () => {} },
      passed: ({ id }) => void passed.push(id),
    });
  });
  afterEach(async () => {
    await checks.close();
    await store.close();
  });

  function checkedBy(job: Job): WorkerAnswer<JobResult> {
    if (job.job !== 'check-late') throw new Error(job.job);
    if (fails !== undefined) return { ok: false, why: fails };
    const moves = job.deliveries.map(({ id }) => ({ delivery: id, from: ['checking'], to: 'queued' }) as const);
    return { ok: true, result: { job: 'check-late', passed: true, commit: { moves, leaves: [leaf('checked')] } } };
  }
  const settled = async (delivery: number, wake = true) => {
    if (wake) checks.wake();
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    return (await store.delivery(delivery))?.state;
  };

  it('a worker that dies leaves the delivery unseen, and the next look checks it', async () => {
    const { delivery } = await accept(store, {}, { state: 'checking' });
    for (const why of ['busy', 'crashed'] as const) {
      fails = why;
      expect(await settled(delivery)).to.equal('checking');
    }
    fails = undefined;
    expect(await settled(delivery)).to.equal('queued');
  });

  it('a write that failed is made again; one that was made though nobody was told is not', async () => {
    for (const [how, after] of [
      ['unavailable', 'checking'],
      ['not-written', 'checking'],
      ['written', 'queued'],
    ] as const) {
      const { delivery } = await accept(store, {}, { state: 'checking' });
      store.failNext(how);
      expect(await settled(delivery), how).to.equal(after);
      expect(await settled(delivery), how).to.equal('queued');
    }
  });

  it('a delivery to a partner is signalled once it passed', async () => {
    const { delivery } = await accept(store, {}, { state: 'checking', road: 'push', dueAt: NOW });
    await settled(delivery);
    expect(passed).to.deep.equal([delivery]);
  });

  it('nothing runs after the end', async () => {
    const { delivery } = await accept(store, {}, { state: 'checking' });
    await checks.close();
    expect(await settled(delivery)).to.equal('checking');
  });
});
