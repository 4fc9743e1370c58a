// How a law is judged, and what is said of one that is broken.

import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Verdict } from '../policy/index.ts';
import { rankOf } from './traffic.ts';

/** A law of policy modules is broken; fast-check adds the shortest traffic that shows it. */
class LawBroken extends Error {
  override readonly name = 'LawBroken';
}

export const holds = (law: string, isKept: boolean): void => {
  if (!isKept) throw new LawBroken(law);
};

export const same = (law: string, seen: unknown, due: unknown): void => {
  if (isDeepStrictEqual(seen, due)) return;
  throw new LawBroken(`${law}: ${JSON.stringify(seen)}, and not ${JSON.stringify(due)}`);
};

export const noMilder = (law: string, one: Verdict, other: Verdict): void =>
  holds(`${law}: ${one.kind}, and ${other.kind}`, rankOf(one) >= rankOf(other));

/** Invents the same traffic each time, unless fast-check is configured otherwise. */
export const check = (property: Parameters<typeof fc.assert>[0]): void => {
  fc.assert(property as fc.IProperty<unknown>, { seed: fc.readConfigureGlobal().seed ?? 1 });
};

/** Frozen with all that is in it, so that whoever writes to it throws. */
export const deepFrozen = <Value>(value: Value): Value => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFrozen);
  return value;
};

/**
 * True where a value is plain JSON: no class instances, no undefined, no number that JSON would turn into
 * null.
 */
export const isPlain = (value: unknown): boolean => {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true;
  if (typeof value !== 'object') return false;
  const maker = Object.getPrototypeOf(value) as unknown;
  return (maker === Object.prototype || maker === Array.prototype) && Object.values(value).every(isPlain);
};
