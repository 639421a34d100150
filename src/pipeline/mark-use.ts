import type { Clock, KeyVault, NewLeaf, Store } from '../ports/index.js';
import type { Accepted } from './outcome.js';
import { purposeText } from './purpose.js';
import { messageLeaf } from './records.js';
import { UnusualUse } from './unusual-use.js';

export interface MarkUseParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly vault: KeyVault;
  /** Minutes east of UTC at an instant, GATEWAY_TZ. */
  offset(at: number): number;
}

/** Purposes remembered at once; those named first are forgotten first. */
const MOST_KNOWN = 10_000;
/**
 * Look-ups an hour for one participant. Who names more new purposes writes numbers of cases there, and the rule has nothing to say
 * about it.
 */
const MOST_LOOKUPS = 50;
const HOUR = 3_600_000;

/** Looks at every accepted request that names a purpose, and marks what is unusual: in the list of exchanges and on record. */
export class MarkUse {
  readonly #parts: MarkUseParts;
  readonly #rules = new UnusualUse();
  /** Purposes each participant is known to have named; filled from the store. */
  readonly #known = new Set<string>();
  /** By participant: look-ups of the hour that began at `since`. */
  readonly #lookups = new Map<string, { readonly since: number; readonly made: number }>();

  constructor(parts: MarkUseParts) {
    this.#parts = parts;
  }

  /** The outcome with its mark and one leaf more, or as it is. */
  async mark(outcome: Accepted): Promise<Accepted> {
    const { purposes, message, commit } = outcome;
    if (purposes === undefined || purposes.every((p) => Object.keys(p).length === 0)) return outcome;
    const { clock, vault, offset } = this.#parts;
    const at = clock.now();
    const signs = this.#rules.signsOf({
      participant: message.sender,
      purposes,
      persons: (commit.persons ?? []).map(({ label }) => Buffer.from(label).toString('latin1')),
      at,
      minuteOfDay: minuteOfDay(at + offset(at) * 60_000),
      isKnownPurpose: await this.#isKnown(message.sender, purposeText(purposes), at),
    });
    if (signs.length === 0) return outcome;
    const marked = { ...message, meta: { ...message.meta, unusual: signs.join(' ') } };
    const leaf: NewLeaf = messageLeaf('unusual-use', message, at, vault, { hidden: { signs: [...signs] } });
    return { ...outcome, message: marked, commit: { ...commit, message: marked, leaves: [...commit.leaves, leaf] } };
  }

  async #isKnown(participant: string, purpose: string, at: number): Promise<boolean> {
    const key = `${participant}\n${purpose}`;
    if (this.#known.has(key) || purpose === '' || !this.#mayLookUp(participant, at)) return true;
    this.#known.add(key);
    if (this.#known.size > MOST_KNOWN) this.#known.delete(this.#known.keys().next().value!);
    const named = await this.#parts.store.exchanges({ participant, purposeIs: purpose, limit: 100 });
    // The store finds what the participant was asked, too.
    return named.some(({ sender }) => sender === participant);
  }

  #mayLookUp(participant: string, at: number): boolean {
    const last = this.#lookups.get(participant);
    const { since, made } = last === undefined || at >= last.since + HOUR ? { since: at, made: 0 } : last;
    this.#lookups.set(participant, { since, made: made + 1 });
    return made < MOST_LOOKUPS;
  }
}

/** `local`: ms since 1970 as clocks of the zone show it. */
function minuteOfDay(local: number): number {
  return Math.floor(local / 60_000) % 1_440;
}
