/** One process that commits to one store for a while: `{ options, callers, seconds, size }` as its argument, a line of figures as its answer. */
import { v1 as uuidv1 } from 'uuid';
import { openPostgresStore } from '../src/drivers/store-postgres/index.js';
import { openSqliteStore } from '../src/drivers/store-sqlite/index.js';
import { request } from '../test/contracts/work.js';

export interface StoreLoad {
  readonly store: { readonly file: string } | { readonly url: string; readonly schema: string };
  readonly sequencer: { readonly origin: string; readonly journalKey: string; readonly guardFile: string };
  readonly callers: number;
  readonly seconds: number;
  /** Bytes of a body. */
  readonly size: number;
}

export interface StoreFigures {
  readonly commits: number;
  /** Without their places in the log: the bound of waiting passed. */
  readonly unnumbered: number;
  readonly failed: number;
  readonly cpuMs: number;
  readonly latencies: number[];
}

const load = JSON.parse(process.argv[2]!) as StoreLoad;
const options = {
  ...load.store,
  sequencerModule: new URL('../src/sequencer.js', import.meta.url).href,
  sequencerOptions: load.sequencer,
  onFatal: (error: Error) => {
    throw error;
  },
};
const store = await ('file' in options ? openSqliteStore(options) : openPostgresStore(options));
const container = new Uint8Array(load.size).map((_, i) => (i * 7919) % 251);
const leafBytes = new Uint8Array(600).fill(97);

async function run(until: number): Promise<StoreFigures> {
  const latencies: number[] = [];
  let [unnumbered, failed] = [0, 0];
  const cpu = process.cpuUsage();
  async function caller(): Promise<void> {
    while (performance.now() < until) {
      const work = request({ messageId: uuidv1() }, { capacity: 1_000_000_000 });
      const began = performance.now();
      const leaves = work.leaves.map((leaf) => ({ ...leaf, bytes: leafBytes, time: Date.now() }));
      const done = await store.commit({ ...work, body: { ...work.body!, container }, leaves });
      latencies.push(performance.now() - began);
      if (!done.ok) failed++;
      else if (done.indexes.length === 0) unnumbered++;
    }
  }
  await Promise.all(Array.from({ length: load.callers }, caller));
  const { user, system } = process.cpuUsage(cpu);
  return { commits: latencies.length - failed, unnumbered, failed, cpuMs: (user + system) / 1000, latencies };
}

await run(performance.now() + 1_000);
process.send!('warm');
await new Promise((resolve) => process.once('message', resolve));
const figures = await run(performance.now() + load.seconds * 1_000);
await store.close();
process.send!(figures);
process.disconnect();
