import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

/** A private server in a temporary folder, fsync on, reached by its own port of the loopback. */
export interface PostgresServer {
  /** As an owner of the database who is no superuser. */
  readonly url: string;
  readonly port: number;
  /** A schema name nobody used. */
  newSchema(): string;
  /** One statement on a session of its own. */
  query(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** kill -9 of the postmaster; its children notice and end. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const ROOT = '/usr/lib/postgresql';
const STARTS = 40;

/** Folder of the newest server installed, or undefined: then tests skip by a name that says «needs postgresql». */
export function postgresBinaries(): string | undefined {
  if (!existsSync(ROOT)) return undefined;
  const versions = readdirSync(ROOT).filter((name) => existsSync(join(ROOT, name, 'bin', 'postgres')));
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest === undefined || Number(newest) < 14 ? undefined : join(ROOT, newest, 'bin');
}

/** Runs a suite on a private server, or names it as skipped. */
export function describeOnPostgres(title: string, suite: (server: () => PostgresServer) => void): void {
  const binaries = postgresBinaries();
  describe(title, () => {
    if (binaries === undefined) {
      it('needs postgresql', function () {
        this.skip();
      });
      return;
    }
    let server: PostgresServer | undefined;
    before(async function () {
      this.timeout(60_000);
      server = await startPostgres(binaries);
    });
    after(() => server?.stop());
    suite(() => server!);
  });
}

export async function startPostgres(binaries: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  const user = unprivileged();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const initdb = ['-D', data, '-U', 'admin', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
  execFileSync(join(binaries, 'initdb'), initdb, { stdio: 'pipe', cwd: folder, ...user });
  const port = await freePort();
  const admin = `postgres://admin@127.0.0.1:${port}/postgres`;
  const url = `postgres://gateway@127.0.0.1:${port}/gateway`;
  let child: ChildProcess | undefined;
  const lastWill = (): void => void child?.kill('SIGQUIT');

  async function start(): Promise<void> {
    const settings = [`unix_socket_directories=${folder}`, 'fsync=on', 'max_connections=120', 'shared_buffers=64MB'];
    const options = ['-D', data, '-p', String(port), '-h', '127.0.0.1', ...settings.flatMap((one) => ['-c', one])];
    process.once('exit', lastWill);
    // Children of a killed server hold its shared memory for a moment, and the next one ends at once.
    for (let attempt = 0; attempt < STARTS; attempt++) {
      child = spawn(join(binaries, 'postgres'), options, { stdio: 'ignore', cwd: folder, ...user });
      if (await answers(admin, child)) return;
    }
    throw new Error('the PostgreSQL server does not start');
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    process.off('exit', lastWill);
  }

  await start();
  await run(admin, 'CREATE ROLE gateway LOGIN');
  await run(admin, 'CREATE DATABASE gateway OWNER gateway');
  return {
    url,
    port,
    newSchema: () => `s${randomBytes(6).toString('hex')}`,
    query: (text, values) => run(url, text, values),
    kill: () => end('SIGKILL'),
    start,
    stop: async () => {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The server refuses to run as root: then as the user the package made. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (kind: string): number => Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** False when the server ended instead. */
async function answers(url: string, child: ChildProcess): Promise<boolean> {
  for (let attempt = 0; child.exitCode === null && child.signalCode === null; attempt++) {
    try {
      await run(url, 'SELECT 1');
      return true;
    } catch (error) {
      if (attempt > 400) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return false;
}

async function run(url: string, text: string, values?: unknown[]): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query(text, values)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
