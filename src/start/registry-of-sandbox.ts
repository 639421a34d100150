import { Worker } from 'node:worker_threads';

/** The registry's own thread and storage; its address comes back when it listens. */
export async function startRegistryThread(file: string): Promise<{ url: string; close(): Promise<void> }> {
  const worker = new Worker(new URL('../sandbox/egisso/registry-thread.js', import.meta.url), {
    workerData: { file, host: '127.0.0.1' },
  });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    worker.once('message', (message: { url: string }) => resolve(message.url));
    worker.once('error', reject);
  });
  return {
    url,
    close: async () => {
      worker.postMessage('close');
      await ended;
    },
  };
}
