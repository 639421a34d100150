import { parentPort, workerData } from 'node:worker_threads';
import { startFund } from './index.js';

/** The people the sandbox starts with. */
const PEOPLE = { seed: 1, count: 1_000 };

/** The fund on a thread of its own: its durable writes must not stop the sockets of whoever started it. */
const { file, host } = workerData as { file: string; host: string };
const port = parentPort;
if (port === null) throw new Error('fund-thread runs in a worker thread only');
const fund = await startFund({ file, host, port: 0, people: PEOPLE, clock: Date });
port.on('message', async (message) => {
  if (message !== 'close') return;
  await fund.close();
  port.close();
});
port.postMessage({ url: fund.url });
