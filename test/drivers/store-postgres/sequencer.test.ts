import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { describeOnPostgres } from '../../contracts/postgres-server.js';
import { type Child, JournalOfChildren, pause } from './journal-of-children.js';

/** Kills of the leader; the seed says which kind. */
const KILLS = 20;
const SEED = 20261123;
const TAKE_OVER_MS = 5_000;

describeOnPostgres('the elected sequencer', (server) => {
  let folder: string;
  let schema: string;
  let journal: JournalOfChildren;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sequencer-'));
    schema = server().newSchema();
    journal = new JournalOfChildren({ url: server().url, schema }, folder);
  });
  afterEach(async () => {
    await journal.killAll();
    rmSync(folder, { recursive: true });
  });

  interface Leader {
    readonly backend: number;
    readonly process: number;
  }
  /** Whoever holds the lock: its backend, and the process its session is named after. */
  async function leader(): Promise<Leader | undefined> {
    const [row] = await server().query(
      `SELECT a.pid, a.application_name AS name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
       WHERE l.locktype = 'advisory' AND l.classid = ${0x736d6578} AND l.granted
         AND l.objid = (hashtext($1)::bigint & 4294967295)::oid`,
      [schema],
    );
    return row && { backend: row.pid as number, process: Number(String(row.name).split(' ').at(-1)) };
  }
  async function treeNow(): Promise<{ size: number; epoch: number }> {
    const [row] = await server().query(`SELECT size, epoch FROM ${schema}.tree`);
    return { size: Number(row!.size), epoch: Number(row!.epoch) };
  }
  /** Waits until somebody else grew the tree; returns how long that took, ms. */
  async function takeOver(before: { size: number; epoch: number }): Promise<number> {
    const began = performance.now();
    for (;;) {
      const now = await treeNow();
      if (now.epoch > before.epoch && now.size > before.size) return performance.now() - began;
      if (performance.now() - began > 2 * TAKE_OVER_MS) return Number.POSITIVE_INFINITY;
      await pause(20);
    }
  }
  async function settledLeader(): Promise<Leader> {
    for (;;) {
      const found = await leader();
      if (found !== undefined) return found;
      await pause(20);
    }
  }
  const childOf = ({ process }: Leader): Child => journal.children.find((child) => child.process.pid === process)!;

  it(`is followed within 5 s each of ${KILLS} times it is killed under load, with no gap and no fork (seed ${SEED})`, async function () {
    this.timeout(180_000);
    const random = lcg(SEED);
    const first = [await journal.start(), await journal.start(), await journal.start()];
    await Promise.all(first.map((child) => child.tells(1)));
    const times: number[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const found = await settledLeader();
      await childOf(found).tells(Math.floor(random() * 40));
      const before = await treeNow();
      if (random() < 0.5) {
        childOf(found).process.kill('SIGKILL');
        times.push(await takeOver(before));
        await (await journal.start()).tells(1);
      } else {
        await server().query('SELECT pg_terminate_backend($1)', [found.backend]);
        times.push(await takeOver(before));
      }
    }
    await journal.killAll();
    const store = await journal.open();
    const { size } = await journal.verify(store);
    await store.close();
    times.sort((a, b) => a - b);
    process.stdout.write(
      `        ${size} records, ${journal.notes.size} checkpoints seen; take-over median ${Math.round(times[KILLS / 2]!)} ms, longest ${Math.round(times.at(-1)!)} ms\n`,
    );
    expect(times.at(-1)).to.be.below(TAKE_OVER_MS);
    expect(size).to.be.at.least(journal.told.size);
  });

  it('is followed within 5 s when its process is only stopped, and changes nothing when it wakes', async function () {
    this.timeout(60_000);
    const children = [await journal.start(), await journal.start()];
    await Promise.all(children.map((child) => child.tells(1)));
    for (let round = 0; round < 2; round++) {
      const paused = childOf(await settledLeader());
      const before = await treeNow();
      paused.process.kill('SIGSTOP');
      expect(await takeOver(before)).to.be.below(TAKE_OVER_MS);
      paused.process.kill('SIGCONT');
      await paused.tells(20);
    }
    await journal.killAll();
    const store = await journal.open();
    await journal.verify(store);
    await store.close();
  });
});

describeOnPostgres('the PostgreSQL store when its server is killed', (server) => {
  let folder: string;
  let journal: JournalOfChildren;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sequencer-'));
    journal = new JournalOfChildren({ url: server().url, schema: server().newSchema() }, folder);
  });
  afterEach(async () => {
    await journal.killAll();
    rmSync(folder, { recursive: true });
  });

  it('has all that was acknowledged and no half batch, three times over', async function () {
    this.timeout(120_000);
    const children = [await journal.start(), await journal.start()];
    for (let round = 0; round < 3; round++) {
      await Promise.all(children.map((child) => child.tells(60)));
      await server().kill();
      await server().start();
    }
    // The same processes go on by themselves.
    await Promise.all(children.map((child) => child.tells(20)));
    await journal.killAll();
    const store = await journal.open();
    await journal.verify(store);
    await store.close();
  });
});

function lcg(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
