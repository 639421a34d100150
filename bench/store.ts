/**
 * `npm run bench -- --store`: commits of the stores alone, fsync on, with the journal's own sequencer: one message, body,
 * delivery and leaf a commit, answered with its place in the log. PostgreSQL and its clients share this machine.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, postgresBinaries, startPostgres } from '../test/contracts/postgres-server.js';
import type { StoreFigures, StoreLoad } from './store-process.js';

const CALLERS = 64;
const SIZES = [2_000, 20_000];

export async function printStoreBench(seconds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'smev-bench-'));
  const binaries = postgresBinaries();
  const server = binaries === undefined ? undefined : await startPostgres(binaries);
  if (server === undefined) console.error('bench: no PostgreSQL server installed here; its rows are left out');
  const journalKey = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
  let made = 0;
  const load = (store: StoreLoad['store'], callers: number, size: number): StoreLoad => {
    const guardFile = join(folder, `guard-${made++}`);
    return { store, sequencer: { origin: 'bench.example/journal', journalKey, guardFile }, callers, seconds, size };
  };
  const rows: object[] = [];
  try {
    for (const size of SIZES) {
      const file = join(folder, `${size}.db`);
      rows.push({ store: 'SQLite', processes: 1, ...(await measure([load({ file }, CALLERS, size)], seconds, size)) });
      for (const processes of server === undefined ? [] : [1, 2]) {
        const place = placeOn(server!);
        const loads = Array.from({ length: processes }, () => load(place, CALLERS / processes, size));
        rows.push({ store: 'PostgreSQL', processes, ...(await measure(loads, seconds, size)) });
      }
    }
    console.log(`Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model}, ${CALLERS} callers`);
    console.table(rows);
  } finally {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function placeOn(server: PostgresServer): { url: string; schema: string } {
  return { url: server.url, schema: server.newSchema() };
}

async function measure(loads: readonly StoreLoad[], seconds: number, size: number): Promise<object> {
  const children = loads.map((load) =>
    fork(new URL('./store-process.js', import.meta.url), [JSON.stringify(load)], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
    }),
  );
  await Promise.all(children.map((child) => once(child, 'message')));
  const figures = await Promise.all(children.map(figuresOf));
  const latencies = figures.flatMap((one) => one.latencies).sort((a, b) => a - b);
  const sum = (pick: (one: StoreFigures) => number): number => figures.reduce((total, one) => total + pick(one), 0);
  const at = (share: number): number => round(latencies[Math.floor(latencies.length * share)] ?? 0);
  const commits = sum((one) => one.commits);
  return {
    bytes: size,
    'commits/s': Math.round(commits / seconds),
    'p50 ms': at(0.5),
    'p99 ms': at(0.99),
    'client CPU ms': round(sum((one) => one.cpuMs) / commits),
    unnumbered: sum((one) => one.unnumbered),
    failed: sum((one) => one.failed),
  };
}

async function figuresOf(child: ChildProcess): Promise<StoreFigures> {
  const answered = once(child, 'message');
  child.send('go');
  const [figures] = await answered;
  await once(child, 'exit');
  return figures as StoreFigures;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
