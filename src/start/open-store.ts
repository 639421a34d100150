import { join } from 'node:path';
import type { Config } from '../config/index.js';
import { openReadOnly, openSqliteStore } from '../drivers/store-sqlite/index.js';
import type { KnownMessages } from '../pipeline/index.js';
import type { Store } from '../ports/index.js';
import type { SequencerOptions } from '../sequencer.js';
import { refuseMoved } from './moved.js';

/** Where a worker thread reads what it must know of the past; structured-cloneable. */
export type KnownFrom = { readonly file: string } | { readonly url: string };

export interface OpenedStore {
  readonly store: Store;
  readonly knownFrom: KnownFrom;
  /** Several processes may write to it: this one may be new to a journal that is not. */
  readonly shared: boolean;
  /** Called when the roll-back guard was judged. */
  begin(): void;
  /** What is not well with it now, for /health/ready. */
  troubles(): readonly string[];
}

/** The store the configuration names: PostgreSQL under DATABASE_URL, else SQLite in the data folder. */
export async function openStore(
  config: Config,
  sequencerOptions: SequencerOptions,
  onFatal: (error: Error) => void,
): Promise<OpenedStore> {
  const sequencer = { sequencerModule: new URL('../sequencer.js', import.meta.url).href, sequencerOptions };
  if (config.databaseUrl === undefined) {
    refuseMoved(config.data);
    const file = join(config.data, 'gateway.db');
    const store = await openSqliteStore({ file, ...sequencer, onFatal });
    return { store, knownFrom: { file }, shared: false, begin: () => undefined, troubles: () => [] };
  }
  const url = config.databaseUrl;
  // Loaded only where it is used: the client of PostgreSQL costs every thread its start.
  const { openPostgresStore } = await import('../drivers/store-postgres/index.js');
  const store = await openPostgresStore({ url, ...sequencer, onFatal });
  return { store, knownFrom: { url }, shared: true, begin: () => store.begin(), troubles: () => store.troubles() };
}

/** A worker thread's own eyes on the store. */
export async function openKnown(from: KnownFrom): Promise<KnownMessages> {
  if ('url' in from) {
    const postgres = await import('../drivers/store-postgres/index.js');
    const store = postgres.openReadOnly(from.url);
    return {
      firstSeen: (id) => store.firstSeen(id),
      request: async (id) => named(await store.request(id), id),
      answered: (exchange, mnemonic) => store.answered(exchange, mnemonic),
    };
  }
  const store = openReadOnly(from.file);
  return {
    firstSeen: (id) => store.firstSeen(id),
    request: (id) => named(store.request(id), id),
    answered: (exchange, mnemonic) => store.answered(exchange, mnemonic),
  };
}

/** The stored request under the id it was asked by, which the token spells. */
function named<T extends object>(found: T | undefined, messageId: string): (T & { messageId: string }) | undefined {
  return found === undefined ? undefined : { ...found, messageId };
}
