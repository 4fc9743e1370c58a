// A register changes its rule at an instant, for good or for a while.

import { describe, expect, test } from 'vitest';
import { hours } from '../../../../policy/index.ts';
import { upgrade } from '../../../../sim/world/registers/register.ts';
import { tellStory } from '../../../../sim/world/measures/story.ts';
import { address, advance, day, hour, isPublished, mail, mute, worldOf } from '../stage.ts';
import { hit, see, slowest, withRegister } from './one-register.ts';

describe('an upgrade', () => {
  test('re-weighs old evidence: what was background lists at once', () => {
    const stage = withRegister({ trapThreshold: 10, window: '1d' });
    const { world, register } = stage;
    for (let count = 0; count < 3; count += 1) {
      advance(world, count * 3 * day);
      hit(stage);
    }
    advance(world, 7 * day);
    expect(isPublished(register)).toBe(false);
    upgrade(world, register, { trapThreshold: 3, window: hours(30 * 24) });
    advance(world, 7 * day + slowest(register));
    expect(isPublished(register)).toBe(true);
  });

  test('to a shorter expiry takes hold of what is listed already', () => {
    const stage = withRegister({ trapThreshold: 1, expiry: '20d' });
    hit(stage);
    advance(stage.world, day);
    upgrade(stage.world, stage.register, { expiry: hours(48) });
    advance(stage.world, 2 * day + stage.register.preset.publish.maxS * 1_000);
    expect(isPublished(stage.register)).toBe(false);
  });

  test('to a longer expiry keeps what is listed for longer', () => {
    const stage = withRegister({ trapThreshold: 1, expiry: '2d' });
    const { world, register } = stage;
    hit(stage);
    advance(world, day);
    upgrade(world, register, { expiry: hours(10 * 24) });
    advance(world, 10 * day - 1);
    expect(register.dossiers[0]!.decided).toBe(true);
    advance(world, 10 * day);
    expect(register.dossiers[0]!.decided).toBe(false);
  });

  test('of a ratio register to a longer window keeps what it has counted', () => {
    const stage = withRegister({ minSpam: 50 }, 'mailspike');
    advance(stage.world, 10 * day);
    see(stage, 40, 40);
    upgrade(stage.world, stage.register, { window: hours(20 * 24), minSpam: 40 });
    see(stage, 1, 1);
    advance(stage.world, 10 * day + slowest(stage.register));
    expect(isPublished(stage.register)).toBe(true);
  });
});

test('an upgrade with a length puts the old rule back when it is over', () => {
  const { world, register } = withRegister({ trapThreshold: 5 }, 'psbl', 'one', {
    incidents: [
      { kind: 'register-upgrade', at: '2d', register: 'watch', to: { trapThreshold: 1 }, length: '1d' },
    ],
  });
  const thresholds = [1, 2, 3].map((days) => {
    advance(world, days * day);
    return register.rule.threshold;
  });
  expect(thresholds).toEqual([5, 1, 5]);
});

test('an upgrade alone lists the address for honest trap hits, and the story says so', () => {
  const world = worldOf({
    registers: [
      { name: 'watch', preset: 'psbl', coverage: '100%', rule: { trapThreshold: 3, window: '1h' } },
    ],
    tenants: [{ name: 'offices', count: 1, pool: 'shared', stream: mute }],
    incidents: [
      { kind: 'register-upgrade', at: '3d', register: 'watch', to: { trapThreshold: 1, window: '7d' } },
    ],
  });
  const register = world.registers[0]!;
  mail(world, [address(world, 'pristine')]);
  advance(world, 3 * day - 1);
  expect(register.dossiers[0]!.hitsEver).toBe(1);
  expect(isPublished(register)).toBe(false);
  advance(world, 3 * day + hour + slowest(register));
  expect(isPublished(register)).toBe(true);
  const story = tellStory(world, '', 0);
  expect(story.culprits).toEqual([]);
  expect(story.listings.map(({ cause }) => cause)).toEqual(['background trap hits alone']);
  const told = story.timeline.map(({ what }) => what);
  expect(told).toContain('watch changes its rule: 1 trap hit, within 168 h');
});
