import { parentPort } from 'node:worker_threads';

/** Inside a thread: answers jobs one after another, in the order they came, so that the pool knows which one runs. */
export function serveJobs<Job, Result>(
  handle: (job: Job) => Promise<{ result: Result; transfer?: ArrayBuffer[] }>,
): void {
  const port = parentPort;
  if (port === null) throw new Error('serveJobs runs in a worker thread only');
  let last: Promise<void> = Promise.resolve();
  port.on('message', (message: { id: number; job: Job }) => {
    last = last.then(() => answer(message));
  });
  async function answer({ id, job }: { id: number; job: Job }): Promise<void> {
    try {
      const { result, transfer } = await handle(job);
      port!.postMessage({ id, result }, transfer ?? []);
    } catch (error) {
      port!.postMessage({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  port.postMessage({ ready: true });
}
