// What a plan says of a list, filled up from the list's preset.

import type { ListPlan } from '../../plan/schema.ts';
import { type ListQuality, lists } from '../../presets/lists.ts';

/** A plan's list, or one with shares that no plan can change. */
export type ListGiven = ListPlan & {
  readonly parked?: number | undefined;
  readonly backscatter?: number | undefined;
};

/** A list's preset with what the plan says otherwise. */
export const qualityOf = ({ kind, ...changed }: ListGiven): ListQuality => {
  const { unknown, full, pristine, recycled, typo, parked, backscatter } = lists[kind];
  const base = { unknown, full, pristine, recycled, typo, parked, backscatter };
  for (const name of Object.keys(base) as (keyof ListQuality)[]) base[name] = changed[name] ?? base[name];
  return base;
};

/**
 * Share of a list's people who leave within a week. A plan that has more or fewer unknown addresses on the
 * list than the preset has as many more or fewer leaving, up to 2 % a week.
 */
export const leavingWeekly = (list: ListPlan): number => {
  const { unknown, leaving } = lists[list.kind];
  return Math.min(0.02, leaving * ((list.unknown ?? unknown) / unknown));
};
