/**
 * `npm run bench -- --dispatch`: what waking a delivery costs, in this process and through Redis, without the delivery itself.
 * Needs `redis-server` in the PATH for its second part.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BullmqDispatcher, createBullmqDispatcher } from '../src/drivers/dispatch-bullmq/index.js';
import { createEmbeddedDispatcher } from '../src/drivers/dispatch-embedded/index.js';
import type { Dispatcher } from '../src/ports/index.js';

/** Fewer than signals a dispatcher keeps for a Redis that is slower: the rest is the reconciler's. */
const AT_ONCE = 8_000;
const ONE_BY_ONE = 500;
const REPEATED = 1_000;
const PARTNERS = 8;

export async function printDispatchBench(): Promise<void> {
  const rows = [];
  const options = { clock: { now: Date.now }, concurrency: 8, onError: () => undefined };
  rows.push({ dispatcher: 'embedded', ...(await measure(createEmbeddedDispatcher(options))) });
  const redis = await startRedis();
  if (redis === undefined) console.log('needs redis-server: only the embedded dispatcher was measured');
  else {
    const log = { info: () => undefined, warn: console.warn, error: console.error };
    const dispatcher = createBullmqDispatcher({ ...options, log, url: redis.url, gateway: 'bench', partners: [] });
    try {
      await untilUp(dispatcher);
      rows.push({ dispatcher: 'BullMQ on Redis', ...(await measure(dispatcher)) });
    } finally {
      await redis.stop();
    }
  }
  console.table(rows);
}

async function measure(dispatcher: Dispatcher): Promise<object> {
  let left = 0;
  let done: () => void = () => undefined;
  await dispatcher.start(async () => {
    if (--left === 0) done();
  });
  const run = async (ids: readonly number[]): Promise<number> => {
    left = ids.length;
    const ended = new Promise<void>((resolve) => {
      done = resolve;
    });
    const began = performance.now();
    for (const id of ids) await dispatcher.schedule(id, `P${id % PARTNERS}`, Date.now());
    await ended;
    return performance.now() - began;
  };
  let id = 0;
  const some = (count: number) => Array.from({ length: count }, () => id++);
  await run(some(2_000));
  const cpu = process.cpuUsage();
  const took = await run(some(AT_ONCE));
  const { user, system } = process.cpuUsage(cpu);
  const single: number[] = [];
  for (const one of some(ONE_BY_ONE)) single.push(await run([one]));
  single.sort((a, b) => a - b);
  const again = await repeat(dispatcher, some(REPEATED));
  await dispatcher.close();
  const at = (share: number) => Number(single[Math.floor(single.length * share)]?.toFixed(2));
  return {
    'handled a second': Math.round((AT_ONCE / took) * 1_000),
    'CPU ms each': Number(((user + system) / 1_000 / AT_ONCE).toFixed(3)),
    'idle, p50 ms': at(0.5),
    'p99 ms': at(0.99),
    'due ones repeated, CPU ms each': again,
  };
}

/** What a reconciler pays each second for deliveries that wait their turn. */
async function repeat(dispatcher: Dispatcher, ids: readonly number[]): Promise<number> {
  const later = Date.now() + 3_600_000;
  const cpu = process.cpuUsage();
  const rounds = 5;
  for (let round = 0; round < rounds; round++) {
    for (const id of ids) await dispatcher.schedule(id, 'waits', later);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const { user, system } = process.cpuUsage(cpu);
  return Number(((user + system) / 1_000 / rounds / ids.length).toFixed(3));
}

async function untilUp(dispatcher: BullmqDispatcher): Promise<void> {
  while (dispatcher.troubles().length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function startRedis(): Promise<{ url: string; stop(): Promise<void> } | undefined> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  probe.close();
  const folder = mkdtempSync(join(tmpdir(), 'smev-bench-redis-'));
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes'];
  const child = spawn('redis-server', options, { stdio: 'ignore', cwd: folder });
  const started = await Promise.race([once(child, 'spawn').then(() => true), once(child, 'error').then(() => false)]);
  const clean = () => rmSync(folder, { recursive: true, force: true });
  if (!started) {
    clean();
    return undefined;
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      clean();
    },
  };
}
