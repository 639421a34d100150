import type { Catalogue } from '../formats/index.js';
import { sealLeaf } from '../journal/index.js';
import type { HiddenFields } from '../message/index.js';
import { type Directory, hashOf, jsonOf, type Snapshot, snapshotDifference, takesAway } from '../participants/index.js';
import type { Clock, Commit, Committed, KeyVault, NewLeaf, Store } from '../ports/index.js';
import type { Catalogues } from './catalogues.js';
import { commitOrUnknown } from './outcome-unknown.js';
import { recordTime } from './records.js';

/** Under this name in place of an exchange the store lists the records of the configuration. */
export const CONFIGURATION_RECORDS = 'configuration';
/** Sentences about one change that a record keeps; an import of thousands says how many more there are. */
const MOST_WORDS = 500;
/** How often a change is made anew because another process made one first. */
const MOST_OVERTAKEN = 10;

export interface InForceParts {
  readonly store: Store;
  readonly vault: KeyVault;
  readonly clock: Clock;
  /** A snapshot made ready for this thread's questions. */
  directoryOf(snapshot: Snapshot): Directory;
  /** The catalogues snapshots speak of. */
  readonly catalogues: Catalogues;
  /** Hands the snapshot to every worker thread, and to those started later; resolves when they judge by it. `catalogue`: another one than before. */
  handOver(snapshot: Snapshot, catalogue?: Catalogue): Promise<void>;
}

/** What a change makes of the snapshot in force: another one with what it names by hash, or the reason why there is none. */
export type Change<Why> = (
  snapshot: Snapshot,
) => { readonly snapshot: Snapshot; readonly artefacts?: Commit['artefacts'] } | { readonly why: Why };

export type Changed<Why> =
  | { readonly directory: Directory }
  | { readonly why: Why }
  | { readonly refused: Extract<Committed, { ok: false }> };

/**
 * The snapshot in force, and the only way to another one: committed with its leaf, then handed to the threads. Changes come
 * one after another, each upon the result of the one before, whichever process made it. A crash between the two leaves the new one in force at the next start.
 */
export class InForce {
  readonly #parts: InForceParts;
  #directory: Directory;
  #catalogue: Catalogue;
  #last: Promise<unknown> = Promise.resolve();

  /** `catalogue`: the one `snapshot` speaks of. */
  constructor(parts: InForceParts, snapshot: Snapshot, catalogue: Catalogue) {
    this.#parts = parts;
    this.#catalogue = catalogue;
    this.#directory = parts.directoryOf(snapshot);
  }

  get directory(): Directory {
    return this.#directory;
  }

  get catalogue(): Catalogue {
    return this.#catalogue;
  }

  /** `judgedUnder`: the snapshot under which the wish to change was found good. `hidden` stands in the change's leaf. */
  change<Why>(change: Change<Why>, hidden: HiddenFields, judgedUnder?: string): Promise<Changed<Why>> {
    return this.#inTurn(async () => {
      for (let i = 0; ; i++) {
        const done = await this.#change(change, hidden, judgedUnder);
        const isOvertaken = 'refused' in done && done.refused.conflict === 'moved';
        if (!isOvertaken || i === MOST_OVERTAKEN) return done;
        await this.#takeOver();
      }
    });
  }

  /** Takes over a snapshot that another process put in force. Rejects where the store cannot be read. */
  catchUp(): Promise<void> {
    return this.#inTurn(() => this.#takeOver());
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #takeOver(): Promise<void> {
    const { store, catalogues } = this.#parts;
    const newest = await store.snapshot(this.#directory.hash);
    if (newest === undefined || newest.hash === this.#directory.hash) return;
    const snapshot = JSON.parse(newest.json) as Snapshot;
    await this.#use(snapshot, await catalogues.of(snapshot));
  }

  /** The threads judge by it when this resolves. */
  async #use(snapshot: Snapshot, catalogue: Catalogue): Promise<void> {
    const isOther = catalogue !== this.#catalogue;
    this.#directory = this.#parts.directoryOf(snapshot);
    this.#catalogue = catalogue;
    await this.#parts.handOver(snapshot, isOther ? catalogue : undefined);
  }

  /** A change that takes something away revokes every snapshot before it: what was judged under one is judged again. */
  async #change<Why>(change: Change<Why>, hidden: HiddenFields, judgedUnder?: string): Promise<Changed<Why>> {
    const made = change(this.#directory.snapshot);
    if ('why' in made) return made;
    const { store, vault, clock, catalogues } = this.#parts;
    const catalogue = await catalogues.of(made.snapshot, made.artefacts);
    const snapshot = { ...made.snapshot, catalogue: catalogue.hash };
    const hash = hashOf(snapshot);
    if (hash === this.#directory.hash) return { directory: this.#directory };
    const before = this.#directory.snapshot;
    const leaf = configurationLeaf(before, snapshot, hidden, clock.now(), vault);
    const live = takesAway(before, snapshot) ? await store.liveSnapshots() : [];
    const revokes = live.filter((other) => other !== hash);
    const done = await commitOrUnknown(store, {
      leaves: [leaf],
      snapshot: { hash, json: jsonOf(snapshot), revokes, upon: this.#directory.hash },
      ...(made.artefacts && { artefacts: made.artefacts }),
      ...(judgedUnder === undefined ? {} : { judgedUnder }),
    });
    if (!done.ok) return { refused: done };
    await this.#use(snapshot, catalogue);
    return { directory: this.#directory };
  }
}

/** The record of a change: the hash it made in clear; who made it and what it changed, in words, under the commitment. */
export function configurationLeaf(
  before: Snapshot | undefined,
  after: Snapshot,
  hidden: HiddenFields,
  at: number,
  vault: KeyVault,
): NewLeaf {
  const words = before === undefined ? [] : snapshotDifference(before, after);
  const more = words.length > MOST_WORDS ? [`… +${words.length - MOST_WORDS}`] : [];
  const { leaf } = sealLeaf(
    {
      kind: 'configuration-changed',
      time: recordTime(at),
      config: hashOf(after),
      hidden: {
        ...(before && { was: hashOf(before) }),
        ...(words.length > 0 && {
          changes: [...words.slice(0, MOST_WORDS).map((w) => w.ru), ...more],
          changesEn: [...words.slice(0, MOST_WORDS).map((w) => w.en), ...more],
        }),
        ...hidden,
      },
    },
    vault,
  );
  return { ...leaf, exchange: CONFIGURATION_RECORDS };
}
