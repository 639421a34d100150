interface Wanted {
  readonly leaves: readonly number[];
  readonly since: number;
  readonly resolve: (places: readonly number[]) => void;
  told: boolean;
}

/** A promise without its place in the log for so long is an alarm, ms. */
const TOO_LONG = 5_000;
const LOOK_EVERY = 50;
/** Places asked for at once. */
const MOST = 2_000;

/** Works that are durable and wait for the places of their leaves in the log. */
export class Waiting {
  readonly #within: number;
  readonly #onChange: () => void;
  /** Oldest first. */
  readonly #wanted = new Set<Wanted>();
  readonly #places = new Map<number, number>();
  #timer: NodeJS.Timeout | undefined;
  #tooLong = false;

  constructor(within: number, onChange: () => void) {
    this.#within = within;
    this.#onChange = onChange;
  }

  get isEmpty(): boolean {
    return this.#wanted.size === 0;
  }

  /** How long the oldest has waited, ms. */
  get age(): number {
    const [oldest] = this.#wanted;
    return oldest === undefined ? 0 : performance.now() - oldest.since;
  }

  get tooLong(): boolean {
    return this.#tooLong;
  }

  add(leaves: readonly number[]): Promise<readonly number[]> {
    if (leaves.length === 0) return Promise.resolve([]);
    return new Promise((resolve) => {
      this.#wanted.add({ leaves, since: performance.now(), resolve, told: false });
      this.#timer ??= setInterval(() => this.#look(), LOOK_EVERY);
    });
  }

  leaves(): number[] {
    const leaves: number[] = [];
    for (const wanted of this.#wanted) {
      leaves.push(...wanted.leaves);
      if (leaves.length >= MOST) break;
    }
    return leaves;
  }

  /** Others' leaves may be among them. */
  settle(places: ReadonlyMap<number, number>): void {
    for (const wanted of this.#wanted) {
      for (const leaf of wanted.leaves) {
        const place = places.get(leaf);
        if (place !== undefined) this.#places.set(leaf, place);
      }
      if (!wanted.leaves.every((leaf) => this.#places.has(leaf))) continue;
      wanted.resolve(wanted.leaves.map((leaf) => this.#places.get(leaf)!));
      for (const leaf of wanted.leaves) this.#places.delete(leaf);
      this.#wanted.delete(wanted);
    }
    this.#look();
  }

  /** Nobody is left without an answer. */
  close(): void {
    for (const { resolve } of this.#wanted) resolve([]);
    this.#wanted.clear();
    this.#look();
  }

  #look(): void {
    const now = performance.now();
    let tooLong = false;
    for (const wanted of this.#wanted) {
      if (now - wanted.since < this.#within) break;
      tooLong ||= now - wanted.since > TOO_LONG;
      if (!wanted.told) wanted.resolve([]);
      wanted.told = true;
    }
    if (this.#wanted.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    if (this.#tooLong === tooLong) return;
    this.#tooLong = tooLong;
    this.#onChange();
  }
}
