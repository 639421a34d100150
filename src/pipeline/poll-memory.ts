/**
 * Polls that were answered empty, so that a captured one sent again later never fetches what has come since.
 * Kept in memory only: after a restart every poll stamped before it counts as seen. Two generations, each one window
 * long, bound the memory; a poll older than the window is refused by its Timestamp before it comes here.
 */
export class PollMemory {
  readonly #startedAt: number;
  readonly #window: number;
  #current = new Set<string>();
  #previous = new Set<string>();
  #turnsAt: number;

  constructor(now: number, window: number) {
    // Clients stamp whole seconds: a poll of the second we started in is fresh.
    this.#startedAt = Math.floor(now / 1000) * 1000;
    this.#window = window;
    this.#turnsAt = now + window;
  }

  /** Whether a poll with this digest and Timestamp must be answered empty. */
  isStale(digest: string, timestamp: number, now: number): boolean {
    this.#turn(now);
    return this.#current.has(digest) || this.#previous.has(digest) || timestamp < this.#startedAt;
  }

  remember(digest: string, now: number): void {
    this.#turn(now);
    this.#current.add(digest);
  }

  #turn(now: number): void {
    if (now < this.#turnsAt) return;
    this.#previous = this.#current;
    this.#current = new Set();
    this.#turnsAt = now + this.#window;
  }
}
