import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../src/config/index.js';

const STOP_WITHIN_MS = 12_000;

describe('house: npm start', function () {
  this.timeout(60_000);
  let data: string;
  let npm: ChildProcess | undefined;

  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'npm-start-'));
  });
  afterEach(() => {
    if (npm?.exitCode === null && npm.pid !== undefined) process.kill(-npm.pid, 'SIGKILL');
    rmSync(data, { recursive: true });
  });

  /** `npm start` in a process group of its own; resolves with the address of its ready line. */
  async function start(env: Record<string, string> = {}): Promise<string> {
    const child = spawn('npm', ['start'], {
      cwd: projectRoot(),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, GATEWAY_DATA: data, GATEWAY_PORT: '0', ...env },
    });
    npm = child;
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    }
    while (child.exitCode === null) {
      const ready = /^ready (http\S+)$/m.exec(said)?.[1];
      if (ready !== undefined) return ready;
      await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
    }
    throw new Error(`npm start ended with ${child.exitCode}: ${said}`);
  }

  async function ended(child: ChildProcess): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) {
      await once(child, 'close', { signal: AbortSignal.timeout(STOP_WITHIN_MS) });
    }
  }

  /** Processes whose group is the one npm was started in. */
  function left(group: number): string[] {
    return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && groupOf(pid) === group);
  }

  for (const whom of ['npm alone', 'its whole group'] as const) {
    it(`stops on SIGTERM to ${whom}: no process left, the port free`, async function () {
      if (process.platform !== 'linux') this.skip();
      const url = await start();
      expect((await fetch(`${url}/health/ready`)).status).to.equal(200);
      const { pid = 0 } = npm ?? {};
      process.kill(whom === 'npm alone' ? pid : -pid, 'SIGTERM');
      await ended(npm as ChildProcess);
      expect(left(pid)).to.deep.equal([]);
      const refused = await fetch(`${url}/health/live`).then(
        () => 'answered',
        () => 'refused',
      );
      expect(refused).to.equal('refused');
    });
  }

  it('ends with 2 and the fix when the settings contradict each other', async () => {
    const said = await start({ GATEWAY_HOST: '0.0.0.0' }).catch((error: Error) => error.message);
    expect(said).to.include('ended with 2').and.include('GATEWAY_TLS_CERT');
  });
});

/** Fifth field of /proc/PID/stat, counted behind the name, which may hold spaces. */
function groupOf(pid: string): number {
  try {
    return Number(/\) \S \d+ (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    return 0;
  }
}
