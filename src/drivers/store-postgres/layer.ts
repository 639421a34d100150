/** A map whose changes are kept or dropped together: what one piece of work sees of itself and of those before it. */
export class Layer<K, V> {
  readonly #base: Map<K, V>;
  readonly #draft = new Map<K, V>();

  constructor(base: Map<K, V>) {
    this.#base = base;
  }

  get(key: K): V | undefined {
    return this.#draft.has(key) ? this.#draft.get(key) : this.#base.get(key);
  }

  set(key: K, value: V): void {
    this.#draft.set(key, value);
  }

  keep(): void {
    for (const [key, value] of this.#draft) this.#base.set(key, value);
    this.#draft.clear();
  }

  drop(): void {
    this.#draft.clear();
  }
}
