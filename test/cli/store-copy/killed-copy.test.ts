/** The command as a process of its own: killed, interrupted, run again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { CopyProgress, StoreTable } from '../../../src/ports/index.js';
import { describeOnPostgres } from '../../contracts/postgres-server.js';
import { fill, newDataFolder } from './data-folder.js';

const CLI = join(import.meta.dirname, '../../../src/cli.js');
/** More leaves and hashes than a page takes. */
const EXCHANGES = 1_000;

describeOnPostgres('gateway store copy, killed', (server) => {
  const data = newDataFolder();
  before(async function () {
    this.timeout(60_000);
    await data.withStore((store) => fill(store, data.vault, EXCHANGES, 12_000));
  });
  after(() => rmSync(data.folder, { recursive: true, force: true }));

  function run() {
    const args = ['--disable-warning=ExperimentalWarning', CLI, 'store', 'copy', '--json', '--keep'];
    const environment = { GATEWAY_LANG: 'en', GATEWAY_DATA: data.folder, DATABASE_URL: server().url };
    const child = spawn(process.execPath, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      said.out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said.err += chunk.toString();
    });
    const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }));
    return { child, ended };
  }

  async function cursors(): Promise<CopyProgress['cursors']> {
    const rows = await server()
      .query('SELECT json FROM gateway.hold')
      .catch(() => []);
    const [row] = rows as { json: string }[];
    return row === undefined ? {} : (JSON.parse(row.json) as { copying: CopyProgress }).copying.cursors;
  }

  /** Runs the command and gives the signal as soon as it has written a page of the table. */
  async function signalledAt(table: StoreTable, signal: NodeJS.Signals) {
    const { child, ended } = run();
    while (child.exitCode === null && !(table in (await cursors()))) await new Promise((r) => setTimeout(r, 5));
    child.kill(signal);
    return ended;
  }

  it('goes on after kill -9 in leaves, an interruption in hashes, kill -9 in bodies, and verifies', async () => {
    expect(await signalledAt('leaf', 'SIGKILL')).to.include({ code: null });
    const interrupted = await signalledAt('hash', 'SIGINT');
    expect(interrupted.code).to.equal(1);
    expect(interrupted.err).to.match(/Interrupted/);
    expect(await signalledAt('body', 'SIGKILL')).to.include({ code: null });
    const { code, out, err } = await run().ended;
    expect(code, err).to.equal(0);
    const report = JSON.parse(out) as { began: string; written: number; rows: Record<StoreTable, number> };
    expect(report.began).to.equal('resumed');
    expect(report.written, 'leaves and hashes were there').to.be.lessThan(report.rows.body * 3 + report.rows.hash);
    expect(report.rows.message).to.be.greaterThan(EXCHANGES);
  }).timeout(120_000);
});
