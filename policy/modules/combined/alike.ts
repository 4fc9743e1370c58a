// What every module that stands round another hands on as it is: name, key, what it hears, its state.

import type { Module } from '../../module.ts';
import type { SignalKind } from '../../signal.ts';

/**
 * All of a module but its verdicts. Its verbs are called as its own, for some modules have private fields.
 */
export const alike = <State extends object>(
  module: Module<State>,
): Pick<Module<State>, 'name' | 'key' | 'hears' | 'layout' | 'fresh' | 'accepts' | 'learn'> => ({
  name: module.name,
  key: module.key,
  fresh: () => module.fresh(),
  learn: (state, signal, now) => module.learn(state, signal, now),
  accepts: (state) => module.accepts?.(state) !== false,
  ...(module.hears !== undefined && { hears: module.hears }),
  ...(module.layout !== undefined && { layout: module.layout }),
});

/** Whether a module is to be told such signals. */
export const hearsOf = ({ hears }: Pick<Module<object>, 'hears'>, kind: SignalKind): boolean =>
  hears === undefined || hears.includes(kind);
