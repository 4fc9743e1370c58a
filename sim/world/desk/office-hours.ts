// The desk's office hours: when somebody is there next, and when work is done that rests overnight.

import type { World } from '../world.ts';

const dayMs = 86_400_000;

/** The first instant from a time on at which the office is open. */
export const nextOpen = (world: World, from: number): number => {
  const { opens, closes, weekends } = world.plan.desk;
  for (let day = Math.floor((from + world.sinceMonday) / dayMs); ; day += 1) {
    const midnight = day * dayMs - world.sinceMonday;
    const at = Math.max(from, midnight + opens);
    if ((weekends || day % 7 < 5) && at < midnight + closes) return at;
  }
};

/** When work begun at a time is done, counting office hours only. */
export const workedBy = (world: World, start: number, work: number): number => {
  const { closes } = world.plan.desk;
  let at = start;
  let left: number = work;
  for (;;) {
    at = nextOpen(world, at);
    const day = Math.floor((at + world.sinceMonday) / dayMs);
    const closing = day * dayMs - world.sinceMonday + closes;
    if (at + left <= closing) return at + left;
    left -= closing - at;
    at = closing;
  }
};
