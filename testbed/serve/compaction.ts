// Keeps the state short: once a log is long enough it ends, and what was saved and the logs since are put
// together into one file. That is long work for a large platform, so it is done by another process where
// there is one to do it; who serves goes on meanwhile, in the next log.

import type { Policy } from '../../policy/index.ts';
import type { Journal } from './journal.ts';
import { compact, prune, type Tell } from './state-files.ts';

export interface CompactionOptions {
  readonly state?: string;
  /** Puts the logs up to this number together, somewhere else than here; left out, it is done here. */
  readonly compact?: (upTo: number, gaveUp: AbortSignal) => Promise<void>;
  readonly tell: Tell;
}

/** After a failure, such as a full disk, nothing is tried for so long. */
const restMs = 60_000;

export class Compaction {
  readonly #options: CompactionOptions;
  readonly #policy: () => Policy;
  readonly #giveUp = new AbortController();
  #underWay: Promise<void> | undefined;
  #restUntil = 0;

  constructor(options: CompactionOptions, policy: () => Policy) {
    [this.#options, this.#policy] = [options, policy];
  }

  /** Ends the log and puts it together with what was before, unless that is being done. */
  of(journal: Journal): void {
    if (this.#underWay !== undefined || performance.now() < this.#restUntil) return;
    const ended = this.rotate(journal);
    if (ended !== undefined) this.upTo(ended);
  }

  upTo(number: number): void {
    this.#underWay = this.#compact(number).finally(() => {
      this.#underWay = undefined;
    });
  }

  /** Begins the next log; undefined where that cannot be done now, and the one that is goes on. */
  rotate(journal: Journal | undefined): number | undefined {
    try {
      return journal?.rotate();
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  /** Gives up what is under way: its logs are still there. */
  async end(): Promise<void> {
    this.#giveUp.abort();
    await this.#underWay;
  }

  async #compact(upTo: number): Promise<void> {
    const { compact: elsewhere, state, tell } = this.#options;
    try {
      if (elsewhere === undefined) compact(state!, this.#policy(), upTo, tell);
      else await elsewhere(upTo, this.#giveUp.signal);
      prune(state!);
    } catch (error) {
      if (!this.#giveUp.signal.aborted) this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#restUntil = performance.now() + restMs;
    this.#options.tell(`the logs could not be put together (${(error as Error).message}); they are kept.`);
  }
}
