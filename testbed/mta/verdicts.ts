// What serve said of each message, held against what an engine that hears all the simulator tells would have
// said, and why the two differ.

import type { Submission, Verdict } from '../../policy/index.ts';
import type { Difference } from './differences.ts';

export interface VerdictsCompared {
  /** Messages that serve was asked about, and how many got the same verdict, for the same reason. */
  readonly asked: number;
  readonly same: number;
  readonly differences: readonly Difference[];
}

/** The two verdicts on a submission, and what the simulated engine makes of another one now. */
interface Pair {
  readonly served: Verdict;
  readonly simulated: Verdict;
  readonly submission: Submission;
  readonly now: number;
  /** The pool that serve takes all mail to leave by. */
  readonly usualPool: string;
  readonly ask: (submission: Submission) => Verdict;
}

export class Verdicts {
  #asked = 0;
  #same = 0;
  readonly #kinds = new Map<string, { -readonly [Key in keyof Difference]: Difference[Key] }>();

  get compared(): VerdictsCompared {
    return { asked: this.#asked, same: this.#same, differences: [...this.#kinds.values()] };
  }

  compare({ served, simulated, submission, now, usualPool, ask }: Pair): void {
    this.#asked += 1;
    if (areSame(served, simulated)) {
      this.#same += 1;
      return;
    }
    const what = `${shown(simulated)} in the simulation, ${shown(served)} of serve`;
    const why = areSame(served, ask(asAsked(submission, usualPool))) ? unsaid : heard;
    const known = this.#kinds.get(`${what}|${why}`);
    const example = `message ${submission.id} of account ${submission.account}`;
    if (known === undefined) this.#kinds.set(`${what}|${why}`, { what, why, copies: 1, first: now, example });
    else known.copies += 1;
  }
}

const unsaid = 'the protocol says nothing of lists, contracts, urgency, signing up and the pool';
const heard = 'serve has heard of something earlier, later or not at all, or in other words';

/** What of a submission a mail server tells. */
const asAsked = (submission: Submission, pool: string): Submission =>
  ({ ...submission, list: 0, allowance: 0, urgent: false, signedUp: -1, pool });

const areSame = (one: Verdict, two: Verdict): boolean => JSON.stringify(one) === JSON.stringify(two);

const shown = (verdict: Verdict): string =>
  'reason' in verdict ? `${verdict.kind} (${verdict.reason.module}, ${verdict.reason.rule})` : verdict.kind;
