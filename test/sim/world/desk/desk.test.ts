// The abuse desk: its hours, its people, whom it suspects, and what it does with the cases it has.

import { describe, expect, test } from 'vitest';
import { type Module, policy, type Reason } from '../../../../policy/index.ts';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import type { Account } from '../../../../sim/world/senders/cast.ts';
import { shut } from '../../../../sim/world/desk/accounts.ts';
import { conclude } from '../../../../sim/world/desk/desk.ts';
import { takeEvidence } from '../../../../sim/world/registers/register.ts';
import type { World } from '../../../../sim/world/world.ts';
import { advance, advanceUntil, type Circumstances, day, hour, minute, mute, worldOf } from '../stage.ts';

type Desk = NonNullable<PlanInput['desk']>;

/**
 * Five tenants of two accounts, all mute; one strict register; a desk as in the plan, save what a test
 * says.
 */
const platform = (
  desk: Desk = {},
  changes: Partial<PlanInput> = {},
  circumstances: Circumstances = {},
): World =>
  worldOf(
    {
      registers: [{ name: 'watch', preset: 'barracuda-brbl', rule: { trapThreshold: 1, expiry: '90d' } }],
      tenants: [{ name: 'offices', count: 5, accounts: 2, pool: 'shared', stream: mute }],
      desk,
      ...changes,
    },
    circumstances,
  );

const reason: Reason = { module: 'brake', rule: 'bounces', seen: 30, limit: 25 };

/** As when a policy shuts an account: the engine refuses its mail, and the desk has a case. */
const suspend = (world: World, account: Account): void => {
  world.engine.suspend(account.id, reason);
  shut(world, account, reason, 'policy');
};

const isShut = (world: World, { tenant, id }: Account): boolean =>
  world.engine.suspension(tenant.id, id, world.agenda.now) !== undefined;

/** When an innocent account, suspended at a time, is looked at and open again. */
const reopened = (desk: Desk, at: number, latest = at + 10 * day): number => {
  const world = platform(desk);
  advance(world, at);
  const account = world.accounts[0]!;
  suspend(world, account);
  return advanceUntil(world, () => !isShut(world, account), latest);
};

describe('office hours', () => {
  // Time 0 is a Monday, 0:00 UTC; a case takes 40 minutes, the office is open from 8 to 18. A judgement is
  // right in 97 of 100 cases; these are among them.
  test.each([
    ['in the morning', 9 * hour, 9 * hour + 40 * minute],
    ['at night, the first thing next day', 2 * hour, 8 * hour + 40 * minute],
    ['after closing, the next morning', day + 20 * hour, 2 * day + 8 * hour + 40 * minute],
    ['shortly before closing, the rest next morning', 17 * hour + 30 * minute, day + 8 * hour + 10 * minute],
    ['so that it ends with the day', 17 * hour + 20 * minute, 18 * hour],
    ['on Friday evening, on Monday', 4 * day + 17 * hour + 40 * minute, 7 * day + 8 * hour + 20 * minute],
    ['on Sunday, on Monday', 6 * day + 12 * hour, 7 * day + 8 * hour + 40 * minute],
  ])('a case that comes %s', (_, at, done) => {
    expect(reopened({}, at)).toBe(done);
  });

  test('a desk open on weekends works on Sunday, one open day and night at once', () => {
    expect(reopened({ weekends: true }, 6 * day + 12 * hour)).toBe(6 * day + 12 * hour + 40 * minute);
    expect(reopened({ weekends: true, opens: '0h', closes: '24h' }, 5 * day + hour)).toBe(
      5 * day + hour + 40 * minute,
    );
  });

  test('work longer than a day goes on the next', () => {
    // 25 hours of work from Monday 8:00: 10, 10, and 5 on Wednesday.
    expect(reopened({ caseWork: '25h' }, 0)).toBe(2 * day + 13 * hour);
  });
});

describe('people', () => {
  const times = (staff: number, cases: number): number[] => {
    const world = platform({ staff });
    advance(world, 9 * hour);
    const accounts = world.tenants.slice(0, cases).map((tenant) => tenant.accounts[0]!);
    for (const account of accounts) suspend(world, account);
    const done: number[] = [];
    for (let count = 0; count < cases; count += 1) {
      done.push(advanceUntil(world, () => accounts.filter((one) => !one.caseOpen).length > count, 3 * day));
    }
    return done.map((at) => (at - 9 * hour) / minute);
  };

  test('one person works cases one after another, two work two at once', () => {
    expect(times(1, 4)).toEqual([40, 80, 120, 160]);
    expect(times(2, 4)).toEqual([40, 40, 80, 80]);
    expect(times(3, 4)).toEqual([40, 40, 40, 80]);
  });

  test('a desk without people opens nothing and reads nothing', () => {
    const world = platform({ staff: 0 });
    suspend(world, world.accounts[0]!);
    advance(world, 20 * day);
    expect(isShut(world, world.accounts[0]!)).toBe(true);
    expect(world.desk.workedMs).toBe(0);
  });

  test('one case at a time is kept about a tenant, whichever of its accounts are shut', () => {
    const world = platform({ staff: 1 });
    advance(world, 9 * hour);
    for (let count = 0; count < 6; count += 1) suspend(world, world.tenants[0]!.accounts[count % 2]!);
    advance(world, day);
    expect(world.desk.workedMs).toBe(40 * minute);
  });

  test('hours are counted when worked: never more than the office was open', () => {
    const world = platform({ staff: 1 });
    advance(world, 17 * hour);
    for (const account of world.accounts) suspend(world, account);
    advance(world, 18 * hour);
    expect(world.desk.workedMs).toBeLessThanOrEqual(hour);
  });

  test('a case to come back to tomorrow keeps nobody from today’s', () => {
    const world = platform({ staff: 1 });
    advance(world, 9 * hour);
    takeEvidence(world, world.registers[0]!, 0, false);
    const refused = () => world.tally.timeline.some(({ what }) => what.includes('refuses to delist'));
    // Keeps the register obstinate until it has answered.
    while (!refused()) {
      takeEvidence(world, world.registers[0]!, 0, false);
      advance(world, world.agenda.now + hour);
    }
    const day0 = Math.floor(world.agenda.now / day);
    const start = Math.max(
      world.agenda.now,
      (day0 + (world.agenda.now % day > 17 * hour ? 1 : 0)) * day + 9 * hour,
    );
    advance(world, start);
    suspend(world, world.accounts[0]!);
    expect(
      advanceUntil(world, () => !world.accounts[0]!.caseOpen, start + 5 * day) - start,
    ).toBeLessThanOrEqual(80 * minute);
  });
});

test('of a hundred innocent accounts shut, about three are judged wrongly and wait for their appeal', () => {
  const world = platform(
    { staff: 100 },
    { tenants: [{ name: 'offices', count: 1_000, pool: 'shared', stream: mute }] },
  );
  advance(world, 9 * hour);
  for (const account of world.accounts) conclude(world, { kind: 'account', account }, 0);
  const wrong =
    world.accounts.length -
    world.tally.timeline.filter(({ what }) => what.includes('finds nothing')).length -
    world.tally.timelineLeftOut;
  // 30 of 1,000 on average, standard deviation 5.4.
  expect(Math.abs(wrong - 30)).toBeLessThan(4 * 5.4);
});

describe('a held message', () => {
  const holding = (world: World, actor: World['actors'][number]) => {
    world.agenda.after(0 as typeof world.agenda.now, { kind: 'submission', actor });
    advance(world, world.agenda.now);
  };
  const hold: Module<object> = {
    name: 'hold',
    key: 'account',
    fresh: () => ({}),
    learn: () => {},
    decide: () => ({ kind: 'hold', reason }),
  };

  test('is read in office hours and sent on', () => {
    const world = platform({}, {}, { policy: policy('holds', [hold]) });
    advance(world, 9 * hour);
    holding(world, world.actors[0]!);
    advance(world, 9 * hour + minute);
    expect(world.tally.census).toMatchObject({ submitted: 1, live: 1 });
    advance(world, 9 * hour + 10 * minute);
    expect(world.tally.census).toMatchObject({ live: 0 });
    expect(world.tally.census.ended.refused).toBe(0);
  });

  test('is misjudged as often as an account is', () => {
    for (const rightly of ['100%', '0%'] as const) {
      const world = platform({ rightly }, {}, { policy: policy('holds', [hold]) });
      advance(world, 9 * hour);
      holding(world, world.actors[0]!);
      advance(world, 9 * hour + 10 * minute);
      expect(world.tally.census.ended.refused).toBe(rightly === '100%' ? 0 : 1);
    }
  });

  test('waits where nobody reads', () => {
    const world = platform({ staff: 0 }, {}, { policy: policy('holds', [hold]) });
    holding(world, world.actors[0]!);
    advance(world, 30 * day);
    expect(world.tally.census).toMatchObject({ submitted: 1, live: 1 });
  });
});
