// The people behind a register: they change its rule, and take addresses off it when asked.

import { describe, expect, test } from 'vitest';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { registerPresets } from '../../../../sim/presets/index.ts';
import {
  answerRequest,
  askToDelist,
  canBeAsked,
  type Register,
  takeEvidence,
  upgrade,
} from '../../../../sim/world/registers/register.ts';
import type { World } from '../../../../sim/world/world.ts';
import { hours } from '../../../../policy/index.ts';
import { advance, advanceUntil, day, hour, isPublished, worldOf } from '../stage.ts';

type RegisterInput = NonNullable<PlanInput['registers']>[number];

/** A world with one register, by default one that publishes within minutes and expires after three weeks. */
const withRegister = (
  rule: RegisterInput['rule'] = {},
  preset: RegisterInput['preset'] = 'psbl',
  seed = 'one',
) => {
  const world = worldOf({ registers: [{ name: 'watch', preset, rule }] }, { seed });
  return { world, register: world.registers[0]! };
};

const hit = (world: World, register: Register): void => takeEvidence(world, register, 0, false);

/** Longest time from sufficient evidence to the zone. */
const slowest = ({ decides, preset }: Register): number => decides + preset.publish.maxS * 1_000;

describe('an upgrade', () => {
  test('re-weighs old evidence: what was background lists at once', () => {
    const { world, register } = withRegister({ trapThreshold: 10, window: '1d' });
    for (let count = 0; count < 3; count += 1) {
      advance(world, count * 3 * day);
      hit(world, register);
    }
    advance(world, 7 * day);
    expect(isPublished(register)).toBe(false);
    upgrade(world, register, { trapThreshold: 3, window: hours(30 * 24) });
    advance(world, 7 * day + slowest(register));
    expect(isPublished(register)).toBe(true);
  });

  test('to a shorter expiry takes hold of what is listed already', () => {
    const { world, register } = withRegister({ trapThreshold: 1, expiry: '20d' });
    hit(world, register);
    advance(world, day);
    upgrade(world, register, { expiry: hours(48) });
    advance(world, 2 * day + register.preset.publish.maxS * 1_000);
    expect(isPublished(register)).toBe(false);
  });

  test('to a longer expiry keeps what is listed for longer', () => {
    const { world, register } = withRegister({ trapThreshold: 1, expiry: '2d' });
    hit(world, register);
    advance(world, day);
    upgrade(world, register, { expiry: hours(10 * 24) });
    advance(world, 10 * day - 1);
    expect(register.dossiers[0]!.decided).toBe(true);
    advance(world, 10 * day);
    expect(register.dossiers[0]!.decided).toBe(false);
  });
});

describe('a request to be taken off', () => {
  test('a self-service page removes at once, and the next hit lists again', () => {
    const { world, register } = withRegister({ trapThreshold: 1 }, 'psbl');
    hit(world, register);
    advance(world, hour + slowest(register));
    expect(answerRequest(world, register, 0)).toBe(true);
    advance(world, world.agenda.now + register.preset.publish.maxS * 1_000);
    expect(isPublished(register)).toBe(false);
    hit(world, register);
    advance(world, world.agenda.now + slowest(register));
    expect(isPublished(register)).toBe(true);
  });

  test('people refuse within a day of the last hit, and agree after it', () => {
    const { world, register } = withRegister({ trapThreshold: 1 }, 'barracuda-brbl');
    hit(world, register);
    advance(world, day - 1);
    expect(answerRequest(world, register, 0)).toBe(false);
    expect(register.dossiers[0]!.decided).toBe(true);
    advance(world, day);
    expect(answerRequest(world, register, 0)).toBe(true);
    expect(register.dossiers[0]!.decided).toBe(false);
  });

  test('an answer comes when the preset says, half of them by the typical time', () => {
    for (const { id, delist } of registerPresets) {
      const rule = { trapThreshold: 1, window: '1h', expiry: '300d' } as const;
      const { world, register } = withRegister(rule, id);
      if (!canBeAsked(register) || delist.typicalS === null) continue;
      const waits: number[] = [];
      for (let request = 0; request < 41; request += 1) {
        askToDelist(world, register, 0);
        const asked = world.agenda.now;
        advanceUntil(world, () => !register.dossiers[0]!.asked, asked + 400 * day);
        waits.push((world.agenda.now - asked) / 1_000);
      }
      const least = delist.minS ?? delist.typicalS / 4;
      const most = delist.maxS ?? delist.typicalS * 4;
      expect(Math.min(...waits), id).toBeGreaterThanOrEqual(least - 1);
      expect(Math.max(...waits), id).toBeLessThanOrEqual(Math.max(most, delist.typicalS) + 1);
      // 41 draws: fewer than 8 or more than 33 on one side happen less than once in 20,000 times.
      const soon = waits.filter((wait) => wait <= delist.typicalS!).length;
      expect(soon, id).toBeGreaterThan(7);
      expect(least === delist.typicalS ? 20 : soon, id).toBeLessThan(34);
    }
  });

  test('asking again while an answer is due changes nothing', () => {
    const { world, register } = withRegister({ trapThreshold: 1 });
    hit(world, register);
    advance(world, 2 * hour);
    askToDelist(world, register, 0);
    const pending = world.agenda.size;
    askToDelist(world, register, 0);
    expect(world.agenda.size).toBe(pending);
  });

  test('a register that takes no requests cannot be asked', () => {
    const askable = registerPresets
      .filter((preset) => canBeAsked({ preset } as Register))
      .map((preset) => preset.id);
    expect(askable).toContain('psbl');
    expect(askable).toContain('barracuda-brbl');
    for (const id of ['uceprotect-1', 'rblsde-nix-longer', 'spamcop-scbl']) expect(askable).not.toContain(id);
  });
});
