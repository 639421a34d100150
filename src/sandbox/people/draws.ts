/** A reproducible sequence of choices: the same key draws the same everywhere (FNV-1a into mulberry32). Not for secrets. */
export class Draws {
  #state: number;

  constructor(key: string) {
    let hash = 0x811c9dc5;
    for (const octet of new TextEncoder().encode(key)) hash = Math.imul(hash ^ octet, 0x01000193);
    this.#state = hash >>> 0;
  }

  /** A whole number, 0 ≤ n < limit. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  one<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T; // lists here are never empty
  }

  happens(percent: number): boolean {
    return this.below(100) < percent;
  }

  digits(length: number): string {
    return String(this.below(10 ** length)).padStart(length, '0');
  }
}
