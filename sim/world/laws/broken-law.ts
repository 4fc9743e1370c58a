// The error of a run that broke a law of the world: our mistake, never the user's.

import { type WorldEvent, subjectOf } from '../events.ts';
import type { World } from '../world.ts';

/** A run broke a law of the world. The message names the time, the event and the seed. */
export class BrokenLaw extends Error {
  override readonly name = 'BrokenLaw';
}

/** `06:14:22.120`, with days in front where there are any: `2d 06:14:22.120`. */
const clock = (ms: number): string => {
  const part = (unit: number, of: number, width: number): string =>
    String(Math.floor(ms / unit) % of).padStart(width, '0');
  const days = Math.floor(ms / 86_400_000);
  const time = `${part(3_600_000, 24, 2)}:${part(60_000, 60, 2)}:${part(1_000, 60, 2)}.${part(1, 1_000, 3)}`;
  return days > 0 ? `${days}d ${time}` : time;
};

/** What the error says: where and when, what was seen, and how to see it again. */
export const brokenLaw = (
  world: World, law: string, saw: string, event: WorldEvent | null, events: number,
): BrokenLaw => {
  const { agenda, seed, plan } = world;
  const at = event === null ? 'at the end' : `after event ${events} (${event.kind}, ${subjectOf(event)})`;
  return new BrokenLaw(
    `sim: a law of the world is broken at ${clock(agenda.now)} ${at} of "${plan.title}": ${law}, but ` +
      `${saw}. Repeat with --seed ${seed} --check.`,
  );
};
