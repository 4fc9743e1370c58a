// The different addresses of a window, few in cells and many in a leaf, against slow and obvious twins.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freshCells } from '../../policy/cells.ts';
import { hours, milliseconds, minutes } from '../../policy/index.ts';
import {
  cutOf, isRecent, meet, mostRecent, moveOn, recentCells, recentCount,
} from '../../policy/modules/recent-addresses.ts';
import { addresses } from '../../laws/build.ts';

describe('the addresses of a window', () => {
  const by = cutOf(minutes(8), 8);
  const layout = { cells: recentCells, hasLeaf: true };
  const gaps = fc.constantFrom(0, 0, 0, 1, 30, 59, 60, 61, 120, 480, 539, 541, 3_900, 100_000);

  test('are counted once each, from when they were last met (oracle: a map of slices)', () => {
    const steps = fc.array(fc.tuple(gaps, fc.nat({ max: 60 })), { maxLength: 400 });
    fc.assert(fc.property(steps, gaps, (events, wait) => {
      const state = freshCells(layout);
      const slices = new Map<number, number>();
      let now = 0;
      for (const [gap, address] of events) {
        now += gap;
        moveOn(state, by, milliseconds(now * 1_000));
        meet(state, by, addresses(address)[0]!);
        slices.set(address, Math.floor(now / 60));
      }
      now += wait;
      const at = milliseconds(now * 1_000);
      const live = (slice: number | undefined): boolean => Math.floor(now / 60) - (slice ?? -99) <= 8;
      expect(recentCount(state, by, at)).toBe([...slices.values()].filter(live).length);
      for (let address = 0; address <= 60; address += 7) {
        expect(isRecent(state, by, addresses(address)[0]!, at)).toBe(live(slices.get(address)));
      }
    }), { numRuns: 300 });
  });

  test('are the same where they are many and the clock steps back (oracle: a map of slices)', () => {
    const short = fc.constantFrom(0, 0, 0, 1, 7, 30, 61, 61, 120, -90);
    const step = fc.tuple(short, fc.nat({ max: 40 }));
    const steps = fc.array(step, { minLength: 200, maxLength: 500 });
    fc.assert(fc.property(steps, fc.constantFrom(0, 60, 240, 480, 540), (events, wait) => {
      const state = freshCells(layout);
      const slices = new Map<number, number>();
      let [now, newest] = [100_000, 0];
      const isLive = (address: number): boolean => newest - (slices.get(address) ?? -99) <= 8;
      for (const [gap, address] of [...events, [wait, 0] as const]) {
        now += gap;
        newest = Math.max(newest, Math.floor(now / 60));
        const at = milliseconds(now * 1_000);
        expect(recentCount(state, by, at)).toBe([...slices.keys()].filter(isLive).length);
        expect(isRecent(state, by, addresses(address)[0]!, at)).toBe(isLive(address));
        moveOn(state, by, at);
        meet(state, by, addresses(address)[0]!);
        slices.set(address, newest);
      }
    }));
  });

  test('give their leaf back once they are few', () => {
    const state = freshCells(layout);
    const handles = [1, 20, 40].map((minute) => {
      moveOn(state, by, minutes(minute));
      expect(state.words[0]).toBe(0);
      for (let address = 0; address < 30; address++) meet(state, by, addresses(address)[0]!);
      return state.words[0];
    });
    expect(handles[0]).not.toBe(0);
    expect(new Set(handles).size).toBe(1);
  });

  test('are forgotten for good: a number of slices that comes round brings none back', () => {
    const state = freshCells(layout);
    for (let minute = 0; minute <= 64; minute++) {
      moveOn(state, by, minutes(minute));
      meet(state, by, addresses(minute === 0 ? 1_000 : minute)[0]!);
    }
    expect(isRecent(state, by, addresses(1_000)[0]!, minutes(64))).toBe(false);
    expect(isRecent(state, by, addresses(57)[0]!, minutes(64))).toBe(true);
  });

  test('have a bound, and make room for new ones in the next window', () => {
    const state = freshCells(layout);
    const meetAll = (from: number, count: number, now: number): void => {
      moveOn(state, by, minutes(now));
      for (let address = from; address < from + count; address++) {
        meet(state, by, addresses(address)[0]!);
      }
    };
    meetAll(0, mostRecent + 500, 1);
    expect(recentCount(state, by, minutes(1))).toBe(mostRecent);
    meetAll(10_000, 3_000, 12);
    expect(recentCount(state, by, minutes(12))).toBe(3_000);
  });

  test('taken over by a module with another window leave it, too', () => {
    const [hour, day] = [cutOf(hours(1), 8), cutOf(hours(24), 8)];
    for (const [before, after] of [[hour, day], [day, hour]] as const) {
      for (const people of [3, 100]) {
        const state = freshCells(layout);
        moveOn(state, before, hours(700));
        for (let address = 0; address < people; address++) meet(state, before, addresses(address)[0]!);
        expect(recentCount(state, before, hours(700))).toBe(people);
        expect(recentCount(state, after, hours(731))).toBe(0);
        moveOn(state, after, hours(710));
        for (let address = 0; address < 20; address++) meet(state, after, addresses(address)[0]!);
        expect(recentCount(state, after, hours(737))).toBe(0);
      }
    }
  });
});
