import { isIP } from 'node:net';
import { sealLeaf } from '../journal/index.js';
import type { Clock, KeyVault, Store } from '../ports/index.js';
import { recordTime } from './records.js';

/** Distinct fault × block pairs kept between two flushes; beyond, they are counted together: strangers cannot fill memory. */
const MOST_PAIRS = 1_000;

/** Counts refusals of callers who proved no identity: one aggregate leaf per minute × fault code × address block. */
export class RefusalCounter {
  readonly #counts = new Map<string, number>();

  count(fault: string, address: string): void {
    const known = `${fault} ${blockOf(address)}`;
    const key = this.#counts.has(known) || this.#counts.size < MOST_PAIRS ? known : `${fault} other`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** Writes what was counted since the last flush. A failed commit puts the counts back. */
  async flush(store: Store, vault: KeyVault, clock: Clock): Promise<void> {
    const counted = [...this.#counts];
    if (counted.length === 0) return;
    this.#counts.clear();
    const time = recordTime(clock.now());
    const leaves = counted.map(([key, count]) => {
      const [fault = '', block = ''] = key.split(' ');
      return sealLeaf({ kind: 'refusals-counted', time, fault, count, hidden: { block } }, vault).leaf;
    });
    const done = await store.commit({ leaves });
    if (done.ok) return;
    for (const [key, count] of counted) this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
  }
}

/** /24 of an IPv4 address, /48 of an IPv6 one: enough to see where trouble comes from. */
export function blockOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  if (isIP(plain) === 4) return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  if (isIP(plain) === 6) return `${plain.split(':').slice(0, 3).join(':')}::/48`;
  return 'unknown';
}
