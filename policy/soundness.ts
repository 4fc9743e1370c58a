// What a policy may be made of: modules, verdicts and words of dispatch as the contract has them. One written
// without types can return anything at all; it is told at once what came instead, and does not act on it.

import type { Key } from './module.ts';
import { type SignalKind, signalKinds } from './signal.ts';
import type { Milliseconds } from './units.ts';
import { type Dispatch, type Remark, severity, type Verdict } from './verdict.ts';

type Unknown = Readonly<Record<string, unknown>>;

const kinds: ReadonlySet<unknown> = new Set(severity);
/** What a rule on trial may have to say. */
const trials: ReadonlySet<unknown> = new Set(severity.filter((kind) => kind !== 'pass' && kind !== 'shadow'));

/** A verdict as the contract has it; throws a TypeError that says what came instead. */
export const sound = (said: Verdict, now: Milliseconds): Verdict => {
  const { also, kind, pool, reason, scope, until, would } = recordOf(said);
  const isWhole = kind === 'pass' || (
    kinds.has(kind) && isReason(reason) &&
    (kind !== 'pace' && kind !== 'suspend' || isTime(until)) &&
    (kind !== 'suspend' || scope === 'account' || scope === 'tenant') &&
    (pool === undefined ? kind !== 'divert' : typeof pool === 'string') &&
    (kind !== 'shadow' || trials.has(would)) &&
    (also === undefined || (Array.isArray(also) && also.every(isRemark)))
  );
  if (isWhole) {
    if (kind === 'pace' || kind === 'suspend') refusePast(said, until as number, now);
    return said;
  }
  const allowed = `a verdict is ${severity.join(', ')}, with its reason and, as the kind has it, `
    + 'until, pool, scope or would';
  throw new TypeError(`returned ${described(said)}; ${allowed}`);
};

const isRemark = (remark: unknown): remark is Remark => {
  const { kind, reason, would } = recordOf(remark);
  return isReason(reason) && (kind === 'alert' || (kind === 'shadow' && trials.has(would)));
};

/** As `sound`, of what is said when an attempt is about to be made. */
export const soundDispatch = (said: Dispatch, now: Milliseconds): Dispatch => {
  const { addresses, connections, kind, pool, reason, slot, until } = recordOf(said);
  const isWhole = kind === 'go'
    ? connections === undefined || (Number.isSafeInteger(connections) && (connections as number) >= 1)
    : isReason(reason) && (
      kind === 'hold' || (kind === 'wait' && isTime(until) && (slot === undefined || isSlot(slot))) ||
      (kind === 'avoid' && isTexts(addresses)) || (kind === 'pool' && typeof pool === 'string')
    );
  if (isWhole) {
    if (kind === 'wait') refusePast(said, until as number, now);
    return said;
  }
  const allowed = 'it may say go, wait (until), avoid (addresses), pool or hold, with its reason';
  throw new TypeError(`returned ${described(said)}; ${allowed}`);
};

/** Who takes `until` for a span says `minutes(5)`: that would be over at once, and nobody would notice. */
const refusePast = (said: Verdict | Dispatch, until: number, now: Milliseconds): void => {
  if (until >= now) return;
  const what = `returned ${described(said)}; until is before now, ${now}`;
  throw new TypeError(`${what}. It is a time, not a span: later(now, minutes(5))`);
};

const isSlot = (slot: unknown): boolean => {
  const { module, number } = recordOf(slot);
  return typeof module === 'string' && Number.isFinite(number);
};

const isTexts = (list: unknown): boolean =>
  Array.isArray(list) && list.every((one) => typeof one === 'string');

const isTime = (time: unknown): boolean => Number.isSafeInteger(time) && (time as number) >= 0;

const isReason = (reason: unknown): boolean => {
  const { limit, module, rule, seen } = recordOf(reason);
  return typeof module === 'string' && typeof rule === 'string' && Number.isFinite(seen) &&
    Number.isFinite(limit);
};

const recordOf = (value: unknown): Unknown => (typeof value === 'object' ? value ?? {} : {}) as Unknown;

/** What a module returned where it had to return something else, in the words of an error. */
export const described = (said: unknown): string => {
  if (isPromise(said)) return 'a promise; a module in process answers at once';
  if (said === undefined) return 'nothing';
  if (typeof said === 'function') return 'a function';
  return textOf(said).slice(0, 120);
};

const textOf = (said: unknown): string => {
  // JSON makes null of what is no number, and throws at what it cannot write.
  const isLost = (value: unknown): boolean =>
    typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value));
  const shown = (_: string, value: unknown): unknown => (isLost(value) ? String(value) : value);
  try {
    return JSON.stringify(said, shown) ?? String(said);
  } catch {
    return 'what cannot be written as JSON';
  }
};

/** Throws a TypeError where what has to come back at once is a promise. */
export const refusePromise = (left: unknown): void => {
  if (isPromise(left)) throw new TypeError(`returned ${described(left)}`);
};

/** A promise of any make. One that nobody waits for must not end the process when it fails. */
const isPromise = (value: unknown): boolean => {
  const { then } = recordOf(value);
  if (typeof then !== 'function') return false;
  if (value instanceof Promise) value.catch(() => {});
  return true;
};

/** Throws a TypeError, which names policy and module, where one is none by the contract. */
export const assertModules = (policy: string, modules: unknown): void => {
  if (!Array.isArray(modules)) {
    throw new TypeError(`policy ${policy}: its modules are ${described(modules)}; they are a list.`);
  }
  const seen = new Set<string>();
  modules.forEach((module: unknown, at) => {
    const fault = faultOf(module);
    const { name } = recordOf(module);
    const which = typeof name === 'string' && name !== '' ? `module ${name}` : `modules[${at}]`;
    if (fault !== '') throw new TypeError(`policy ${policy}: ${which}: ${fault}.`);
    if (seen.has(name as string)) {
      const what = `two modules are called "${name as string}"`;
      throw new TypeError(`policy ${policy}: ${what}. Give one another name.`);
    }
    seen.add(name as string);
  });
};

const keys = Object.keys({
  account: 1, tenant: 1, 'tenant+receiver': 1, receiver: 1, pool: 1, platform: 1,
} satisfies Record<Key, 1>);

/** What is wrong with a module; empty where nothing is. */
const faultOf = (module: unknown): string => {
  if (typeof module !== 'object' || module === null) {
    return `it is ${described(module)}; a module is a record`;
  }
  const { hears, key, name } = module as Unknown;
  if (typeof name !== 'string' || name === '') return `its name is ${described(name)}; a name is a text`;
  if (!keys.includes(key as Key)) return `its key is ${described(key)}; a key is one of ${keys.join(', ')}`;
  for (const verb of ['fresh', 'decide', 'learn', 'dispatch', 'accepts'] as const) {
    const given = (module as Unknown)[verb];
    const isDue = given !== undefined || (verb !== 'dispatch' && verb !== 'accepts');
    if (isDue && typeof given !== 'function') return `${verb} is ${described(given)}; it is a function`;
  }
  if (hears === undefined) return '';
  if (!Array.isArray(hears)) return `hears is ${described(hears)}; it is a list of signals`;
  const odd: unknown = hears.find((kind) => !signalKinds.includes(kind as SignalKind));
  if (odd === undefined) return '';
  return `it hears ${described(odd)}; the signals are ${signalKinds.join(', ')}`;
};
