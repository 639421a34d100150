/** A process of its own that takes deliveries and never ends one: `node child-engine.js <redis url> <lock ms> <id>…`. */
import { createBullmqDispatcher } from '../../../src/drivers/dispatch-bullmq/index.js';

const [url = '', lock = '', ...ids] = process.argv.slice(2);
const say = () => undefined;
const dispatcher = createBullmqDispatcher({
  url,
  gateway: 'test',
  partners: ['P0', 'P1'],
  clock: { now: Date.now },
  log: { info: say, warn: say, error: say },
  concurrency: 8,
  onError: say,
  lock: Number(lock),
});
await dispatcher.start(async (id) => {
  process.send?.(id);
  await new Promise(() => undefined);
});
for (const id of ids.map(Number)) await dispatcher.schedule(id, `P${id % 2}`, Date.now());
