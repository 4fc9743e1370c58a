// Mail that a policy holds at the way in: an account's is read together, and what somebody makes of it.

import { describe, expect, test } from 'vitest';
import { type Module, policy, type Submission, verdictOf, zero } from '../../../../policy/index.ts';
import type { World } from '../../../../sim/world/world.ts';
import { advance, hour, minute } from '../stage.ts';
import { thief } from '../incidents/trouble.ts';
import { isShut, platform, reason } from './offices.ts';

const always = { staff: 1, opens: '0h', closes: '24h', weekends: true } as const;

const holding = (isHeld: (submission: Submission) => boolean = () => true): Module<object> => ({
  name: 'brake', key: 'account', hears: [], fresh: () => ({}), learn: () => {},
  decide: (_, submission) =>
    isHeld(submission) ? verdictOf({ kind: 'hold' }, reason, zero) : { kind: 'pass' },
});

/** The first account, or another, hands in so many messages at once. */
const handIn = (world: World, count: number, actor = world.actors[0]!): void => {
  for (let turn = 0; turn < count; turn++) world.agenda.after(zero, { kind: 'submission', actor });
  advance(world, world.agenda.now);
};

const worked = (world: World): number => world.desk.workedMs / minute;
const refused = (world: World): number => world.tally.census.ended.refused;

describe('the held mail of one account', () => {
  const office = (rightly: '100%' | '0%', opens: '0h' | '1h' = '0h'): World =>
    platform({ ...always, rightly, opens }, {}, { policy: policy('holds', [holding()]) });

  test.each([[1, 2], [3, 6], [5, 10], [400, 10]])('of %i messages takes %i minutes', (count, minutes) => {
    const world = office('100%', '1h');
    handIn(world, count);
    const { live } = world.tally.census;
    advance(world, 2 * hour);
    expect(worked(world)).toBe(minutes);
    expect([live - world.tally.census.live, refused(world)]).toEqual([count, 0]);
  });

  test('that comes while somebody reads goes the same way, and later mail is another case', () => {
    const world = office('100%');
    handIn(world, 1);
    advance(world, minute);
    handIn(world, 30);
    advance(world, 2 * minute + 1);
    expect([worked(world), world.desk.heldMail.size]).toEqual([2, 0]);
    handIn(world, 1);
    advance(world, hour);
    expect(worked(world)).toBe(4);
  });

  test('is lost where it is taken for abuse, and the account stays open', () => {
    const world = office('0%');
    handIn(world, 7);
    advance(world, hour);
    expect(refused(world)).toBe(7);
    expect(isShut(world, world.accounts[0]!)).toBe(false);
  });

  test('is no case about another account’s', () => {
    const world = office('100%', '1h');
    handIn(world, 400);
    handIn(world, 400, world.actors.find(({ account }) => account !== world.accounts[0])!);
    advance(world, 2 * hour);
    expect(worked(world)).toBe(20);
  });
});

describe('held mail with abuse among it', () => {
  /** A thief writes through the first account from the second hour on, and its owner at 70 minutes. */
  const robbed = (rightly: '0%' | '100%'): World => {
    const world = platform({ ...always, opens: '2h', closes: '3h', rightly }, { incidents: [thief({
      at: '1h', who: { group: 'offices', member: 0 }, rate: '60/h', ramp: '0s', length: '2h',
      list: { kind: 'clean' },
    })] }, { policy: policy('holds', [holding()]) });
    advance(world, hour + 10 * minute);
    handIn(world, 3);
    advance(world, 2 * hour - 1);
    return world;
  };

  test('is sorted by whoever sees it: the abuse is thrown away, the owner’s sent, the account shut', () => {
    const world = robbed('100%');
    const abusive = world.tally.census.live;
    expect(abusive).toBeGreaterThan(20);
    advance(world, 2 * hour + 10 * minute + 1);
    expect(isShut(world, world.culprits[0]!.account)).toBe(true);
    expect(refused(world)).toBeGreaterThanOrEqual(abusive);
    expect(world.tally.timeline.map(({ what }) => what))
      .toContainEqual(expect.stringContaining('abusive mail read 1 over 0'));
  });

  test('is sent as a whole by whoever does not', () => {
    const world = robbed('0%');
    advance(world, 2 * hour + 10 * minute + 1);
    expect(isShut(world, world.culprits[0]!.account)).toBe(false);
    expect(refused(world)).toBe(0);
  });
});
