// The names behind the small numbers that a policy goes by: of tenants, accounts and receivers. Numbers are
// given in the order in which names first come, from 0 on.

/** Numbers that lost lines may leave unused in one place. */
const furthest = 100_000;

export class Names {
  readonly #ids = new Map<string, number>();
  readonly #names: string[] = [];

  /** Undefined for a name never seen. */
  idOf(name: string): number | undefined {
    return this.#ids.get(name);
  }

  nameOf(id: number): string {
    return this.#names[id] ?? '';
  }

  /** The number that the next new name gets. */
  get next(): number {
    return this.#names.length;
  }

  /** Does nothing for a number so far off that it can be nobody's. */
  put(id: number, name: string): void {
    if (!Number.isSafeInteger(id) || id < 0 || id > this.#names.length + furthest) return;
    // A line that was lost leaves a gap; its name gets a new number when it comes again.
    while (this.#names.length < id) this.#names.push('');
    this.#names[id] = name;
    this.#ids.set(name, id);
  }

  all(): readonly string[] {
    return this.#names;
  }

  restore(names: readonly string[]): void {
    this.#ids.clear();
    this.#names.length = 0;
    names.forEach((name, id) => {
      this.#names.push(name);
      if (name !== '') this.#ids.set(name, id);
    });
  }
}
