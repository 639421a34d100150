import type { Catalogue } from '../formats/index.js';
import { sealLeaf } from '../journal/index.js';
import { nameOf } from '../message/index.js';
import { carryRenewed, hashOf, type Snapshot, sandboxSnapshot } from '../participants/index.js';
import type { Catalogues } from '../pipeline/index.js';
import type { Clock, KeyVault, Store } from '../ports/index.js';
import { StartRefused } from './start-refused.js';

export interface SnapshotSource {
  readonly store: Store;
  readonly vault: KeyVault;
  readonly clock: Clock;
  readonly catalogues: Catalogues;
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
  catalogues,
  certificates,
  change,
}: SnapshotSource): Promise<{ readonly snapshot: Snapshot; readonly catalogue: Catalogue }> {
  const stored = await store.snapshot();
  const before = stored && (JSON.parse(stored.json) as Snapshot);
  const catalogue = await catalogues.of(before ?? {});
  const formats = catalogue
    .entries()
    .filter((e) => e.role === 'request')
    .map((e) => ({ id: e.format.id, request: nameOf(e.root) }));
  const plain = sandboxSnapshot({
    certificates: certificates.certificates,
    roots: certificates.roots,
    formats,
    catalogue: catalogue.hash,
  });
  const renewed = before === undefined ? plain : carryPublished(carryRenewed(plain, before, clock.now()), before);
  const fresh = change?.(renewed) ?? renewed;
  const hash = hashOf(fresh);
  if (stored?.hash === hash) return { snapshot: fresh, catalogue };
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
  return { snapshot: fresh, catalogue };
}

function carryPublished(snapshot: Snapshot, { published, lifeCycles }: Snapshot): Snapshot {
  return { ...snapshot, ...(published && { published }), ...(lifeCycles && { lifeCycles }) };
}
