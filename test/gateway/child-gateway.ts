/** The gateway as a process of its own, started as a person starts it: what only an exit code, a signal or a kill can show. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** The compiled main.js beside this test's own output. */
const MAIN = join(import.meta.dirname, '../../src/main.js');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

export interface ChildGateway {
  readonly process: ChildProcess;
  readonly url: string;
  readonly port: number;
  readonly ended: Promise<Ended>;
}

export type Environment = Readonly<Record<string, string>>;

/** `node main.js`, or any command that comes to it, until it prints `ready`. */
export async function startChild(
  environment: Environment,
  command?: readonly [string, ...string[]],
): Promise<ChildGateway> {
  const { process: child, ended, output } = run(environment, command);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const ready = /^ready (http\S+)$/m.exec(output());
      if (ready?.[1] !== undefined) resolve(ready[1]);
    });
    void ended.then(({ code, output }) => reject(new Error(`ended with ${code} before it was ready:\n${output}`)));
  });
  return { process: child, url, port: Number(new URL(url).port), ended };
}

/** A start that is expected to end by itself. */
export function endOf(environment: Environment): Promise<Ended> {
  return run(environment).ended;
}

function run(
  environment: Environment,
  command: readonly [string, ...string[]] = [process.execPath, '--disable-warning=ExperimentalWarning', MAIN],
) {
  const [program, ...args] = command;
  let text = '';
  const child = spawn(program, args, {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      GATEWAY_PORT: '0',
      LOG_LEVEL: 'error',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: a test signals it whole and nothing else.
    detached: true,
  });
  const take = (chunk: Buffer) => {
    text += chunk.toString();
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, output: text }));
  });
  return { process: child, ended, output: () => text };
}

/** Whether nobody listens on the port any more. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
