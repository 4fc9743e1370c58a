// What became of a culprit: when it was noticed, when it was blocked and by whom, and how much got out.
// DESIGN.md counts one as blocked by the share of all that remains; this looks at each hour, and says why.

import type { CulpritStory, Measure } from '../../result.ts';
import { power } from '../../samplers.ts';
import { type Culprit, tenantName } from '../senders/cast.ts';
import { endsShutOut, farOf, stopperFrom, timesOf } from './abuse-record.ts';
import { censored, none, seen } from './measures.ts';

/**
 * A culprit counts as blocked while at most this share of what it submits within an hour leaves the platform.
 */
const blockedShare = 0.01;
const hourMs = 3_600_000;
/** A block of fewer submissions than this at the very end of an attack proves nothing. */
const leastBlocked = 3;
/** Nor does one that the leaks of the hour before it would show by luck alone more often than this. */
const mostLuck = 0.05;

/**
 * Index of the first stopped submission from which on, in every hour up to the last submission, at most 1 %
 * leaves the platform; -1 where there is none. Hours, and not the whole rest at once: a thief who goes on
 * knocking for a night would else dilute what got out at first. Leaving, and not acceptance: a last message
 * to an unknown user would else pass for a block. `times` never fall; `left[i]` above 0 says that submission
 * i left. `isShutOut` where the last one came back from accounts all shut: then the block is a fact, however
 * few it stopped.
 */
export const blockedFrom = (
  times: ArrayLike<number>, left: ArrayLike<number>, isShutOut = false,
): number => {
  let from = times.length;
  let end = times.length;
  let leaks = 0;
  for (let index = times.length - 1; index >= 0; index -= 1) {
    if (left[index]! > 0) leaks += 1;
    while (times[end - 1]! > times[index]! + hourMs) {
      end -= 1;
      if (left[end]! > 0) leaks -= 1;
    }
    const wholeHour = end < times.length;
    if (wholeHour && leaks > blockedShare * (end - index)) break;
    if (left[index] === 0 && (wholeHour || leaks <= blockedShare * (end - index))) from = index;
  }
  if (isShutOut) return from;
  return times.length - from < leastBlocked || isLuck(times, left, from) ? -1 : from;
};

/**
 * Whether a culprit that leaks as it did in the hour before would show as many stopped ones in a row too
 * often by chance.
 */
const isLuck = (times: ArrayLike<number>, left: ArrayLike<number>, from: number): boolean => {
  let leaks = 0;
  let before = from;
  for (; before > 0 && times[before - 1]! >= times[from]! - hourMs; before -= 1)
    if (left[before - 1]! > 0) leaks += 1;
  return leaks > 0 && power(1 - leaks / (from - before), times.length - from) > mostLuck;
};

/** Who has the cause removed that cuts off what nobody had stopped until then. */
const people = 'desk evidence';

/** From when on it was stopped; where nothing stopped its mail, when people put an end to the cause. */
const blockTime = ({ cutOff, onset, removedAt }: Culprit, times: Float64Array, from: number): Measure => {
  if (times.length === 0) return none;
  if (from >= 0) return seen(times[from]! - onset);
  return cutOff ? seen(removedAt - onset) : censored(times.at(-1)! - onset);
};

export const culpritStory = (culprit: Culprit): CulpritStory => {
  const times = timesOf(culprit.abuse);
  const far = farOf(culprit.abuse);
  const from = blockedFrom(times, far, endsShutOut(culprit.abuse));
  const blocked = blockTime(culprit, times, from);
  const until = blocked.observed ? culprit.onset + blocked.value! : Number.POSITIVE_INFINITY;
  const last = times.at(-1) ?? culprit.onset;
  return {
    tenant: tenantName(culprit.tenant),
    accounts: culprit.accounts.length,
    cause: culprit.cause,
    onset: culprit.onset,
    ended: last,
    submitted: times.length,
    escaped: escapedBefore(times, far, Number.POSITIVE_INFINITY),
    escapedUntilBlock: escapedBefore(times, far, until),
    detected:
      culprit.detectedAt < 0
        ? censored(last - culprit.onset)
        : seen(Math.max(0, culprit.detectedAt - culprit.onset)),
    blocked,
    detectedBy: culprit.detectedBy,
    blockedBy: !blocked.observed ? '' : from < 0 ? people : stopperFrom(culprit.abuse, from),
  };
};

/** Messages submitted before a time that a receiver has accepted. */
const escapedBefore = (times: Float64Array, far: Uint8Array, until: number): number => {
  let escaped = 0;
  for (let index = 0; index < times.length; index += 1)
    if (far[index] === 2 && times[index]! < until) escaped += 1;
  return escaped;
};
