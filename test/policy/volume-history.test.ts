// Volume against an account's own history: what weeks of ordinary mail teach, and what stands out of them.

import { describe, expect, test } from 'vitest';
import {
  alert, days, defer, hours, type Milliseconds, minutes, policy, PolicyEngine, volumeHistory,
  type VolumeHistoryParameters,
} from '../../policy/index.ts';
import { released, submissionOf, submitted } from '../../laws/build.ts';

const burst: VolumeHistoryParameters = {
  of: 'messages', each: 'hour', chart: { kind: 'ewma', lambda: 0.8, width: 6 }, weeks: 2, minimum: 20,
  action: alert,
};
const hourly = { ...burst, chart: { kind: 'cusum', reference: 1, threshold: 8 } } as const;

/** A generator of its own (the constants are those of Numerical Recipes), so that weeks differ. */
const chance = (seed: number) => () => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
/** Poisson numbers by Knuth's product. */
const poisson = (mean: number, random: () => number): number => {
  const end = Math.exp(-mean);
  let product = random();
  let drawn = 0;
  for (; product > end; product *= random()) drawn += 1;
  return drawn;
};

/** An account that sends so much in each hour since a Monday; in which hours it was spoken of. */
const alarms = (
  parameters: VolumeHistoryParameters, weeks: number, amount: (hour: number) => number,
): { readonly hours: number[]; readonly engine: PolicyEngine; readonly let_in: Map<number, number> } => {
  const engine = new PolicyEngine(policy('test', [volumeHistory(parameters)]));
  const spoken: number[] = [];
  const let_in = new Map<number, number>();
  for (let hour = 0; hour < weeks * 168; hour++) {
    const count = amount(hour);
    for (let turn = 0; turn < count; turn++) {
      const now = hours(hour) + Math.floor((turn + 0.5) * hours(1) / count) as Milliseconds;
      const said = engine.decide(submissionOf(), now);
      if (said.kind !== 'pass' && spoken.at(-1) !== hour) spoken.push(hour);
      if (said.kind === 'pass') let_in.set(hour, (let_in.get(hour) ?? 0) + 1);
      engine.learn(submitted(submissionOf(), said), now);
    }
  }
  return { hours: spoken, engine, let_in };
};

const isWorkday = (hour: number): boolean => hour % 168 < 120;
const isOpen = (hour: number): boolean => isWorkday(hour) && hour % 24 >= 8 && hour % 24 < 18;
/** An office whose Monday mornings bring four times the usual. */
const office = (random: () => number) => (hour: number): number => {
  if (!isOpen(hour)) return 0;
  return poisson(hour % 168 < 12 ? 80 : 20, random);
};

describe('volume against own history', () => {
  test('an office\'s Monday is no news, nor is its first day after a week of holidays', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const work = office(chance(seed));
      const mail = (hour: number): number => Math.floor(hour / 168) === 5 ? 0 : work(hour);
      expect(alarms(burst, 12, mail).hours).toEqual([]);
      expect(alarms(hourly, 12, mail).hours.length).toBeLessThanOrEqual(2);
    }
  });

  test('a newsletter\'s Tuesday is none, on another day it is', () => {
    const tuesday = (hour: number): number => hour % 168 === 34 ? 900 : isOpen(hour) ? 5 : 0;
    expect(alarms(burst, 8, tuesday).hours).toEqual([]);
    expect(alarms(burst, 8, (hour) => hour === 5 * 168 + 58 ? 900 : tuesday(hour)).hours)
      .toEqual([5 * 168 + 58]);
  });

  test('a burst is noticed while it lasts, by night as by day', () => {
    for (const start of [6 * 168 + 3, 6 * 168 + 33]) {
      const work = office(chance(7));
      const seen = alarms({ ...burst, action: defer }, 8, (hour) => hour === start ? 400 : work(hour));
      expect(seen.hours[0]).toBe(start);
      expect(seen.let_in.get(start)).toBeLessThan(80);
    }
  });

  const units = ['messages', 'recipients'] as const;
  test.each(units)('the minimum is the first of an hour\'s %s to be judged', (of) => {
    const start = 6 * 168 + 3;
    const mail = (hour: number): number => hour === start ? 400 : isOpen(hour) ? 5 : 0;
    for (const minimum of [15, 20]) {
      const seen = alarms({ ...burst, of, minimum, action: defer }, 7, mail);
      expect([...seen.hours, seen.let_in.get(start)]).toEqual([start, minimum - 1]);
    }
  });

  test('a little more each hour adds up (CUSUM), where no single hour stands out', () => {
    const mail = (extra: number) => (hour: number): number =>
      isOpen(hour) ? 36 + (hour > 6 * 168 + 24 ? extra : 0) : 0;
    expect(alarms(hourly, 8, mail(0)).hours).toEqual([]);
    expect(alarms(burst, 8, mail(20)).hours).toEqual([]);
    const found = alarms(hourly, 8, mail(20)).hours[0]!;
    expect(found).toBeGreaterThan(6 * 168 + 24);
    expect(found).toBeLessThan(6 * 168 + 48);
  });

  test('an hour that is over enters the chart in the account\'s own deviations, however far off', () => {
    const slow = { ...burst, chart: { kind: 'ewma', lambda: 0.1, width: 6 } } as const;
    // Twice the usual an hour: 8 deviations for one that is always punctual, few for one that never is.
    const mail = (low: number, high: number) => (hour: number): number =>
      isOpen(hour) ? (Math.floor(hour / 168) % 2 === 0 ? low : high) * (hour > 8 * 168 ? 2 : 1) : 0;
    expect(alarms(slow, 9, mail(60, 60)).hours[0]).toBeGreaterThan(8 * 168);
    expect(alarms(slow, 9, mail(20, 120)).hours).toEqual([]);
    // A single enormous one alarms while it lasts, and then counts as 20, of which a tenth is no alarm.
    const single = (hour: number): number => hour === 6 * 168 + 33 ? 4_000 : isOpen(hour) ? 60 : 0;
    const { hours: spoken } = alarms({ ...slow, chart: { ...slow.chart, width: 12 } }, 8, single);
    expect(spoken).toEqual([6 * 168 + 33]);
  });

  test('no history, no judgement: two weeks must have passed', () => {
    const start = (week: number) => (hour: number): number =>
      hour === week * 168 + 34 ? 900 : isOpen(hour) ? 5 : 0;
    expect(alarms(burst, 4, start(1)).hours).toEqual([]);
    expect(alarms(burst, 4, start(2)).hours).toEqual([2 * 168 + 34]);
  });

  test('days are compared as hours are', () => {
    const daily: VolumeHistoryParameters = { ...burst, each: 'day', minimum: 50 };
    const work = office(chance(3));
    expect(alarms(daily, 8, work).hours).toEqual([]);
    const more = alarms(daily, 8, (hour) => work(hour) * (Math.floor(hour / 24) === 44 ? 4 : 1)).hours;
    expect(more.length).toBeGreaterThan(0);
    expect(more.every((hour) => Math.floor(hour / 24) === 44 || Math.floor(hour / 24) === 45)).toBe(true);
  });

  test('names what was sent and what is usual, and a release ends it', () => {
    const mail = (hour: number): number => isOpen(hour) ? 25 : 0;
    const { engine } = alarms(burst, 4, mail);
    const now = days(28) + hours(9) + minutes(1) as Milliseconds;
    for (let turn = 0; turn < 200; turn++) {
      engine.learn(submitted(submissionOf(), { kind: 'pass' }), now);
    }
    const said = engine.decide(submissionOf(), now);
    expect(said).toMatchObject({
      kind: 'alert', reason: { module: 'volume-history', rule: 'messages of an hour above the usual',
        seen: 201 },
    });
    const { limit } = (said as { reason: { limit: number } }).reason;
    expect(Math.abs(limit - 25)).toBeLessThanOrEqual(3);
    engine.learn(released(), now);
    expect(engine.decide(submissionOf(), now).kind).toBe('pass');
  });

  test('growth becomes usual within weeks, a single burst does not', () => {
    const grown = (hour: number): number => isOpen(hour) ? (hour < 6 * 168 ? 25 : 60) : 0;
    const { hours: spoken } = alarms(burst, 14, grown);
    expect(spoken.filter((hour) => hour >= 11 * 168)).toEqual([]);
    const twice = (hour: number): number =>
      hour === 6 * 168 + 34 || hour === 7 * 168 + 34 ? 500 : isOpen(hour) ? 25 : 0;
    expect(alarms(burst, 9, twice).hours).toContain(7 * 168 + 34);
  });

  test('refuses charts out of range', () => {
    expect(() => volumeHistory({ ...burst, chart: { kind: 'ewma', lambda: 2, width: 3 } }))
      .toThrow('lambda is 2');
    expect(() => volumeHistory({ ...burst, chart: { kind: 'shewhart' } as never }))
      .toThrow('chart is shewhart');
    expect(() => volumeHistory({ ...burst, weeks: 0 })).toThrow('volume-history: weeks is 0');
  });
});
