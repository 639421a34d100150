import { sealLeaf } from '../journal/index.js';
import type { HiddenFields } from '../message/index.js';
import { type Directory, hashOf, type Snapshot } from '../participants/index.js';
import type { Clock, Committed, KeyVault, Store } from '../ports/index.js';
import { commitOrUnknown } from './outcome-unknown.js';
import { recordTime } from './records.js';

export interface InForceParts {
  readonly store: Store;
  readonly vault: KeyVault;
  readonly clock: Clock;
  /** A snapshot made ready for this thread's questions. */
  directoryOf(snapshot: Snapshot): Directory;
  /** Hands the snapshot to every worker thread, and to those started later; resolves when they judge by it. */
  handOver(snapshot: Snapshot): Promise<void>;
}

/** What a change makes of the snapshot in force: another one, or the reason why there is none. */
export type Change<Why> = (snapshot: Snapshot) => { readonly snapshot: Snapshot } | { readonly why: Why };

export type Changed<Why> =
  | { readonly directory: Directory }
  | { readonly why: Why }
  | { readonly refused: Extract<Committed, { ok: false }> };

/**
 * The snapshot in force, and the only way to another one: committed with its leaf, then handed to the threads. Changes come
 * one after another, each upon the result of the one before. A crash between the two leaves the new one in force at the next start.
 */
export class InForce {
  readonly #parts: InForceParts;
  #directory: Directory;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: InForceParts, snapshot: Snapshot) {
    this.#parts = parts;
    this.#directory = parts.directoryOf(snapshot);
  }

  get directory(): Directory {
    return this.#directory;
  }

  /** `judgedUnder`: the snapshot under which the wish to change was found good. `hidden` stands in the change's leaf. */
  change<Why>(change: Change<Why>, hidden: HiddenFields, judgedUnder?: string): Promise<Changed<Why>> {
    const done = this.#last.then(() => this.#change(change, hidden, judgedUnder));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #change<Why>(change: Change<Why>, hidden: HiddenFields, judgedUnder?: string): Promise<Changed<Why>> {
    const made = change(this.#directory.snapshot);
    if ('why' in made) return made;
    const { store, vault, clock } = this.#parts;
    const hash = hashOf(made.snapshot);
    const { leaf } = sealLeaf(
      { kind: 'configuration-changed', time: recordTime(clock.now()), config: hash, hidden },
      vault,
    );
    const done = await commitOrUnknown(store, {
      leaves: [leaf],
      snapshot: { hash, json: JSON.stringify(made.snapshot) },
      ...(judgedUnder === undefined ? {} : { judgedUnder }),
    });
    if (!done.ok) return { refused: done };
    this.#directory = this.#parts.directoryOf(made.snapshot);
    await this.#parts.handOver(made.snapshot);
    return { directory: this.#directory };
  }
}
