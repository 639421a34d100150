/**
 * `npm run bench`: accepted SendRequests a second and CPU a message, with signature, schema, journal and fsync on.
 * Messages are signed beforehand; sender and gateway share the machine. Exits 1 when the bar is missed, saying by how much.
 *   --seconds N   about how long each row runs (8)        --json   the table as JSON
 *   --postgres    the same rows with the store on a private PostgreSQL server; no bar
 *   --gost        instead: what GOST costs by each driver, against the same loops in C
 *   --formats     instead: memory and first messages with a catalogue of 500 formats
 *   --store       instead: commits of the stores alone, SQLite and PostgreSQL
 *   --dispatch    instead: waking deliveries, in the process and through Redis
 *   --files [N]   instead: one file of N MiB (1024) through the file store, memory above idle
 */
import { execFileSync, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../src/config/index.js';
import { postgresBinaries, startPostgres } from '../test/contracts/postgres-server.js';
import { load } from './load.js';
import { signedRequests } from './messages.js';

/** Messages a second at 2 KB on two cores that this project holds itself to. */
const BAR = 800;
const CONNECTIONS = 64;
const WARM_UP = 2_000;

if (process.argv.includes('--gost')) {
  await (await import('./gost.js')).printGostBench();
  process.exit();
}
if (process.argv.includes('--formats')) {
  await (await import('./formats.js')).printFormatsBench();
  process.exit();
}
if (process.argv.includes('--store')) {
  await (await import('./store.js')).printStoreBench(4);
  process.exit();
}
if (process.argv.includes('--dispatch')) {
  await (await import('./dispatch.js')).printDispatchBench();
  process.exit();
}
if (process.argv.includes('--files')) {
  const megabytes = Number(process.argv[process.argv.indexOf('--files') + 1] ?? '1024');
  process.exit(await (await import('./files.js')).printFilesBench(megabytes));
}
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    json: { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const folder = mkdtempSync(join(tmpdir(), 'smev-bench-'));
const binaries = postgresBinaries();
if (values.postgres && binaries === undefined) throw new Error('needs postgresql: run scripts/test-tools');
const server = values.postgres && binaries !== undefined ? await startPostgres(binaries) : undefined;
const child = fork(new URL('./gateway-process.js', import.meta.url), [folder], {
  execArgv: ['--disable-warning=ExperimentalWarning'],
  env: { ...process.env, ...(server && { DATABASE_URL: server.url }) },
});
const answer = <T>(): Promise<T> => new Promise((resolve) => child.once('message', (m) => resolve(m as T)));
const ask = async <T>(question: string): Promise<T> => {
  const answered = answer<T>();
  child.send(question);
  return answered;
};
interface Usage {
  readonly cpu: { user: number; system: number };
  readonly rss: number;
}

const rows: object[] = [];
let missed: string | undefined;
try {
  const { url, certificates } = await answer<{ url: string; certificates: string }>();
  await load(url, await signedRequests(certificates, WARM_UP, 2_000), CONNECTIONS);
  for (const { size, expected } of [
    { size: 2_000, expected: 1_200 },
    { size: 20_000, expected: 350 },
  ]) {
    const messages = await signedRequests(certificates, Math.round(expected * seconds), size);
    const bytes = messages[0]!.body.length;
    const before = await ask<Usage>('usage');
    const { seconds: took, latencies, refused } = await load(url, messages, CONNECTIONS);
    const after = await ask<Usage>('usage');
    const cpu = (after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system) / 1000;
    const perSecond = messages.length / took;
    const at = (share: number) => Number(latencies[Math.floor(latencies.length * share)]!.toFixed(1));
    rows.push({
      'payload, bytes': size,
      'envelope, bytes': bytes,
      messages: messages.length,
      refused,
      'per second': Math.round(perSecond),
      'gateway CPU ms each': Number((cpu / messages.length).toFixed(3)),
      'p50 ms': at(0.5),
      'p99 ms': at(0.99),
      'RSS MB': Math.round(after.rss / 1e6),
    });
    if (refused > 0) missed = `${refused} messages were refused`;
    if (size === 2_000 && server === undefined && perSecond < BAR)
      missed = `2 KB: ${Math.round(perSecond)} a second, the bar is ${BAR}`;
  }
} finally {
  child.send('stop');
  await new Promise((resolve) => child.once('exit', resolve));
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: projectRoot(), encoding: 'utf8' }).trim();
const result = {
  commit,
  node: process.version,
  cpu: cpus()[0]?.model,
  cores: availableParallelism(),
  connections: CONNECTIONS,
  rows,
};
const results = join(projectRoot(), 'bench', 'results');
mkdirSync(results, { recursive: true });
writeFileSync(join(results, `${commit}.json`), `${JSON.stringify(result, null, 2)}\n`);
if (values.json) console.log(JSON.stringify(result, null, 2));
else {
  console.log(
    `${result.cpu}, ${result.cores} cores, Node ${result.node}, commit ${commit}, ${CONNECTIONS} connections`,
  );
  console.table(rows);
}
if (missed !== undefined) {
  console.error(`The bar is missed: ${missed}`);
  process.exitCode = 1;
}
