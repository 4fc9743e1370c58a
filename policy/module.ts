// The contract of a detection or throttle module. A module is a value; its state belongs to one key and is
// plain JSON; deciding changes nothing, learning writes. Time reaches it as an argument, chance not at all.

import type { Layout } from './cells.ts';
import { type Parameters, type Setting, settingsOf, type Values } from './settings.ts';
import type { Signal, SignalKind } from './signal.ts';
import { assertModules } from './soundness.ts';
import type { Attempt, Submission } from './submission.ts';
import type { Milliseconds } from './units.ts';
import type { Dispatch, Verdict } from './verdict.ts';

/**
 * What a module keeps one state for. A signal that lacks the key's attribution never reaches such a module.
 * With `receiver` or `tenant+receiver` it is asked about a message once for each receiver of it, and shown
 * that receiver's recipients alone, as it is when it learns that the message was `submitted`: `receivers[0]`
 * is the receiver it is asked about.
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
  /**
   * Whether a state that was saved, perhaps by an earlier version of the module, is one it can go on with; a
   * snapshot that holds another is refused. Left out by modules that can with any of their form.
   */
  accepts?(state: Readonly<State>): boolean;
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
  /** What may be set, with the values that hold; left out where nothing may be. */
  readonly settings?: readonly Setting[];
  /**
   * The same policy with other values, by name: numbers in the setting's unit, or text such as `15m` or `5%`.
   * What is not named has its default. Throws a SettingMistake for an unknown name or a value out of range.
   */
  readonly withSettings?: (values: Readonly<Record<string, number | string>>) => Policy;
}

type Modules = readonly Module<object>[];

/**
 * Names a list of modules, or, with parameters in between, a list built from their values. Throws a TypeError
 * where two modules share a name, since reasons could not tell them apart, where one is no module by the
 * contract, or where a parameter's default is out of its own range; and whatever a module throws that is
 * given a wrong number.
 */
export const policy: {
  (name: string, modules: Modules): Policy;
  <const P extends Parameters>(name: string, parameters: P, build: (values: Values<P>) => Modules): Policy;
} = <P extends Parameters>(
  name: string, listOrParameters: Modules | P, build?: (values: Values<P>) => Modules,
): Policy => {
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(`policy(${JSON.stringify(name)}, ...): a policy's name is a text, and not empty.`);
  }
  if (build !== undefined && typeof build !== 'function') {
    throw new TypeError(`policy ${name}: what builds its modules is ${typeof build}; it is a function.`);
  }
  if (build === undefined) return { name, modules: sound(name, listOrParameters as Modules) };
  const parameters = listOrParameters as P;
  const withSettings = (given: Readonly<Record<string, number | string>>): Policy => {
    const settings = settingsOf(name, parameters, given);
    const values = Object.fromEntries(settings.map((one) => [one.name, one.value])) as Values<P>;
    return { name, modules: sound(name, build(values)), settings, withSettings };
  };
  return withSettings({});
};

const sound = (name: string, modules: Modules): Modules => {
  assertModules(name, modules);
  return modules;
};
