import type { Config } from '../config/index.js';
import { createEmbeddedDispatcher } from '../drivers/dispatch-embedded/index.js';
import type { Clock, Dispatcher, Log } from '../ports/index.js';

export interface DispatcherParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Those an adapter speaks to. */
  readonly partners: readonly string[];
  readonly concurrency: (partner: string) => number;
}

export interface ChosenDispatcher {
  readonly dispatcher: Dispatcher;
  /** What of it does not work now; messages are taken in all the same. For /health/ready. */
  weaknesses(): readonly string[];
}

/** The dispatcher the configuration names: BullMQ under REDIS_URL, which need not be there yet, else this process' own. */
export async function dispatcherFor(config: Config, parts: DispatcherParts): Promise<ChosenDispatcher> {
  const { clock, log, partners, concurrency } = parts;
  const onError = (delivery: number, error: unknown): void =>
    log.error({ delivery, error: String(error) }, 'a delivery attempt failed');
  if (config.redisUrl === undefined)
    return { dispatcher: createEmbeddedDispatcher({ clock, concurrency, onError }), weaknesses: () => [] };
  // Loaded only where it is used.
  const { createBullmqDispatcher } = await import('../drivers/dispatch-bullmq/index.js');
  const dispatcher = createBullmqDispatcher({
    url: config.redisUrl,
    gateway: config.journalOrigin,
    partners,
    clock,
    log,
    concurrency,
    onError,
  });
  return { dispatcher, weaknesses: () => dispatcher.troubles() };
}
