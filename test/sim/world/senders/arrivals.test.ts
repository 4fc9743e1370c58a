// Arrivals by inverting a rate, held to the published figures of the process.

import { describe, expect, test } from 'vitest';
import { Streams } from '../../../../sim/streams.ts';
import { Rhythm, tabulated } from '../../../../sim/world/senders/rhythm.ts';
import { day, hour, oracle } from '../stage.ts';

describe('arrivals by inverting a rate', () => {
  const { inputs, expected } = oracle<
    { a: number; b: number },
    Readonly<Record<'Lambda(6)' | 'Lambda(12)' | 'Lambda(18)' | 'Lambda(24)' | 'sd_24h', number>>
  >('nhpp');
  /** Expected since midnight of the rate a(1 + b sin(2 pi t/24)) an hour. */
  const upTo = (time: number): number => {
    const t = time / hour;
    return inputs.a * (t + (inputs.b * 24 * (1 - Math.cos((2 * Math.PI * t) / 24))) / (2 * Math.PI));
  };
  const waves = tabulated(upTo, day, 1_440);

  test('expect what the published process does, at every quarter of the day (oracle nhpp)', () => {
    for (const t of [6, 12, 18, 24] as const) {
      expect(waves.expected(t * hour)).toBeCloseTo(expected[`Lambda(${t})`], 8);
      expect(waves.expected(9 * day + t * hour)).toBeCloseTo(9 * 1_440 + expected[`Lambda(${t})`], 6);
    }
  });

  /** Arrivals of some days, by inversion. */
  const arrivals = (rhythm: Rhythm, span: number, name: string): readonly number[] => {
    const streams = new Streams(name);
    const stream = streams.open('inverted');
    const times: number[] = [];
    for (let at = 0; ;) {
      at = rhythm.after(at, streams.exponential(stream));
      if (at >= span) return times;
      times.push(at);
    }
  };

  test('are as many a day as published, on average and in spread (oracle nhpp)', () => {
    const days = 400;
    const counts = new Float64Array(days);
    for (const at of arrivals(waves, days * day, 'days')) counts[Math.floor(at / day)]! += 1;
    const mean = counts.reduce((sum, count) => sum + count, 0) / days;
    expect(Math.abs(mean - expected['Lambda(24)'])).toBeLessThan((4 * expected.sd_24h) / Math.sqrt(days));
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (days - 1);
    // An index of dispersion of 1, within four of its standard deviations.
    expect(Math.abs(variance / expected.sd_24h ** 2 - 1)).toBeLessThan(4 * Math.sqrt(2 / (days - 1)));
  });

  test('lie evenly in rescaled time (oracles ks and anderson-darling)', () => {
    const span = 20 * day;
    const times = arrivals(waves, span, 'rescaled');
    const even = times.map((at) => waves.expected(at) / waves.expected(span));
    const n = even.length;
    const far = Math.max(...even.map((value, index) => Math.max((index + 1) / n - value, value - index / n)));
    const { asym_crit: critical } = oracle<unknown, { readonly asym_crit: Readonly<Record<string, number>> }>(
      'ks',
    ).expected;
    expect(far * Math.sqrt(n)).toBeLessThan(critical['0.001']!);
    const square = even.reduce((sum, value, index) =>
      sum - (2 * index + 1) * (Math.log(value) + Math.log(1 - even[n - 1 - index]!)), 0) / n - n;
    // The oracle has 0.99903 of all squares below 6.
    const below = oracle<unknown, Readonly<Record<string, number>>>('anderson-darling').expected;
    expect(below['6.0']).toBeGreaterThan(0.999);
    expect(square).toBeLessThan(6);
  });

  test('of an even rate take Erlang’s time to the k-th (oracle erlang-time-to-k)', () => {
    const published = oracle<
      unknown, Readonly<Record<string, Readonly<Record<'mean' | 'sd' | 'p50' | 'p95', number>>>>
    >('erlang-time-to-k').expected;
    const even = new Rhythm([0, 2], hour);
    const streams = new Streams('erlang');
    const stream = streams.open('even');
    const trials = 40_000;
    for (const k of [1, 3, 10]) {
      const { mean, sd, p50, p95 } = published[`k=${k} rate=2.0`]!;
      const times = new Float64Array(trials);
      let start = 0;
      for (let trial = 0; trial < trials; trial += 1) {
        let at = start;
        for (let one = 0; one < k; one += 1) at = even.after(at, streams.exponential(stream));
        times[trial] = (at - start) / hour;
        start = at;
      }
      times.sort();
      const average = times.reduce((sum, time) => sum + time, 0) / trials;
      const spread = Math.sqrt(times.reduce((sum, time) => sum + (time - average) ** 2, 0) / trials);
      expect(Math.abs(average / mean - 1)).toBeLessThan((4 * sd) / mean / Math.sqrt(trials));
      expect(Math.abs(spread / sd - 1)).toBeLessThan(0.04);
      expect(Math.abs(times[trials / 2]! / p50 - 1)).toBeLessThan(0.03);
      expect(Math.abs(times[trials * 0.95]! / p95 - 1)).toBeLessThan(0.03);
    }
  });

  test('on common luck differ by the rate alone (oracle crn-exponential)', () => {
    const published = oracle<
      { mu1: number; mu2: number }, { readonly var_diff_CRN: number; readonly var_diff_indep: number }
    >('crn-exponential');
    const { mu1, mu2 } = published.inputs;
    const [slow, fast] = [new Rhythm([0, mu1], hour), new Rhythm([0, mu2], hour)];
    const streams = new Streams('common');
    const [own, other] = [streams.open('own'), streams.open('other')];
    const trials = 200_000;
    const sums = { common: 0, apart: 0 };
    for (let trial = 0; trial < trials; trial += 1) {
      const amount = streams.exponential(own);
      const one = slow.after(0, amount) / hour;
      const centre = 1 / mu1 - 1 / mu2;
      sums.common += (one - fast.after(0, amount) / hour - centre) ** 2;
      sums.apart += (one - fast.after(0, streams.exponential(other)) / hour - centre) ** 2;
    }
    expect(Math.abs(sums.common / trials / published.expected.var_diff_CRN - 1)).toBeLessThan(0.03);
    expect(Math.abs(sums.apart / trials / published.expected.var_diff_indep - 1)).toBeLessThan(0.03);
  });
});
