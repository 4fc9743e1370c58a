// A line of attempts that are let go at a rate. Each is told its place and when that is due, and keeps the
// place while it waits, so that a queue of thousands is asked about once or twice a message and never all at
// once.

import { hours, later, type Milliseconds, minutes } from '../../units.ts';
import { type Dispatch, go, type Reason } from '../../verdict.ts';
import type { Signal } from '../../signal.ts';
import type { Attempt, Slot } from '../../submission.ts';

/** Places are numbers from 0 up; those up to `served` have had their turn by the time `at`. */
export interface Line {
  /** The first place that nobody has. */
  next: number;
  served: number;
  at: number;
  /** Places served an hour, from `at` on. */
  rate: number;
}

export const freshLine = (rate: number): Line => ({ next: 0, served: 0, at: 0, rate });

/** Rounding must not put off by a millisecond a place that is due on the dot. */
const near = 1e-6;

/**
 * What waits longer than the first looks again after half its wait, or the second where that is less, for the
 * rate may have risen. So a queue that takes a day is asked about some 20 times a message, whatever its
 * length.
 */
const farAhead = minutes(10);
const longestLook = hours(2);

/**
 * Go, or wait for the place the attempt has in this module's line or would get. `isFixed`: the rate never
 * changes, so that nobody need look again before his turn.
 */
export const standInLine = (
  line: Readonly<Line>, module: string, attempt: Attempt, now: Milliseconds, isFixed: boolean,
): Dispatch => {
  const number = slotIn(attempt.slots, module)?.number ?? nextPlace(line, now);
  const due = dueAt(line, number);
  if (due <= now) return go;
  const until = isFixed || due - now <= farAhead ? due : halfway(now, due);
  const reason: Reason = {
    module, rule: 'attempts/1h', seen: Math.ceil(number - servedAt(line, now) + line.rate), limit: line.rate,
  };
  return { kind: 'wait', until, slot: { module, number }, reason };
};

/**
 * What was said of an attempt is carried out: it has taken the place it was told of, or goes and takes one.
 */
export const takePlace = (
  line: Line, module: string, { slots, said }: Signal & { readonly kind: 'attempted' }, now: Milliseconds,
): void => {
  if (slotIn(slots, module) !== undefined) return;
  if (said.kind !== 'wait') line.next = nextPlace(line, now) + 1;
  else if (said.slot?.module === module) line.next = Math.max(line.next, said.slot.number + 1);
};

/** From now on so many places are served an hour; who stands in the line keeps his place. */
export const setRate = (line: Line, rate: number, now: Milliseconds): void => {
  line.served = servedAt(line, now);
  line.at = Math.max(line.at, now);
  line.rate = rate;
};

const slotIn = (slots: readonly Slot[], module: string): Slot | undefined =>
  slots.length === 0 ? undefined : slots.find((slot) => slot.module === module);

/** A clock that steps back sees what was served by then, so it lets nobody go sooner. */
const servedAt = ({ served, at, rate }: Readonly<Line>, now: number): number =>
  served + (Math.max(now, at) - at) * rate / hours(1);

/** Places that nobody took are gone: an idle line saves nothing up. */
const nextPlace = (line: Readonly<Line>, now: number): number => Math.max(line.next, servedAt(line, now));

const dueAt = ({ served, at, rate }: Readonly<Line>, place: number): Milliseconds =>
  later(at as Milliseconds, Math.ceil(Math.max(0, place - served - near) * hours(1) / rate) as Milliseconds);

const halfway = (now: Milliseconds, due: Milliseconds): Milliseconds =>
  later(now, Math.min(longestLook, Math.max(farAhead, Math.ceil((due - now) / 2))) as Milliseconds);
