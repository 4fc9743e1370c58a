// The contract of a detection or throttle module. A module is a value; its state belongs to one key and is
// plain JSON; deciding changes nothing, learning writes. Time reaches it as an argument, chance not at all.

import type { Layout } from './cells.ts';
import type { Signal, SignalKind } from './signal.ts';
import type { Attempt, Submission } from './submission.ts';
import type { Milliseconds } from './units.ts';
import type { Dispatch, Verdict } from './verdict.ts';

/**
 * What a module keeps one state for. A signal that lacks the key's attribution never reaches such a module.
 */
export type Key = 'account' | 'tenant' | 'tenant+receiver' | 'receiver' | 'pool' | 'platform';

export interface Module<State extends object> {
  /** Unique within a policy; appears in every reason. */
  readonly name: string;
  readonly key: Key;
  /** The signals it learns from; hosts pass it no others. All of them, where it does not say. */
  readonly hears?: readonly SignalKind[];
  /**
   * Left out by modules whose state is an object. With a layout the state is numbers in a row shared with
   * other modules, `State` is `Cells`, and `fresh` makes one by itself for those who run a module without an
   * engine: several times faster and smaller where there are many keys. A module that wraps such a one hands
   * on its layout, or a larger one with cells of its own behind, and the state it is given.
   */
  readonly layout?: Layout;
  /** The state of a key never seen before. Plain JSON: numbers, strings, booleans, arrays, records. */
  fresh(): State;
  /** Judges a submission. Must not change the state, and must answer for any state `learn` can leave. */
  decide(state: Readonly<State>, submission: Submission, now: Milliseconds): Verdict;
  /** Judges an attempt about to be made; left out by modules that have no say in dispatch. */
  dispatch?(state: Readonly<State>, attempt: Attempt, now: Milliseconds): Dispatch;
  /** Takes in what happened, in the order it became known. */
  learn(state: State, signal: Signal, now: Milliseconds): void;
}

/** A named list of modules: what an operator deploys. */
export interface Policy {
  readonly name: string;
  // `object`: each module's state is its own affair, and a list holds modules of many.
  readonly modules: readonly Module<object>[];
}

/**
 * Names a list of modules. Throws a TypeError where two modules share a name, since reasons could not tell
 * them apart.
 */
export const policy = (name: string, modules: readonly Module<object>[]): Policy => {
  const seen = new Set<string>();
  for (const module of modules) {
    if (seen.has(module.name)) {
      throw new TypeError(`policy ${name}: two modules are called "${module.name}". Give one another name.`);
    }
    seen.add(module.name);
  }
  return { name, modules };
};
