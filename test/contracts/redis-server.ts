import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** A private server in a temporary folder, reached by its own port of the loopback. Keeps nothing unless told to. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  /** One command on a connection of its own. */
  call(command: string, ...args: (string | number)[]): Promise<unknown>;
  /** kill -9; what it had not written is gone. */
  kill(): Promise<void>;
  /** SIGSTOP and SIGCONT: connections stay open and nothing answers. */
  freeze(): void;
  thaw(): void;
  start(...options: string[]): Promise<void>;
  stop(): Promise<void>;
}

export function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Runs a suite on a private server, emptied before each test, or names it as skipped. */
export function describeOnRedis(title: string, suite: (server: () => RedisServer) => void): void {
  const has = hasRedis();
  describe(title, () => {
    if (!has) {
      it('needs redis-server', function () {
        this.skip();
      });
      return;
    }
    let server: RedisServer | undefined;
    before(async () => {
      server = await redisServer();
      await server.start();
    });
    after(() => server?.stop());
    suite(() => server!);
  });
}

/** A server that is not started yet; its port is its own. */
export async function redisServer(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  const lastWill = (): void => void child?.kill('SIGKILL');

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    process.off('exit', lastWill);
  }
  return {
    url,
    port,
    folder,
    call: (command, ...args) => run(url, command, args),
    kill: () => end('SIGKILL'),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    start: async (...options) => {
      const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
      child = spawn('redis-server', [...own, ...options], { stdio: 'ignore', cwd: folder });
      process.once('exit', lastWill);
      await untilItAnswers(url, child);
    },
    stop: async () => {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function untilItAnswers(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; child.exitCode === null && child.signalCode === null; attempt++) {
    try {
      await run(url, 'PING', []);
      return;
    } catch (error) {
      if (attempt > 400) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  throw new Error('redis-server ended at its start');
}

async function run(url: string, command: string, args: (string | number)[]): Promise<unknown> {
  const client = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await client.call(command, ...args);
  } finally {
    client.disconnect();
  }
}
