// A memory of so many: what was put in longest ago is forgotten first. What a mail system still speaks of is
// recent, and a server that runs for months must not grow.

export class Recent<Key extends string | number, Value> {
  readonly #most: number;
  readonly #entries = new Map<Key, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  has(key: Key): boolean {
    return this.#entries.has(key);
  }

  /** Puts it in as the newest; returns what had to make room for it. */
  put(key: Key, value: Value): Value | undefined {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#most) return undefined;
    const [oldest, forgotten] = this.#entries.entries().next().value!;
    this.#entries.delete(oldest);
    return forgotten;
  }

  delete(key: Key): boolean {
    return this.#entries.delete(key);
  }

  /** From the oldest to the newest. */
  entries(): IterableIterator<[Key, Value]> {
    return this.#entries.entries();
  }

  restore(entries: readonly (readonly [Key, Value])[]): void {
    this.#entries.clear();
    for (const [key, value] of entries) this.put(key, value);
  }
}
