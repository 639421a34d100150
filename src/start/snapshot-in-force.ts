import { createHash } from 'node:crypto';
import canonicalJson from 'canonicalize';
import type { Catalogue } from '../formats/index.js';
import { sealLeaf } from '../journal/index.js';
import { nameOf } from '../message/index.js';
import { carryRenewed, hashOf, type Snapshot, sandboxSnapshot } from '../participants/index.js';
import type { Clock, KeyVault, Store } from '../ports/index.js';
import { StartRefused } from './start-refused.js';

export interface SnapshotSource {
  readonly store: Store;
  readonly vault: KeyVault;
  readonly clock: Clock;
  readonly catalogue: Catalogue;
  readonly certificates: {
    readonly roots: readonly string[];
    readonly certificates: ReadonlyMap<string, readonly string[]>;
  };
  readonly change?: (snapshot: Snapshot) => Snapshot;
}

/** The newest snapshot, or a new one where the sandbox's certificates or formats have changed; the change is on record. */
export async function snapshotInForce({
  store,
  vault,
  clock,
  catalogue,
  certificates,
  change,
}: SnapshotSource): Promise<Snapshot> {
  const formats = catalogue
    .entries()
    .filter((e) => e.role === 'request')
    .map((e) => ({ id: e.format.id, request: nameOf(e.root) }));
  const catalogueHash = createHash('sha256')
    .update(canonicalJson(catalogue.data) ?? '')
    .digest('hex');
  const plain = sandboxSnapshot({
    certificates: certificates.certificates,
    roots: certificates.roots,
    formats,
    catalogue: catalogueHash,
  });
  const stored = await store.snapshot();
  const renewed = stored === undefined ? plain : carryRenewed(plain, JSON.parse(stored.json) as Snapshot, clock.now());
  const fresh = change?.(renewed) ?? renewed;
  const hash = hashOf(fresh);
  if (stored?.hash === hash) return JSON.parse(stored.json) as Snapshot;
  const changed = sealLeaf(
    { kind: 'configuration-changed', time: new Date(clock.now()).toISOString(), config: hash, hidden: { by: 'start' } },
    vault,
  );
  const done = await store.commit({ leaves: [changed.leaf], snapshot: { hash, json: JSON.stringify(fresh) } });
  if (!done.ok)
    throw new StartRefused(
      `Хранилище не принимает записи: ${done.detail ?? ''}`,
      `The store takes no commits: ${done.detail ?? ''}`,
    );
  return fresh;
}
