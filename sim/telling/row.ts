// Steps while they are told: what happens again adds to its row.

import type { EventKind } from '../world/events.ts';
import type { Step, StepKind, StepOf } from './tale.ts';

/** A step whose counts still grow. */
export type Row<Kind extends StepKind> = { -readonly [Field in keyof StepOf<Kind>]: StepOf<Kind>[Field] };

/** Counts one more, or `copies` more, in a row. */
export const again = (row: { count: number; last: number }, at: number, copies = 1): void => {
  row.count += copies;
  row.last = at;
};

/** What every step begins with. */
export const first = (at: number, event: EventKind, count = 1) => ({ at, event, count, last: at });

/** The order of steps in a tale. */
export const byTime = (one: Step, two: Step): number => one.at - two.at || rankOf(one) - rankOf(two);

/** Of steps at one instant, which comes first: what began, what was said of it, what follows from that. */
const rankOf = (step: Step): number =>
  step.kind === 'case' ? (step.took === null ? 3 : 0)
  : step.kind === 'told' || step.kind === 'evidence' ? 1
  : step.kind === 'verdict' && step.shut ? 4 : 2;
