import { parentPort } from 'node:worker_threads';
import { packBytes } from '../../ports/index.js';

/** Jobs of one thread that may wait for main's answers at once; beyond, the next one starts when one of them ends. */
const MOST_STARTED = 32;

interface FromMain<Job> {
  readonly id?: number;
  readonly job?: Job;
  readonly answered?: number;
  readonly answer?: unknown;
}

const asked = new Map<number, (answer: unknown) => void>();
let nextQuestion = 1;

/**
 * Inside a thread: starts jobs in the order they came. Each runs to its end before the next starts, but for those that ask
 * main: while they wait, others run, so a slow signature holds up nobody else. Results are plain data and cross in one buffer.
 */
export function serveJobs<Job, Result>(handle: (job: Job) => Promise<Result>): void {
  const port = parentPort;
  if (port === null) throw new Error('serveJobs runs in a worker thread only');
  const waiting: { id: number; job: Job }[] = [];
  let started = 0;
  port.on('message', ({ id, job, answered, answer }: FromMain<Job>) => {
    if (answered !== undefined) {
      asked.get(answered)?.(answer);
      asked.delete(answered);
      return;
    }
    waiting.push({ id: id!, job: job! });
    if (started < MOST_STARTED) void serve();
  });
  async function serve(): Promise<void> {
    started++;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await run(next);
    started--;
  }
  async function run({ id, job }: { id: number; job: Job }): Promise<void> {
    try {
      const { value, arena } = packBytes(await handle(job));
      port!.postMessage({ id, result: value }, [arena]);
    } catch (error) {
      port!.postMessage({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  port.postMessage({ ready: true });
}

/** Inside a job: what the pool's `answer` says to the question. Pends for ever where main never answers: its deadline ends that. */
export function askMain(question: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    const ask = nextQuestion++;
    asked.set(ask, resolve);
    parentPort?.postMessage({ ask, question });
  });
}
