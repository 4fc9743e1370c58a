// What a limit must say, told from outside: so many of an account pass, then none until the window is over.
// A question whose answer was lost may have been counted or not, so the oracle knows bounds.

export type Due = 'pass' | 'refuse' | 'either';

export class WindowOracle {
  readonly #limit: number;
  /** Counted for certain, and perhaps besides. */
  #sure = 0;
  #perhaps = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** What the next question must be answered. */
  get due(): Due {
    if (this.#sure >= this.#limit) return 'refuse';
    return this.#sure + this.#perhaps < this.#limit ? 'pass' : 'either';
  }

  passed(): void {
    this.#sure += 1;
  }

  refused(): void {
    this.#sure = Math.max(this.#sure, this.#limit);
  }

  /** It may have been counted once more than we know. */
  lost(): void {
    this.#perhaps += 1;
  }

  /** The window is over, or the one who counted is gone. */
  forget(): void {
    this.#sure = 0;
    this.#perhaps = 0;
  }
}
