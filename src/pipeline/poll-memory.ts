/** The latest Timestamp a poll answered so far may bear; outlives the process, if not a power cut. */
export interface PollHorizon {
  /** ms since 1970; 0 when nothing is known. */
  read(): number;
  raise(to: number): void;
}

/** Raised in steps, so that clients whose clocks run ahead do not cost a write a poll. */
const STEP = 10_000;
/** A stamp ahead by less than a start takes is past before anybody can send it to the next process. */
const AHEAD = 1_000;

/**
 * Polls that were answered, so that a captured one sent again later never fetches what has come since. Kept in memory:
 * after a restart every poll stamped before it counts as seen, and so does one stamped up to the horizon, which is what
 * polls from clocks ahead of ours leave behind. Two generations, each one window long, bound the memory; a poll older
 * than the window is refused by its Timestamp before it comes here. Without a horizon the store remembers what this process
 * does not know, and no poll counts as seen for its age.
 */
export class PollMemory {
  readonly #freshFrom: number;
  readonly #window: number;
  readonly #horizon: PollHorizon | undefined;
  #raisedTo: number;
  #current = new Set<string>();
  #previous = new Set<string>();
  #turnsAt: number;

  constructor(now: number, window: number, horizon?: PollHorizon) {
    this.#raisedTo = horizon?.read() ?? 0;
    // Clients stamp whole seconds: a poll of the second we started in is fresh.
    this.#freshFrom = horizon === undefined ? 0 : Math.max(Math.floor(now / 1000) * 1000, this.#raisedTo);
    this.#window = window;
    this.#horizon = horizon;
    this.#turnsAt = now + window;
  }

  /** Whether a poll with this digest and Timestamp must be answered empty. */
  isStale(digest: string, timestamp: number, now: number): boolean {
    this.#turn(now);
    return this.#current.has(digest) || this.#previous.has(digest) || timestamp < this.#freshFrom;
  }

  remember(digest: string, timestamp: number, now: number): void {
    this.#turn(now);
    this.#current.add(digest);
    if (this.#horizon === undefined || timestamp <= now + AHEAD || timestamp < this.#raisedTo) return;
    this.#raisedTo = timestamp + STEP;
    this.#horizon.raise(this.#raisedTo);
  }

  #turn(now: number): void {
    if (now < this.#turnsAt) return;
    this.#previous = this.#current;
    this.#current = new Set();
    this.#turnsAt = now + this.#window;
  }
}
