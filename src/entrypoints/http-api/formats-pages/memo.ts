/** Keeps what is costly to make, at most `most` of it: the pages are open to everybody, so memory must not follow what is asked. */
export class Memo {
  readonly #kept = new Map<string, unknown>();
  readonly #most: number;
  #for: object | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  /** The value under `key`, made when it is not kept. Everything is forgotten when `source` is another object than before. */
  get<T>(source: object, key: string, make: () => T): T {
    if (this.#for !== source) this.#kept.clear();
    this.#for = source;
    // One key is used with one type by the callers of this folder.
    const known = this.#kept.get(key) as T | undefined;
    if (known !== undefined) return known;
    const made = make();
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= this.#most && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(key, made);
    return made;
  }
}
