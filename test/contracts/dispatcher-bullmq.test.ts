import { createBullmqDispatcher } from '../../src/drivers/dispatch-bullmq/index.js';
import type { Log } from '../../src/ports/index.js';
import { dispatcherContract } from './dispatcher-contract.js';
import { describeOnRedis } from './redis-server.js';

const silent = { debug() {}, info() {}, warn() {}, error() {} } as unknown as Log;

describeOnRedis('the dispatcher on Redis', (server) => {
  let opened = 0;
  dispatcherContract('BullMQ', async () => {
    const failed: number[] = [];
    const dispatcher = createBullmqDispatcher({
      url: server().url,
      gateway: `contract ${opened++}`,
      partners: [],
      clock: { now: Date.now },
      log: silent,
      concurrency: 2,
      onError: (id) => failed.push(id),
    });
    return { dispatcher, failed, close: () => dispatcher.close() };
  });
});
