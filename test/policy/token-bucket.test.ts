// The token bucket: exact losses of a policer under Poisson arrivals, and how it spaces what it paces.

import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import {
  hours, type Milliseconds, milliseconds, minutes, seconds, tokenBucket, type Verdict, zero,
} from '../../policy/index.ts';
import oracles from '../oracles/oracles.json' with { type: 'json' };
import { submissionOf, submitted } from '../../laws/build.ts';

const parameters = { rate: 60, burst: 5, longestWait: minutes(10) };

/** Sends messages at the given times through one bucket; what it said of each. */
const sendAt = (
  times: readonly number[], changed: Partial<typeof parameters> = {}, allowance = 0,
): Verdict[] => {
  const bucket = tokenBucket({ ...parameters, ...changed });
  const state = bucket.fresh();
  return times.map((time) => {
    const submission = submissionOf({ allowance });
    const verdict = bucket.decide(state, submission, milliseconds(time));
    bucket.learn(state, submitted(submission, verdict), milliseconds(time));
    return verdict;
  });
};
const atOnce = (count: number): number[] => Array<number>(count).fill(hours(1));
const kinds = (verdicts: readonly Verdict[]): string => verdicts.map((verdict) => verdict.kind).join(' ');

describe('as a policer under Poisson arrivals it loses exactly what M/D/1/B loses', () => {
  const oracle = oracles.oracles.find((one) => one.id === 'token-bucket-loss')!;
  const losses = Object.entries(oracle.expected as Record<string, number>);
  const expected = losses.filter(([, loss]) => loss > 0.03);

  test('the oracle has its table', () => expect(expected.length).toBeGreaterThan(20));

  for (const [label, loss] of expected) {
    const [rho, burst] = label.match(/[\d.]+/g)!.map(Number) as [number, number];
    test(`${label}: ${loss.toFixed(4)}`, () => {
      // One token an hour: whole milliseconds then round arrivals by less than a millionth of a gap.
      const bucket = tokenBucket({ rate: 1, burst, longestWait: zero });
      const state = bucket.fresh();
      // Of 27 pairs one lies beyond three sigma by luck in one set of seeds of 14, as did the first set tried
      // (rho=1, B=2; 22 million arrivals of other seeds then had no bias). The seeds below are fixed, so the
      // test is not flaky.
      const luck = seedrandom.alea(`policer ${label}`);
      const submission = submissionOf();
      const batches: number[] = [];
      let time = 0;
      // Losses come in clusters, so the error is taken from batches much longer than a cluster.
      for (let batch = 0; batch < 100; batch++) {
        let lost = 0;
        for (let arrival = 0; arrival < 6_000; arrival++) {
          time += -Math.log(1 - luck()) * hours(1) / rho;
          const now = Math.round(time) as Milliseconds;
          const verdict = bucket.decide(state, submission, now);
          if (verdict.kind === 'defer') lost += 1;
          bucket.learn(state, submitted(submission, verdict), now);
        }
        batches.push(lost / 6_000);
      }
      const mean = batches.reduce((sum, share) => sum + share, 0) / batches.length;
      const variance = batches.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (batches.length - 1);
      const sigma = Math.sqrt(variance / batches.length);
      expect(3 * sigma).toBeLessThan(0.05 * loss);
      expect(Math.abs(mean - loss)).toBeLessThan(3 * sigma);
    });
  }
});

describe('the token bucket', () => {
  test('lets a burst through and paces the rest a gap apart', () => {
    const verdicts = sendAt(atOnce(8));
    expect(kinds(verdicts)).toBe('pass pass pass pass pass pace pace pace');
    const untils = verdicts.flatMap((verdict) => verdict.kind === 'pace' ? [verdict.until - hours(1)] : []);
    expect(untils).toEqual([minutes(1), minutes(2), minutes(3)]);
    const reason = { module: 'token-bucket', rule: 'burst', seen: 6, limit: 5 };
    expect(verdicts[5]).toMatchObject({ reason });
  });

  test('defers what would wait longer than the longest wait, and takes no token for it', () => {
    expect(kinds(sendAt([...atOnce(100), hours(1) + minutes(1)]).slice(-2))).toBe('defer pace');
    expect(kinds(sendAt(atOnce(17)).slice(-3))).toBe('pace defer defer');
  });

  test('never finds fault with messages a gap apart, rounded to whole milliseconds', () => {
    for (const rate of [7, 60, 100, 86_400]) {
      const gap = hours(1) / rate;
      const times = Array.from({ length: 2_000 }, (_, index) => Math.ceil(index * gap));
      expect(new Set(sendAt(times, { rate, burst: 1, longestWait: zero }).map((verdict) => verdict.kind)))
        .toEqual(new Set(['pass']));
    }
  });

  test('paced messages leave no faster than the rate, whatever the traffic', () => {
    const luck = seedrandom.alea('paced');
    const drawn = Array.from({ length: 500 }, () => Math.floor(luck() * hours(2)));
    const times = drawn.sort((one, two) => one - two);
    const leaves = sendAt(times).flatMap((verdict, index) =>
      verdict.kind === 'pass' ? [times[index]!] : verdict.kind === 'pace' ? [verdict.until as number] : []);
    leaves.forEach((left, index) => {
      const later = leaves[index + 5];   // a burst of 5, so the sixth is at least a gap behind the first
      if (later !== undefined) expect(later - left).toBeGreaterThanOrEqual(seconds(60) - 1);
    });
  });

  test('a contract whose minute is less than the burst leaves the burst as it is', () => {
    expect(kinds(sendAt(atOnce(6), {}, 120))).toBe('pass pass pass pass pass pace');
  });

  test("grants a contract its allowance, and a minute of it at once", () => {
    expect(kinds(sendAt(atOnce(11), {}, 600))).toBe('pass '.repeat(10) + 'pace');
    expect(kinds(sendAt([0, 0, 6_000, 12_000, 18_000], { burst: 1 }, 60 * 10))).not.toContain('defer');
    expect(kinds(sendAt(atOnce(6), {}, 1))).toBe('pass '.repeat(5) + 'pace');
  });

  test('refuses parameters out of range, by name, value and range', () => {
    expect(() => sendAt([], { rate: 0 }))
      .toThrow('token-bucket: rate is 0; it is a number from 0.01 to 1000000.');
    expect(() => sendAt([], { rate: NaN })).toThrow(RangeError);
    expect(() => sendAt([], { burst: 0.5 }))
      .toThrow('token-bucket: burst is 0.5; it is a number from 1 to 1000000.');
    expect(() => sendAt([], { longestWait: hours(121) }))
      .toThrow('token-bucket: longestWait is 435600000 ms; it is a span from 0s to 5d in whole ms.');
  });
});
