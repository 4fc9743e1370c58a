// Talos: a score of -10 to 10, what moves it, and what its receivers do with it.

import { describe, expect, test } from 'vitest';
import {
  jumpPenalty, reputationOf, talosVerdict,
} from '../../../../../sim/world/registers/rules/reputation-score.ts';
import { meaningOf, zoneAnswer } from '../../../../../sim/world/registers/zone.ts';
import { hit, see, withRegister } from '../one-register.ts';
import { advance, day, hour, isPublished } from '../../stage.ts';

const talos = () => withRegister({}, 'talos-sbrs');
const scoreOf = ({ world, register }: ReturnType<typeof talos>): number => reputationOf(world, register, 0);

describe('the score', () => {
  test('stays between -10 and 10, whatever is held against an address', () => {
    const stage = talos();
    expect(scoreOf(stage)).toBe(2);
    see(stage, 100, 100);
    hit(stage, 100);
    expect(scoreOf(stage)).toBe(-10);
  });

  test('loses one to two points by a jump in volume, which pass within a few days', () => {
    const stage = talos();
    for (let today = 0; today < 8; today += 1) {
      advance(stage.world, today * day);
      see(stage, 200, 0);
    }
    expect(scoreOf(stage)).toBe(2);
    advance(stage.world, 8 * day);
    see(stage, 3_000, 0);
    const lost = 2 - scoreOf(stage);
    expect(lost).toBeGreaterThanOrEqual(1);
    expect(lost).toBeLessThanOrEqual(2);
    expect(lost).toBe(jumpPenalty(stage.world, stage.register, 0));
    advance(stage.world, 11 * day);
    see(stage, 200, 0);
    expect(scoreOf(stage)).toBe(2);
  });

  test('climbs back from trap hits within its recovery time of three days', () => {
    const stage = talos();
    hit(stage, 4);
    const scores = [0, 1, 2, 3].map((days) => {
      advance(stage.world, days * day);
      return scoreOf(stage);
    });
    expect(scores[0]).toBe(-2);
    expect(scores[1]).toBeCloseTo(-2 / 3, 6);
    expect(scores[3]).toBe(2);
  });
});

test('public lists of addresses cost a point each; private registers and lists of domains cost none', () => {
  const presets = ['psbl', 'mailspike', 'proofpoint-pdr', 'spamhaus-dbl'] as const;
  const stage = withRegister({}, 'talos-sbrs', 'one', {
    registers: ['talos-sbrs' as const, ...presets].map((preset) => ({
      name: preset === 'talos-sbrs' ? 'watch' : preset, preset,
    })),
  });
  const lost = presets.map((id) => {
    const other = stage.world.registers.find(({ name }) => name === id)!;
    other.dossiers[0]!.published = true;
    const score = scoreOf(stage);
    other.dossiers[0]!.published = false;
    return 2 - score;
  });
  expect(lost).toEqual([1, 1, 0, 0]);
});

test('each of the three receiver policies throttles and blocks at its published scores', () => {
  const { register } = talos();
  const verdicts = (policy: 'conservative' | 'moderateDefault' | 'aggressive'): string[] =>
    [-4.1, -4, -3.5, -3, -2.5, -2, -1.5, -1, -0.5].map((score) => talosVerdict(register, score, policy)[0]!);
  expect(verdicts('conservative').join('')).toBe('bbttttaaa');
  expect(verdicts('moderateDefault').join('')).toBe('bbbbtttta');
  expect(verdicts('aggressive').join('')).toBe('bbbbbbtta');
});

test('the register names throttled addresses by a code of their own', () => {
  const stage = talos();
  see(stage, 10, 0);
  const said = [2, 1, 1, 1].map((more) => {
    hit(stage, more);
    const { codes } = zoneAnswer(stage.world, stage.register, 0);
    return codes.map((code) => meaningOf(stage.register, code)).join();
  });
  // Scores 0, -1, -2 and -3; the last is a listing, once it is published.
  expect(said).toEqual(['', 'delay', 'delay', 'delay']);
});

test('an address is blocked while its score is at -3 or below, and not for longer', () => {
  const stage = talos();
  see(stage, 10, 0);
  hit(stage, 6);
  advance(stage.world, 2 * hour);
  expect(isPublished(stage.register)).toBe(true);
  // 6 hits count 6 at first; at 5 the score is -3: half a day of three days.
  advance(stage.world, 12 * hour - 1);
  expect(stage.register.dossiers[0]!.decided).toBe(true);
  advance(stage.world, 14 * hour);
  expect(stage.register.dossiers[0]!.decided).toBe(false);
});
