import { createEmbeddedDispatcher } from '../../src/drivers/dispatch-embedded/index.js';
import { dispatcherContract } from './dispatcher-contract.js';

dispatcherContract('embedded', async () => {
  const failed: number[] = [];
  const onError = (id: number) => failed.push(id);
  const dispatcher = createEmbeddedDispatcher({ clock: { now: Date.now }, concurrency: 2, onError });
  return { dispatcher, failed, close: () => dispatcher.close() };
});
