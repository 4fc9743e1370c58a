// SpamCop's rule as it is published.

import { describe, expect, test } from 'vitest';
import { registerPreset } from '../../../../../sim/presets/index.ts';
import { paramsOf } from '../../../../../sim/world/registers/params.ts';
import {
  reportWeight, reputationPoints, scoreAt,
} from '../../../../../sim/world/registers/rules/weighted-score.ts';
import { hit, report, see, slowest, type Stage, withRegister } from '../one-register.ts';
import { advance, advanceUntil, day, hour, isPublished, minute, oracle } from '../../stage.ts';

const params = paramsOf(registerPreset('spamcop-scbl'));
const spamcop = (seed = 'one'): Stage => withRegister({}, 'spamcop-scbl', seed);

describe('the score', () => {
  test('of traps and old reports is the published one (oracle register-spamcop-weight)', () => {
    const { inputs, expected } = oracle<{ cases: [number, number][] }, { score: number[] }>(
      'register-spamcop-weight',
    );
    const scores = inputs.cases.map(([traps, reports]) => {
      const now = 100 * hour;
      const old = Array.from({ length: reports }, () => now - 48 * hour);
      return scoreAt({ hits: Array.from({ length: traps }, () => now), reports: old }, now, params);
    });
    expect(scores).toEqual(expected.score);
  });

  test('of a report falls from 4 to 1 within 48 hours and is nothing after a week (oracle)', () => {
    const { expected } = oracle<unknown, { freshness_weight_by_age_h: Record<string, number> }>(
      'register-spamcop-weight',
    );
    for (const [age, weight] of Object.entries(expected.freshness_weight_by_age_h)) {
      expect(reportWeight(Number(age) * hour, params.freshness!), `${age} h`).toBe(weight);
    }
  });

  test('jumps from 25 to 36 with the sixth trap hit', () => {
    const at = (hits: number): number =>
      scoreAt({ hits: Array.from({ length: hits }, () => 0), reports: [] }, 0, params);
    expect([at(1), at(5), at(6), at(15)]).toEqual([5, 25, 36, 225]);
  });
});

describe('a listing', () => {
  test('needs more than one report, whoever made it', () => {
    for (const tell of [report, hit]) {
      const stage = spamcop();
      tell(stage);
      advance(stage.world, 7 * day);
      expect(stage.world.tally.listings).toEqual([]);
    }
  });

  test('on two reports stands in the zone for at most 12 hours, and for nearly that', () => {
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const stage = spamcop(seed);
      report(stage);
      advance(stage.world, hour);
      report(stage);
      const on = advanceUntil(stage.world, () => isPublished(stage.register), 2 * hour);
      const off = advanceUntil(stage.world, () => !isPublished(stage.register), 20 * hour);
      expect(off - on).toBeLessThanOrEqual(12 * hour);
      expect(off - on).toBeGreaterThan(11 * hour);
    }
  });

  test('on more than two is off 24 hours after the last report', () => {
    const stage = spamcop();
    for (let count = 0; count < 4; count += 1) {
      advance(stage.world, count * 5 * hour);
      report(stage);
    }
    const last = stage.world.agenda.now;
    advance(stage.world, last + 24 * hour - 1);
    expect(isPublished(stage.register)).toBe(true);
    advance(stage.world, last + 24 * hour + slowest(stage.register));
    expect(isPublished(stage.register)).toBe(false);
  });

  test('needs the score to be large against the mail that nobody reported', () => {
    const quiet = spamcop();
    const busy = spamcop();
    see(busy, 10_000, 0);
    for (const stage of [quiet, busy]) {
      hit(stage, 5);
      report(stage);
      advance(stage.world, hour);
    }
    expect([quiet, busy].map(({ register }) => isPublished(register))).toEqual([true, false]);
    // 0.02 of 10,000 is 200; 15 trap hits make 225.
    hit(busy, 10);
    advance(busy.world, 2 * hour);
    expect(isPublished(busy.register)).toBe(true);
  });

  test('counts one point of reputation for each message of the last week that was not reported', () => {
    const stage = spamcop();
    see(stage, 50, 0);
    hit(stage, 2);
    expect(reputationPoints(stage.world, stage.register, 0)).toBe(48);
    advance(stage.world, 8 * day);
    expect(reputationPoints(stage.world, stage.register, 0)).toBe(1);
  });

  test('is followed by a report to the abuse desk, and by one summary a day of trap hits', () => {
    const mails = (stage: Stage): number => {
      const before = stage.world.agenda.size;
      report(stage);
      const reports = stage.world.agenda.size - before;
      return reports;
    };
    const stage = spamcop();
    expect(mails(stage)).toBe(1);
    const before = stage.world.agenda.size;
    see(stage, 10_000, 0);
    hit(stage, 3);
    advance(stage.world, minute);
    expect(stage.world.agenda.size - before).toBe(1);
  });
});
