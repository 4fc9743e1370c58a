// What the people behind an attack do once they are refused.

import { describe, expect, test } from 'vitest';
import type { Culprit } from '../../../../sim/world/senders/cast.ts';
import { group, write, type Written } from '../senders/writing.ts';
import { day, hour, minute, worldOf } from '../stage.ts';
import { after, between, malware, offices, thief } from './trouble.ts';

describe('who is refused', () => {
  const blockedAt = 4 * hour;
  /** The first account of the attack is refused for good from an hour on. */
  const blocking = (from = blockedAt) => {
    let first = -1;
    return ({ at, submission }: Written): boolean => {
      if (first === -1) first = submission.account;
      return at >= from && submission.account === first;
    };
  };
  const accountsOf = (all: readonly Written[]): readonly number[] =>
    [...new Set(all.map(({ submission }) => submission.account))];
  const nameOf = ({ accounts }: Culprit): readonly number[] => accounts.map(({ id }) => id);

  test('and keeps trying, goes on as if nothing had happened', () => {
    const [one, two] = [after([thief()], day), after([thief()], day, blocking())];
    expect(two.all.map(({ at }) => at)).toEqual(one.all.map(({ at }) => at));
  });

  test('and stops, stops once he has noticed', () => {
    const { all } = after([thief({ whenBlocked: 'stop' })], 3 * day, blocking());
    const last = all.at(-1)!.at;
    expect(last).toBeGreaterThan(blockedAt);
    expect(last).toBeLessThan(blockedAt + 4 * hour);
  });

  test('and pauses, is silent for his pause and then tries again', () => {
    const { all } = after([thief({ whenBlocked: 'pause', pause: '5h' })], 20 * hour, blocking());
    const silences = all.slice(1).map(({ at }, index) => at - all[index]!.at).filter((gap) => gap > hour);
    expect(silences.length).toBeGreaterThan(1);
    for (const gap of silences) expect(Math.abs(gap - 5 * hour)).toBeLessThan(minute);
  });

  test('and moves, goes on with another account of the tenant, from where he was', () => {
    const { world, all } = after([thief({ whenBlocked: 'move' })], 14 * hour, blocking());
    const [first, second] = accountsOf(all);
    expect(accountsOf(all)).toHaveLength(2);
    expect(nameOf(world.culprits[0]!)).toEqual([first, second]);
    expect(world.culprits).toHaveLength(1);
    expect(world.accounts[first!]!.tenant).toBe(world.accounts[second!]!.tenant);
    const moved = all.find(({ submission }) => submission.account === second)!;
    const left = all.findLast(({ submission }) => submission.account === first)!;
    expect(left.at).toBeLessThanOrEqual(moved.at);
    expect(moved.submission.source).toBe(left.submission.source);
    // On new addresses: he does not mail anyone twice.
    expect(new Set(all.map(({ submission }) => submission.recipients[0])).size).toBe(all.length);
  });

  test('and holds no other account of the tenant, moves to other tenants, each a culprit then', () => {
    const lonely = group({ kind: 'quiet' }, { name: 'offices', count: 20 });
    const world = worldOf({ tenants: [lonely], incidents: [thief({ whenBlocked: 'move' })] });
    const all: Written[] = [];
    write(world, 5 * day, (written) => {
      all.push(written);
      return written.at >= blockedAt;
    });
    // Three accounts beyond the first; on the last one he stays.
    expect(world.culprits).toHaveLength(4);
    expect(new Set(world.culprits.map(({ tenant }) => tenant)).size).toBe(4);
    expect(world.culprits.every(({ cause }) => cause === 'compromised')).toBe(true);
    expect(world.culprits.map(({ onset }) => onset)).toEqual(
      world.culprits.map(({ onset }) => onset).toSorted((one, two) => one - two));
    expect(all.at(-1)!.at).toBeGreaterThan(4 * day);
  });

  test('as malware that moves uses one password after the other, within minutes', () => {
    const { world, all } = after([malware({ whenBlocked: 'move' })], 6 * hour, blocking());
    expect(accountsOf(all)).toHaveLength(2);
    const moved = all.find(({ submission }) => submission.account === accountsOf(all)[1])!;
    expect(moved.at - blockedAt).toBeLessThan(40 * minute);
    expect(world.culprits[0]!.accounts).toHaveLength(2);
  });

  test('for one message in a hundred alone, does not take it for a block', () => {
    const { all } = after([thief({ whenBlocked: 'stop' })], day, ({ number }) => number % 100 === 50);
    expect(between(all, 10 * hour, 16 * hour)).toBeGreaterThan(20_000);
  });

  test('as an owner of a closed tenant, finds no account of it to move to', () => {
    const world = worldOf({ tenants: [offices], incidents: [thief({ whenBlocked: 'move' })] });
    const first = new Set<number>();
    write(world, day, ({ at, submission }) => {
      if (at >= blockedAt) world.culprits[0]!.over = true;
      first.add(submission.tenant);
      return at >= blockedAt;
    });
    expect(world.culprits[0]!.accounts).toHaveLength(1);
  });
});
