import type { Catalogue } from '../formats/index.js';
import { nameOf } from '../message/index.js';
import { hashOf, jsonOf, PUSHED_SINCE, type Snapshot, sandboxSnapshot, seedSnapshot } from '../participants/index.js';
import { type Catalogues, configurationLeaf } from '../pipeline/index.js';
import type { Clock, Committed, KeyVault, Store } from '../ports/index.js';
import { StartRefused } from './start-refused.js';

export interface SnapshotSource {
  readonly store: Store;
  readonly vault: KeyVault;
  readonly clock: Clock;
  readonly catalogues: Catalogues;
  /** Whether the sandbox's cast takes part. */
  readonly sandbox: boolean;
  readonly certificates: {
    readonly roots: readonly string[];
    readonly certificates: ReadonlyMap<string, readonly string[]>;
  };
  readonly change?: (snapshot: Snapshot) => Snapshot;
}

/**
 * The newest snapshot with what this start brings new: once each, so that what operators changed stays changed. Without the
 * sandbox the first one holds nobody: participants come by the command line. The change is on record.
 */
export async function snapshotInForce(source: SnapshotSource): Promise<Found> {
  for (let i = 0; ; i++) {
    const found = await seeded(source);
    if (!('ok' in found)) return found;
    if (found.conflict !== 'moved' || i === MOST_OVERTAKEN)
      throw new StartRefused(
        `Хранилище не принимает записи: ${found.detail ?? ''}`,
        `The store takes no commits: ${found.detail ?? ''}`,
      );
  }
}

interface Found {
  readonly snapshot: Snapshot;
  readonly catalogue: Catalogue;
}

/** How often it begins anew because another process changed the snapshot first. */
const MOST_OVERTAKEN = 10;

async function seeded({
  store,
  vault,
  clock,
  catalogues,
  sandbox,
  certificates,
  change,
}: SnapshotSource): Promise<Found | Extract<Committed, { ok: false }>> {
  const stored = await store.snapshot();
  const before = stored && (JSON.parse(stored.json) as Snapshot);
  // The cast asks and answers formats of ours; who may ask a published one is the operator's to say.
  const builtIn = await catalogues.of({});
  const catalogue = await catalogues.of(before ?? {});
  const known = { ...certificates, catalogue: catalogue.hash };
  const cast = sandbox ? sandboxSnapshot({ ...known, formats: formatsOf(builtIn) }) : NOBODY;
  const { participants, rights, routes, subscriptions } = cast;
  const seeded = seedSnapshot(before, {
    participants,
    rights,
    routes,
    ...(subscriptions && { subscriptions }),
    ...(sandbox && { pushed: PUSHED_SINCE }),
    ...known,
  });
  const fresh = change?.(seeded) ?? seeded;
  const hash = hashOf(fresh);
  if (stored?.hash === hash) return { snapshot: fresh, catalogue };
  const leaf = configurationLeaf(before, fresh, { by: 'start' }, clock.now(), vault);
  const next = { hash, json: jsonOf(fresh), ...(stored && { upon: stored.hash }) };
  const done = await store.commit({ leaves: [leaf], snapshot: next });
  return done.ok ? { snapshot: fresh, catalogue } : done;
}

const NOBODY: Pick<Snapshot, 'participants' | 'rights' | 'routes' | 'subscriptions'> = {
  participants: [],
  rights: [],
  routes: [],
};

function formatsOf(catalogue: Catalogue): readonly { id: string; request: string }[] {
  return catalogue
    .entries()
    .filter((e) => e.role === 'request')
    .map((e) => ({ id: e.format.id, request: nameOf(e.root) }));
}
