// How long a case takes whoever works on it: all the mean, or spread about it.

import { describe, expect, test } from 'vitest';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { workingTime } from '../../../../sim/world/desk/working-time.ts';
import type { World } from '../../../../sim/world/world.ts';
import { minute, mute, planOf, worldOf } from '../stage.ts';

const platform = (desk: NonNullable<PlanInput['desk']>, seed?: string): World =>
  worldOf(
    {
      tenants: [{ name: 'offices', count: 2_000, pool: 'shared', stream: mute }],
      desk: { staff: 2, ...desk },
    },
    seed === undefined ? {} : { seed },
  );

/** Minutes of the next case about each of the first accounts. */
const times = (world: World, count: number): number[] =>
  world.accounts.slice(0, count).map((account) => workingTime(world, { kind: 'account', account }) / minute);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const deviation = (values: readonly number[]): number => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
};

describe('the work on a case', () => {
  test('takes the mean, each time, where the plan does not spread it', () => {
    expect(new Set(times(platform({}), 50))).toEqual(new Set([40]));
    expect(new Set(times(platform({ caseWork: '25m', workSpread: 0 }), 50))).toEqual(new Set([25]));
  });

  test.each([0.5, 1])('is spread lognormally about it by %d', (workSpread) => {
    const drawn = times(platform({ workSpread }), 2_000);
    const logs = drawn.map((value) => Math.log(value / 40));
    // Five standard errors of 2,000 draws.
    const error = 5 / Math.sqrt(2_000);
    expect(Math.abs(mean(logs) + workSpread ** 2 / 2)).toBeLessThan(error * workSpread);
    expect(Math.abs(deviation(logs) / workSpread - 1)).toBeLessThan(error / Math.SQRT2);
    expect(Math.abs(mean(drawn) / 40 - 1)).toBeLessThan(error * Math.sqrt(Math.exp(workSpread ** 2) - 1));
  });

  test('is another at the second case about the same account, unrelated to the first', () => {
    const world = platform({ workSpread: 1 });
    const first = times(world, 2_000).map(Math.log);
    const second = times(world, 2_000).map(Math.log);
    const together = mean(first.map((value, index) =>
      (value - mean(first)) * (second[index]! - mean(second))));
    expect(Math.abs(together)).toBeLessThan(5 / Math.sqrt(2_000));
  });

  test('is the luck of the account, whoever else was looked into before', () => {
    const one = platform({ workSpread: 1 });
    const other = platform({ workSpread: 1 });
    times(other, 20);
    const account = (world: World) => world.accounts[20]!;
    const time = (world: World) => workingTime(world, { kind: 'account', account: account(world) });
    expect(time(one)).toBe(time(other));
    expect(time(platform({ workSpread: 1 }, 'two'))).not.toBe(time(one));
  });

  test('is spread for questions and for addresses as well', () => {
    const world = platform({ workSpread: 1 });
    const account = world.accounts[0]!;
    const questions = Array.from({ length: 500 }, () => workingTime(world, { kind: 'ticket', account }));
    const looks = Array.from({ length: 500 }, () => workingTime(world, { kind: 'address', address: 0 }));
    // Seven standard errors: the mean of 500 draws of log spread 1 is uncertain by 6 % of itself.
    expect(Math.abs(mean(questions) / minute / 10 - 1)).toBeLessThan(0.42);
    expect(Math.abs(mean(looks) / minute / 40 - 1)).toBeLessThan(0.42);
    expect(new Set(looks).size).toBeGreaterThan(490);
  });

  test('is the luck of the address, and lasts whole milliseconds', () => {
    const pools = [{ name: 'shared', addresses: ['192.0.2.10', '192.0.2.11'] }];
    const drawn = [0, 1].map((address) =>
      workingTime(worldOf({ pools, desk: { workSpread: 1 } }), { kind: 'address', address }));
    expect(new Set(drawn).size).toBe(2);
    expect(drawn.every(Number.isInteger)).toBe(true);
  });

  test('is not spread for held mail, of which each message takes as long', () => {
    const world = platform({ workSpread: 1 });
    const account = world.accounts[0]!;
    world.desk.heldMail.set(account.id, [{}, {}, {}] as never);
    expect(workingTime(world, { kind: 'held', account })).toBe(6 * minute);
  });

  test('is spread by 0 to 2', () => {
    expect(() => planOf({ desk: { workSpread: -0.1 } })).toThrow('desk.workSpread');
    expect(() => planOf({ desk: { workSpread: 2.1 } })).toThrow('desk.workSpread');
  });
});
