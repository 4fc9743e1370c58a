// Campaigns to a list that ages: who is on it, who is left out, who joins, and what becomes a trap.

import { describe, expect, test } from 'vitest';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { day, hour, worldOf } from '../stage.ts';
import { group, placeOf, write, writtenBy } from './writing.ts';

const week = 7 * day;

describe('a newsletter', () => {
  const paper = {
    kind: 'newsletter', size: 5_000, every: '7d', first: '1h', pace: '5000/h',
    list: { kind: 'opt-in', unknown: '6%' },
  } as const;
  type Paper = Extract<PlanInput['tenants'][number]['stream'], { kind: 'newsletter' }>;
  const roundsOf = (changes: Partial<Paper>, rounds: number, count = 4) => {
    const world = worldOf({ tenants: [group({ ...paper, ...changes }, { count })] });
    const by: { readonly places: number[]; readonly kinds: string[] }[] =
      Array.from({ length: rounds }, () => ({ places: [], kinds: [] }));
    write(world, rounds * week - 1, ({ at, submission }) => {
      const key = submission.recipients[0]!;
      const round = by[Math.floor(at / week)]!;
      round.places.push(key);
      round.kinds.push(world.addresses.kindOf(key));
    });
    return by;
  };
  const shareOf = (kinds: readonly string[], kind: string): number =>
    kinds.filter((one) => one === kind).length / kinds.length;

  test('that is cleaned never writes again to an address that bounced', () => {
    const rounds = roundsOf({}, 5);
    const bounced = new Set<number>();
    for (const { places, kinds } of rounds) {
      expect(places.filter((key) => bounced.has(key))).toEqual([]);
      places.forEach((key, index) => kinds[index] === 'unknown' && bounced.add(key));
    }
    expect(bounced.size).toBeGreaterThan(1_000);
  });

  test('that was refused has nothing to clean: its next round goes to the same dead addresses', () => {
    const dead = (refuses: boolean): readonly number[] => {
      const world = worldOf({ tenants: [group(paper)] });
      const rounds = [0, 0, 0];
      write(world, 3 * week - 1, ({ at, submission }) => {
        const round = Math.floor(at / week);
        const key = submission.recipients[0]!;
        // Of the first list, those dead from the beginning to the end; some more die or join every week, and
        // a dead one may be made a trap.
        const isDead = [hour, 3 * week].every((time) => world.addresses.kindAt(key, time) === 'unknown');
        if (placeOf(key) < paper.size && isDead) rounds[round]! += 1;
        return refuses && round === 0;
      });
      return rounds;
    };
    const [first, ...cleaned] = dead(false);
    expect(first).toBeGreaterThan(200);
    expect(cleaned).toEqual([0, 0]);
    expect(dead(true)).toEqual([first, first, 0]);
  });

  test('that is not cleaned bounces more with every round, one that is cleaned far less', () => {
    const ignoring = roundsOf({ bounces: 'ignored' }, 5).map(({ kinds }) => shareOf(kinds, 'unknown'));
    const cleaning = roundsOf({}, 5).map(({ kinds }) => shareOf(kinds, 'unknown'));
    expect(ignoring[0]).toBeCloseTo(cleaning[0]!, 12);
    expect(ignoring[4]!).toBeGreaterThan(ignoring[0]! + 0.03);
    expect(cleaning[4]!).toBeLessThan(0.03);
  });

  test('keeps its size by those who subscribe, each of whom is written to for the first time', () => {
    const rounds = roundsOf({ list: { kind: 'opt-in' } }, 20);
    const seen = new Set(rounds[0]!.places);
    expect(seen.size).toBe(20_000);
    for (const { places } of rounds.slice(1)) {
      expect(Math.abs(places.length / 20_000 - 1)).toBeLessThan(0.03);
      const joined = places.filter((key) => !seen.has(key));
      expect(Math.abs(joined.length / 120 - 1)).toBeLessThan(0.15);
      joined.forEach((key) => seen.add(key));
    }
  });

  test('writes once to whoever mistyped his address when he subscribed', () => {
    const rounds = roundsOf({}, 20);
    const joined = new Map<number, { readonly isDead: boolean; times: number }>();
    for (const { places, kinds } of rounds) {
      places.forEach((key, index) => {
        if (placeOf(key as never) < paper.size) return;
        const known = joined.get(key);
        if (known === undefined) joined.set(key, { isDead: kinds[index] === 'unknown', times: 1 });
        else known.times += 1;
      });
    }
    const mistyped = [...joined.values()].filter(({ isDead }) => isDead);
    // 6 % of those who join, as of the first list, and 0.3 % who have left by then.
    expect(mistyped.length / joined.size).toBeGreaterThan(0.05);
    expect(mistyped.length / joined.size).toBeLessThan(0.08);
    expect(Math.max(...mistyped.map(({ times }) => times))).toBe(1);
  });

  test('with bounces ignored hits recycled traps that bounced for months; a cleaned one does not', () => {
    const recycled = { list: { kind: 'opt-in', unknown: '12%', recycled: '0%' } } as const;
    const [old, kept] = (['ignored', 'removed'] as const).map((bounces) =>
      roundsOf({ ...recycled, bounces, every: '7d' }, 30, 2).map(({ places, kinds }) =>
        places.filter((_, index) => kinds[index] === 'recycled').length));
    expect(old![0]).toBe(0);
    expect(old!.at(-1)!).toBeGreaterThan(20);
    // Only what turned between two rounds, or before the first one it was mailed in, can be there.
    expect(kept![0]).toBe(0);
    expect(Math.max(...kept!)).toBeLessThan(old!.at(-1)! / 4);
  });

  test('writes twice to the share of its list that is on it twice, and to nobody thrice', () => {
    const { places } = roundsOf({ duplicates: '10%' }, 1, 1)[0]!;
    expect(places.length).toBe(5_500);
    const times = new Map<number, number>();
    for (const key of places) times.set(key, (times.get(key) ?? 0) + 1);
    expect([...times.values()].filter((count) => count === 2).length).toBe(500);
    expect(Math.max(...times.values())).toBe(2);
  });

  test('goes out at its pace from its hour on', () => {
    const { all } = writtenBy({ tenants: [group(paper)] }, 2 * week - 1);
    const first = all.filter(({ at }) => at < week);
    expect(first[0]!.at).toBe(hour);
    expect(first.at(-1)!.at).toBe(hour + Math.round(4_999 * 720));
    expect(all[5_000]!.at).toBe(week + hour);
  });
});
