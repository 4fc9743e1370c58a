// When people write: the rate, its inversion, and runs of it against thinning.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { milliseconds } from '../../../../policy/index.ts';
import { Streams } from '../../../../sim/streams.ts';
import { officeWeek, rampedTime, type Rhythm, sinceMonday } from '../../../../sim/world/senders/rhythm.ts';
import { day, hour, oracle } from '../stage.ts';

const week = 7 * day;

/** Times of arrivals within a span, by inverting the rate as the simulator does. */
const inverted = (rhythm: Rhythm, streams: Streams, span: number): number[] => {
  const stream = streams.open('inverted', span);
  const times: number[] = [];
  for (let at = 0; ;) {
    at = rhythm.after(at, streams.exponential(stream));
    if (at >= span) return times;
    times.push(at);
  }
};

/**
 * The same by thinning (Lewis and Shedler 1979): arrivals at the greatest rate, each kept in proportion to
 * the rate then.
 */
const thinned = (
  rateAt: (time: number) => number,
  most: number,
  streams: Streams,
  span: number,
): number[] => {
  const stream = streams.open('thinned', span);
  const times: number[] = [];
  for (let at = 0; ;) {
    at += streams.exponential(stream) / most;
    if (at >= span) return times;
    if (streams.next(stream) * most < rateAt(at)) times.push(at);
  }
};

/** Greatest distance of sorted values in [0, 1) from the even distribution. */
const kolmogorovSmirnov = (values: readonly number[]): number =>
  Math.max(
    ...values.map((value, index) =>
      Math.max((index + 1) / values.length - value, value - index / values.length),
    ),
  );

const { asym_crit: critical } = oracle<unknown, { readonly asym_crit: Readonly<Record<string, number>> }>(
  'ks',
).expected;

describe('a week of office mail', () => {
  test('a working day has its planned number, a weekend day far less, and every week the same', () => {
    const rhythm = officeWeek(40, 0);
    for (let weekday = 0; weekday < 5; weekday += 1) {
      expect(rhythm.expected((weekday + 1) * day) - rhythm.expected(weekday * day)).toBeCloseTo(40, 9);
    }
    expect(rhythm.expected(7 * day) - rhythm.expected(6 * day)).toBeLessThan(4);
    expect(rhythm.expected(53 * week)).toBeCloseTo(53 * rhythm.expected(week), 6);
  });

  test('`after` undoes `expected`: what is due between now and then is what was asked for', () => {
    const zones = fc.constantFrom(-12, -5, 0, 1, 5.5, 14);
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 5_000, noNaN: true }),
        zones,
        fc.nat({ max: 400 * day }),
        fc.double({ min: 0, max: 40, noNaN: true }),
        (perDay, zone, start, amount) => {
          const rhythm = officeWeek(perDay, zone);
          const end = rhythm.after(start, amount);
          expect(end).toBeGreaterThanOrEqual(start - 1e-3);
          expect(rhythm.expected(end) - rhythm.expected(start)).toBeCloseTo(amount, 5);
        },
      ),
    );
  });

  test('a clock ahead of UTC has its morning earlier in UTC, also by half an hour', () => {
    const utc = officeWeek(40, 0);
    for (const zone of [1, -5, 5.5, -3.5]) {
      const away = officeWeek(40, zone);
      const start = 2 * day;
      for (const time of [3, 9.25, 13, 20.5]) {
        const here = utc.expected(start + time * hour) - utc.expected(start);
        const there = away.expected(start + (time - zone) * hour) - away.expected(start - zone * hour);
        expect(there, `${zone} ${time}`).toBeCloseTo(here, 9);
      }
    }
  });

  test('counts of each hour of the week are those of the rate, within four standard deviations', () => {
    const rhythm = officeWeek(400, 1);
    const weeks = 60;
    const counts = new Float64Array(168);
    for (const at of inverted(rhythm, new Streams('hours'), weeks * week))
      counts[Math.floor((at % week) / hour)]! += 1;
    for (const [index, count] of counts.entries()) {
      const mean = weeks * (rhythm.expected((index + 1) * hour) - rhythm.expected(index * hour));
      expect(Math.abs(count - mean), `hour ${index}: ${count} for ${mean.toFixed(1)}`).toBeLessThan(
        4 * Math.sqrt(mean) + 1,
      );
    }
  });

  test('inversion and thinning give the same process: counts by hour of the week agree', () => {
    const rhythm = officeWeek(400, 0);
    const rateAt = (time: number): number => {
      const start = Math.floor(time / hour) * hour;
      return (rhythm.expected(start + hour) - rhythm.expected(start)) / hour;
    };
    const weeks = 30;
    const streams = new Streams('twins');
    const [one, two] = [new Float64Array(168), new Float64Array(168)];
    for (const at of inverted(rhythm, streams, weeks * week)) one[Math.floor((at % week) / hour)]! += 1;
    for (const at of thinned(rateAt, (400 * 0.12) / hour, streams, weeks * week))
      two[Math.floor((at % week) / hour)]! += 1;
    let chiSquare = 0;
    for (let index = 0; index < 168; index += 1)
      chiSquare += (one[index]! - two[index]!) ** 2 / Math.max(1, one[index]! + two[index]!);
    // 168 degrees of freedom: mean 168, standard deviation 18.3.
    expect(chiSquare).toBeLessThan(168 + 4 * 18.3);
    expect(chiSquare).toBeGreaterThan(168 - 4 * 18.3);
  });

  test('times rescaled by what was expected by then are even (Kolmogorov-Smirnov, at 1 in 1,000)', () => {
    const rhythm = officeWeek(400, 0);
    const span = 4 * week;
    const times = inverted(rhythm, new Streams('rescaled'), span);
    const distance = kolmogorovSmirnov(times.map((at) => rhythm.expected(at) / rhythm.expected(span)));
    expect(distance * Math.sqrt(times.length)).toBeLessThan(critical['0.001']!);
  });

  test('counts of whole weeks vary as Poisson counts do', () => {
    const rhythm = officeWeek(100, 0);
    const weeks = 200;
    const counts = new Float64Array(weeks);
    for (const at of inverted(rhythm, new Streams('dispersion'), weeks * week))
      counts[Math.floor(at / week)]! += 1;
    const mean = counts.reduce((sum, count) => sum + count, 0) / weeks;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (weeks - 1);
    // The index of dispersion has a standard deviation of sqrt(2 / (n - 1)).
    expect(Math.abs(variance / mean - 1)).toBeLessThan(4 * Math.sqrt(2 / (weeks - 1)));
  });
});

test('thinning, our twin, meets the published process itself (oracle nhpp)', () => {
  const { inputs, expected } = oracle<
    { a: number; b: number },
    { 'Lambda(24)': number; thinning_accept_prob: number }
  >('nhpp');
  const rateAt = (time: number): number =>
    (inputs.a * (1 + inputs.b * Math.sin((2 * Math.PI * time) / day))) / hour;
  const days = 60;
  const most = (inputs.a * (1 + inputs.b)) / hour;
  const times = thinned(rateAt, most, new Streams('nhpp'), days * day);
  expect(Math.abs(times.length - days * expected['Lambda(24)'])).toBeLessThan(
    4 * Math.sqrt(days * expected['Lambda(24)']),
  );
  expect(expected['Lambda(24)'] / (most * day)).toBeCloseTo(expected.thinning_accept_prob, 12);
});

describe('a rate that climbs', () => {
  const ramp = milliseconds(15 * 60_000);

  test('has sent half of the full rate’s worth when the ramp ends, and goes on evenly', () => {
    // 4,000 an hour for 15 minutes would be 1,000.
    expect(rampedTime(500, 4_000, ramp)).toBeCloseTo(ramp, 6);
    expect(rampedTime(125, 4_000, ramp)).toBeCloseTo(ramp / 2, 6);
    expect(rampedTime(500 + 4_000, 4_000, ramp)).toBeCloseTo(ramp + hour, 6);
  });

  test('never goes backwards, and without a ramp is the plain rate', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1e4, noNaN: true }),
        fc.double({ min: 0.1, max: 1e5, noNaN: true }),
        fc.nat({ max: day }),
        (amount, more, perHour, length) => {
          const span = milliseconds(length);
          expect(rampedTime(amount + more, perHour, span)).toBeGreaterThanOrEqual(
            rampedTime(amount, perHour, span) - 1e-6,
          );
          const plain = (amount / perHour) * hour;
          expect(Math.abs(rampedTime(amount, perHour, milliseconds(0)) - plain)).toBeLessThanOrEqual(
            plain * 1e-12 + 1e-6,
          );
        },
      ),
    );
  });

  test('of nothing never sends', () => {
    expect(rampedTime(1, 0, milliseconds(0))).toBe(Number.POSITIVE_INFINITY);
  });
});

test.each([
  ['2027-01-04T00:00:00Z', 0],
  ['2027-01-06T03:00:00Z', 2 * day + 3 * hour],
  ['1998-11-12T00:00:00Z', 3 * day],
  ['1970-01-01T00:00:00Z', 3 * day],
  ['2027-01-10T23:59:59Z', week - 1_000],
])('%s lies %i ms after Monday', (epoch, expected) => {
  expect(sinceMonday(epoch)).toBe(expected);
});
