import { Worker } from 'node:worker_threads';

/** In the data folder, while the gateway runs: addresses of the sandbox's own partners by mnemonic, for the command line. */
export const PARTNERS_FILE = 'sandbox.json';

/** A partner of the sandbox on a thread of its own, with its own storage; its address comes back when it listens. */
export interface PartnerThread {
  readonly url: string;
  close(): Promise<void>;
}

/** `module` is the partner's own thread module under src/sandbox. */
export async function startPartnerThread(module: string, file: string): Promise<PartnerThread> {
  const worker = new Worker(new URL(`../sandbox/${module}`, import.meta.url), {
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
