// Lets a world's senders write without anybody carrying their mail: incidents begin, attackers act, all else
// is left out. Hundreds of thousands of messages take a second, enough for small errors in a rate to show.

import { expect } from 'vitest';
import type { AddressKey, Submission } from '../../../../policy/index.ts';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { noticeRefusal, react } from '../../../../sim/world/incidents/attacker.ts';
import { begin } from '../../../../sim/world/incidents/incidents.ts';
import { compose, isDue, scheduleNext } from '../../../../sim/world/senders/arrivals.ts';
import type { Actor } from '../../../../sim/world/senders/cast.ts';
import type { World } from '../../../../sim/world/world.ts';
import { type Circumstances, worldOf } from '../stage.ts';

/** One message as it was written. */
export interface Written {
  readonly at: number;
  readonly number: number;
  readonly actor: Actor;
  readonly submission: Submission;
}

/**
 * Has everybody write up to a time, and calls for each message; where it says true, the message is
 * refused.
 */
export const write = (world: World, to: number, each: (written: Written) => boolean | void): void => {
  while (world.agenda.size > 0 && world.agenda.nextAt <= to) {
    const event = world.agenda.take();
    if (event.kind === 'incident') begin(world, event.index);
    else if (event.kind === 'attacker') react(world, event.index, event.account);
    if (event.kind !== 'submission' || !isDue(world, event.actor, event)) continue;
    const { actor } = event;
    const number = actor.count;
    const submission = compose(world, actor);
    const refused = each({ at: world.agenda.now, number, actor, submission }) === true;
    if (refused) noticeRefusal(world, { actor, number });
    scheduleNext(world, actor, event);
  }
};

export const writtenBy = (
  changes: Partial<PlanInput>, to: number, circumstances: Circumstances = {},
): { readonly world: World; readonly all: readonly Written[] } => {
  const world = worldOf(changes, circumstances);
  const all: Written[] = [];
  write(world, to, (written) => void all.push(written));
  return { world, all };
};

type GroupInput = PlanInput['tenants'][number];

/** A group of tenants that send in one way. */
export const group = (stream: GroupInput['stream'], changes: Partial<GroupInput> = {}): GroupInput => ({
  name: 'group', count: 1, pool: 'shared', stream, ...changes,
});

/** Four standard deviations of a count whose mean is known: what luck alone passes once in 16,000 tests. */
export const fourSigma = (mean: number): number => 4 * Math.sqrt(mean);

/** The share of some among all, and its four standard deviations where it is planned as `share`. */
export const expectShare = (some: number, all: number, share: number): void => {
  const allowed = 4 * Math.sqrt((share * (1 - share)) / all);
  expect(allowed, `${all} trials are too few to show an error of 5 %`).toBeLessThan(0.05 * share);
  expect(Math.abs(some / all - share), `${some} of ${all} for ${share}`).toBeLessThan(allowed);
};

export const expectCount = (seen: number, mean: number): void => {
  expect(fourSigma(mean), `${mean} are too few to show an error of 5 %`).toBeLessThan(0.05 * mean);
  expect(Math.abs(seen - mean), `${seen} for ${mean}`).toBeLessThan(fourSigma(mean));
};

/** The place of an address in its book, list or row of customers. */
export const placeOf = (key: AddressKey): number => key % 2 ** 28;
