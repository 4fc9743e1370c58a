// When a culprit counts as blocked: the one judgement that the story of a run makes by itself.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockedFrom } from '../../../../sim/world/measures/culprit-story.ts';
import { hour, minute } from '../stage.ts';

/** Submissions at an even pace from a time on: `pattern` says of each whether it left. */
const evenly = (perHour: number, pattern: readonly number[], start = 0) => ({
  times: pattern.map((_, index) => start + Math.round((index * hour) / perHour)),
  left: [...pattern],
});

const repeat = (value: 0 | 1, count: number): number[] => Array.from({ length: count }, () => value);

describe('blocked from', () => {
  test('never, where all leaves', () => {
    const { times, left } = evenly(100, repeat(1, 500));
    expect(blockedFrom(times, left)).toBe(-1);
  });

  test('the first one, where nothing leaves', () => {
    const { times, left } = evenly(100, repeat(0, 500));
    expect(blockedFrom(times, left)).toBe(0);
  });

  test('never, where nothing was sent', () => {
    expect(blockedFrom([], [])).toBe(-1);
  });

  test('the first stopped after a burst that got out', () => {
    const { times, left } = evenly(1_000, [...repeat(1, 60), ...repeat(0, 4_000)]);
    expect(blockedFrom(times, left)).toBe(60);
  });

  test('not sooner for a long tail of refused ones', () => {
    const { times, left } = evenly(1_000, [...repeat(1, 60), ...repeat(0, 200_000)]);
    expect(blockedFrom(times, left)).toBe(60);
  });

  test('never, where two in a hundred go on leaving', () => {
    const { times, left } = evenly(
      500,
      Array.from({ length: 5_000 }, (_, index) => (index % 50 === 0 ? 1 : 0)),
    );
    expect(blockedFrom(times, left)).toBe(-1);
  });

  test('never, where one in fifty leaves now and then, though the last ones were stopped', () => {
    const { times, left } = evenly(
      30,
      Array.from({ length: 1_000 }, (_, index) => (index % 50 === 0 ? 1 : 0)),
    );
    expect(blockedFrom(times, left)).toBe(-1);
  });

  test('at once, where one in two hundred goes on leaving', () => {
    const { times, left } = evenly(
      500,
      Array.from({ length: 5_000 }, (_, index) => (index % 200 === 199 ? 1 : 0)),
    );
    expect(blockedFrom(times, left)).toBe(0);
  });

  test('never, where only the last two were stopped', () => {
    const { times, left } = evenly(1_000, [...repeat(1, 500), ...repeat(0, 2)]);
    expect(blockedFrom(times, left)).toBe(-1);
  });

  test('the first of the last two, where both came back from accounts all shut', () => {
    const { times, left } = evenly(1_000, [...repeat(1, 500), ...repeat(0, 2)]);
    expect(blockedFrom(times, left, true)).toBe(500);
  });

  test('from when all was shut, though as many came back in a row before by luck', () => {
    // Nine of ten come back in the hour before the last twelve, as where one account of two is shut.
    const before = Array.from({ length: 500 }, (_, index): 0 | 1 => (index % 10 === 9 ? 1 : 0));
    const { times, left } = evenly(1_000, [...before, ...repeat(0, 12)]);
    expect(blockedFrom(times, left)).toBe(-1);
    expect(blockedFrom(times, left, true)).toBe(500);
  });

  test('the second block, where a release in between let it out again for a while', () => {
    const { times, left } = evenly(600, [
      ...repeat(1, 100),
      ...repeat(0, 3_000),
      ...repeat(1, 100),
      ...repeat(0, 3_000),
    ]);
    expect(blockedFrom(times, left)).toBe(3_200);
  });

  test('never, where it leaks again in the last quarter of an hour', () => {
    const { times, left } = evenly(400, [...repeat(0, 4_000), ...repeat(1, 100)]);
    expect(blockedFrom(times, left)).toBe(-1);
  });

  test('at the first instant from which no whole hour leaks too much (oracle: try all)', () => {
    const gaps = fc.array(
      fc.tuple(fc.constantFrom(0, minute, 7 * minute, 40 * minute, 2 * hour), fc.constantFrom(0, 0, 0, 1)),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(gaps, (steps) => {
        let now = 0;
        const times = steps.map(([gap]) => (now += gap));
        const left = steps.map(([, far]) => far as number);
        const from = blockedFrom(times, left);
        /** Whether the hour from submission `start` on, where the attack lasts that long, leaks too much. */
        const leaks = (start: number): boolean => {
          const within = left.filter((_, index) => index >= start && times[index]! <= times[start]! + hour);
          const whole = times.at(-1)! > times[start]! + hour;
          return whole && within.filter((far) => far > 0).length > 0.01 * within.length;
        };
        if (from < 0) return;
        expect(left[from]).toBe(0);
        for (let start = from; start < times.length; start += 1)
          expect(leaks(start), `${start} after ${from}`).toBe(false);
        for (let earlier = 0; earlier < from; earlier += 1) {
          if (left[earlier]! > 0) continue;
          const bad = times.findIndex((_, index) => index >= earlier && leaks(index));
          // Less than an hour before the end the rest is judged as a whole, and may leak too much as one.
          const rest = left.slice(earlier);
          const short =
            times.at(-1)! <= times[earlier]! + hour &&
            rest.filter((far) => far > 0).length > 0.01 * rest.length;
          expect(bad >= 0 || short, `${earlier} before ${from}`).toBe(true);
        }
      }),
    );
  });
});
