/** Bounds of the wait between attempts, milliseconds: quick first, sane last. */
const FIRST = 1_000;
const LAST = 30 * 60_000;

/** Deliveries nobody could make are given up after this age. */
export const GREATEST_AGE = 10 * 24 * 3_600_000;

/**
 * Milliseconds until the next attempt after `attempts` failed ones: exponential with full jitter
 * (a uniform share of the bound), so that a partner coming back is not met by all at once.
 */
export function waitBefore(attempts: number, random: () => number): number {
  const bound = Math.min(LAST, FIRST * 2 ** Math.min(attempts, 20));
  return Math.max(FIRST / 4, Math.floor(random() * bound));
}
