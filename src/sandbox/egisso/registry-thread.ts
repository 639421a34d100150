import { parentPort, workerData } from 'node:worker_threads';
import { startRegistry } from './index.js';

/** The registry on a thread of its own: its durable writes must not stop the sockets of whoever started it. */
const { file, host } = workerData as { file: string; host: string };
const port = parentPort;
if (port === null) throw new Error('registry-thread runs in a worker thread only');
const registry = await startRegistry({ file, host, port: 0, seed: true, clock: Date });
port.on('message', async (message) => {
  if (message !== 'close') return;
  await registry.close();
  port.close();
});
port.postMessage({ url: registry.url });
