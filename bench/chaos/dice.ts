/** Seeded chance (mulberry32): the same seed throws the same dice, so a run can be asked for again. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 ≤ share < 1. */
  share(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  between(from: number, to: number): number {
    return from + this.share() * (to - from);
  }

  of<T>(things: readonly T[]): T {
    return things[Math.floor(this.share() * things.length)]!;
  }

  /** Dice of their own for a part of the run: what one part throws does not change another's. */
  apart(name: string): Dice {
    let seed = this.#state;
    for (const char of name) seed = (Math.imul(seed, 31) + char.charCodeAt(0)) >>> 0;
    return new Dice(seed);
  }
}
