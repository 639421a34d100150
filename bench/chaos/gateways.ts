import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, mkdirSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { generateDevCertificates } from '../../certs-dev/generate.js';

/** One gateway of several: its address stays through kills and starts. */
export interface Member {
  readonly name: string;
  readonly url: string;
  readonly pid: number | undefined;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** As an operator stops it. */
  stop(): Promise<void>;
}

export interface Gateways {
  readonly members: readonly Member[];
  /** Those that ended though nobody killed or stopped them, with how. */
  readonly ended: readonly string[];
  /** Of the participants, as the sandbox generates them. */
  readonly certificates: string;
  close(): Promise<void>;
}

/** `count` gateways of one system: keys and certificates in common, each with a data folder and an address of its own. */
export async function startGateways(
  folder: string,
  count: number,
  environment: Readonly<Record<string, string>>,
): Promise<Gateways> {
  const certificates = join(folder, 'certs-dev');
  await generateDevCertificates(certificates);
  const members: Member[] = [];
  const ended: string[] = [];
  for (let i = 0; i < count; i++) {
    const data = join(folder, `gateway-${i + 1}`);
    mkdirSync(data, { recursive: true });
    cpSync(certificates, join(data, 'certs-dev'), { recursive: true });
    const port = await freePort();
    members.push(
      member(`gateway ${i + 1}`, `${data}.log`, port, ended, {
        ...environment,
        GATEWAY_DATA: data,
        GATEWAY_KEYS: join(folder, 'keys'),
        GATEWAY_PORT: String(port),
      }),
    );
  }
  const close = async (): Promise<void> => {
    await Promise.all(members.map((one) => one.stop()));
  };
  try {
    for (const one of members) await one.start();
  } catch (error) {
    await close();
    throw error;
  }
  return { members, ended, certificates, close };
}

function member(
  name: string,
  logFile: string,
  port: number,
  died: string[],
  environment: Readonly<Record<string, string>>,
): Member {
  let isAsked = false;
  let child: ChildProcess | undefined;
  const isRunning = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null;
  const end = async (ask: (running: ChildProcess) => void): Promise<void> => {
    if (child === undefined || !isRunning()) return;
    const ended = once(child, 'exit');
    isAsked = true;
    ask(child);
    await ended;
  };
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    get pid() {
      return child?.pid;
    },
    start: async () => {
      const log = openSync(logFile, 'a');
      const started = fork(new URL('./gateway-process.js', import.meta.url), [], {
        env: { ...inherited(), ...environment },
        execArgv: ['--disable-warning=ExperimentalWarning'],
        stdio: ['ignore', log, log, 'ipc'],
      });
      closeSync(log);
      child = started;
      isAsked = false;
      started.once('exit', (code, signal) => {
        if (!isAsked) died.push(`${name} ended by itself: ${code ?? signal}`);
      });
      await new Promise<void>((resolve, reject) => {
        started.once('message', () => resolve());
        started.once('exit', (code, signal) =>
          reject(new Error(`${name} ended with ${code ?? signal}; see ${logFile}`)),
        );
      });
    },
    kill: () => end((running) => running.kill('SIGKILL')),
    stop: () =>
      end((running) => {
        const patience = setTimeout(() => running.kill('SIGKILL'), 15_000);
        running.once('exit', () => clearTimeout(patience));
        running.send('stop', () => undefined);
      }),
  };
}

function inherited(): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME };
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
