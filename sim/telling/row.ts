// Steps while they are told: what happens again adds to its row.

import type { EventKind } from '../world/events.ts';
import type { StepKind, StepOf } from './tale.ts';

/** A step whose counts still grow. */
export type Row<Kind extends StepKind> = { -readonly [Field in keyof StepOf<Kind>]: StepOf<Kind>[Field] };

/** Counts one more, or `copies` more, in a row. */
export const again = (row: { count: number; last: number }, at: number, copies = 1): void => {
  row.count += copies;
  row.last = at;
};

/** What every step begins with. */
export const first = (at: number, event: EventKind, count = 1) => ({ at, event, count, last: at });
