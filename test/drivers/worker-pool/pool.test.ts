/** Threads that ask main while a job waits, and jobs for every thread. */
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { createWorkerPool, type WorkerPool } from '../../../src/drivers/worker-pool/index.js';

/** `held` asks main and answers what it hears; `plain` answers at once; `set` is for all; `throw` throws. */
const THREAD = (serve: string) => `
  import { workerData } from 'node:worker_threads';
  import { askMain, serveJobs } from ${JSON.stringify(serve)};
  let word = workerData.word;
  serveJobs(async (job) => {
    const mine = word;
    if (job.kind === 'held') return { heard: await askMain(job.question), word: mine };
    if (job.kind === 'set') word = job.word;
    if (job.kind === 'throw') throw new Error('thrown');
    return { word };
  });`;

interface Job {
  readonly kind: 'held' | 'plain' | 'set' | 'throw';
  readonly question?: string;
  readonly word?: string;
}
interface Result {
  readonly heard?: string;
  readonly word: string;
}

describe('a pool of worker threads', () => {
  let folder: string;
  let pool: WorkerPool<Job, Result>;
  const questions = new Map<unknown, (answer: string) => void>();
  const data = { word: 'first' };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pool-'));
    const file = join(folder, 'thread.mjs');
    writeFileSync(file, THREAD(new URL('../../../src/drivers/worker-pool/index.js', import.meta.url).href));
    pool = await createWorkerPool<Job, Result>({
      module: pathToFileURL(file),
      workerData: data,
      threads: 2,
      queueLimit: 100,
      deadline: 1_000,
      answer: (question) => new Promise((resolve) => void questions.set(question, resolve)),
    });
  });
  after(async () => {
    await pool.close();
    await rm(folder, { recursive: true, force: true });
  });

  const asked = async (question: string) => {
    const end = Date.now() + 5_000;
    while (!questions.has(question)) {
      if (Date.now() > end) throw new Error(`nobody asked ${question}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return questions.get(question)!;
  };

  it('goes on with other jobs while one waits for main, and gives each its own answer', async () => {
    const held = ['a', 'b', 'c'].map((question) => pool.run({ kind: 'held', question }));
    const answers = await Promise.all(['a', 'b', 'c'].map(asked));
    const plain = await Promise.all(Array.from({ length: 10 }, () => pool.run({ kind: 'plain' })));
    expect(plain.every((p) => p.ok)).to.equal(true);
    for (const [i, answer] of [...answers.entries()].reverse()) answer(`to ${i}`);
    expect(await Promise.all(held)).to.deep.equal(
      [0, 1, 2].map((i) => ({ ok: true, result: { heard: `to ${i}`, word: 'first' } })),
    );
  });

  it('gives a job to every thread, before any later one; one that waits ends as it began', async () => {
    const held = pool.run({ kind: 'held', question: 'old' });
    const answer = await asked('old');
    data.word = 'second';
    await pool.broadcast({ kind: 'set', word: 'second' });
    const words = await Promise.all(Array.from({ length: 8 }, () => pool.run({ kind: 'plain' })));
    expect(new Set(words.map((w) => w.ok && w.result.word))).to.deep.equal(new Set(['second']));
    answer('late');
    expect(await held).to.deep.equal({ ok: true, result: { heard: 'late', word: 'first' } });
  });

  it('replaces a thread whose job waits for ever, and the new one begins with the newest data', async () => {
    const stuck = await pool.run({ kind: 'held', question: 'never answered' });
    expect(stuck).to.include({ ok: false, why: 'overrun' });
    const words = await Promise.all(Array.from({ length: 8 }, () => pool.run({ kind: 'plain' })));
    expect(new Set(words.map((w) => w.ok && w.result.word))).to.deep.equal(new Set(['second']));
  });

  it('tells of a job that throws, and goes on', async () => {
    expect(await pool.run({ kind: 'throw' })).to.include({ ok: false, why: 'crashed' });
    expect(await pool.run({ kind: 'plain' })).to.include({ ok: true });
  });
});
