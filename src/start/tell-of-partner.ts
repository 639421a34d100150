import type { Log, Store } from '../ports/index.js';

/** Once when a partner goes and once when it comes back, with what waits for it. */
export async function tellOfPartner(partner: string, to: 'open' | 'closed', store: Store, log: Log): Promise<void> {
  const waiting = await store.depth(partner, 'requests').catch(() => undefined);
  if (to === 'open')
    log.warn({ partner, waiting }, 'a partner does not answer: its deliveries wait, one call at a time finds out');
  else log.info({ partner, waiting }, 'a partner answers again');
}
