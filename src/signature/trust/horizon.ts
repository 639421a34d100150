/**
 * The only way judging looks at time. It remembers between which instants every comparison made so far would answer the
 * same, so a verdict may be kept exactly that long: dates stay checked although chains are not built again.
 */
export class Horizon {
  readonly at: number;
  /** The verdict holds from `since` on, and before `until`. */
  since = Number.NEGATIVE_INFINITY;
  until = Number.POSITIVE_INFINITY;

  constructor(at: number) {
    this.at = at;
  }

  /** Whether `instant` (ms since 1970) has come. */
  reached(instant: number): boolean {
    const reached = instant <= this.at;
    if (reached) this.since = Math.max(this.since, instant);
    else this.until = Math.min(this.until, instant);
    return reached;
  }
}
