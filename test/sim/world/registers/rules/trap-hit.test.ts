// Registers of trap hits: who lists on how many, for how long, and what repeats cost.

import { describe, expect, test } from 'vitest';
import { hit, slowest, withRegister } from '../one-register.ts';
import { advance, day, hour, isPublished, worldOf } from '../../stage.ts';
import { takeEvidence } from '../../../../../sim/world/registers/register.ts';

test('a single trap hit lists on an aggressive register and not on a patient one', () => {
  const aggressive = withRegister({}, 'uceprotect-1');
  const patient = withRegister({}, 'invaluement-ivmsip');
  for (const stage of [aggressive, patient]) {
    hit(stage);
    advance(stage.world, 2 * hour);
  }
  expect(isPublished(aggressive.register)).toBe(true);
  expect(isPublished(patient.register)).toBe(false);
});

describe('registers that exempt known mail servers', () => {
  const spare = {
    pools: [{ name: 'shared', addresses: ['192.0.2.10', '192.0.2.11'], cold: ['192.0.2.11'] }],
  };
  const isListed = (preset: 'psbl' | 'abusix-combined' | 'uceprotect-1', address: number, at: number[]) => {
    const stage = withRegister({}, preset, 'one', spare);
    for (const time of at) {
      advance(stage.world, time);
      hit(stage, 1, address);
    }
    advance(stage.world, at.at(-1)! + 3 * hour);
    return stage.register.dossiers[address]!.published;
  };

  test.each(['psbl', 'abusix-combined'] as const)('%s lists one by the second hit in a day', (preset) => {
    expect(isListed(preset, 0, [0])).toBe(false);
    expect(isListed(preset, 0, [0, 23 * hour])).toBe(true);
    expect(isListed(preset, 0, [0, 25 * hour])).toBe(false);
  });

  test('list a new address by the first, until it has sent for 30 days', () => {
    expect(isListed('psbl', 1, [day])).toBe(true);
    expect(isListed('psbl', 1, [31 * day])).toBe(false);
  });

  test('others list a known one by the first', () => {
    expect(isListed('uceprotect-1', 0, [0])).toBe(true);
  });

  test('list by as many hits as the plan says, whoever it is', () => {
    const stage = withRegister({ trapThreshold: 1 });
    hit(stage);
    advance(stage.world, 3 * hour);
    expect(isPublished(stage.register)).toBe(true);
  });
});

describe('rbls.de', () => {
  /** When the decision to take it off falls, after hits at these times. */
  const offAfter = (hits: readonly number[]): number => {
    const stage = withRegister({}, 'rblsde-nix-longer');
    const { world, register } = stage;
    for (const at of hits) {
      advance(world, at);
      hit(stage);
    }
    const dossier = register.dossiers[0]!;
    advance(world, world.agenda.now + hour);
    while (dossier.decided) advance(world, world.agenda.now + hour);
    return world.agenda.now / hour;
  };

  test('lists for 96 hours at first', () => {
    expect(offAfter([0])).toBe(96);
  });

  test('starts the clock again with each further hit, and adds 24 hours', () => {
    expect(offAfter([0, 24 * hour])).toBe(24 + 96 + 24);
    expect(offAfter([0, 24 * hour, 50 * hour])).toBe(50 + 96 + 48);
  });

  test('remembers repeats beyond a delisting, and forgets them after 30 quiet days', () => {
    expect(offAfter([0, 20 * day])).toBe(20 * 24 + 96 + 24);
    expect(offAfter([0, 31 * day])).toBe(31 * 24 + 96);
  });
});

test('NiX Spam lists a single address for 12 hours after the last hit, and not on one hit alone', () => {
  const stage = withRegister({}, 'nixspam');
  hit(stage);
  advance(stage.world, hour);
  expect(isPublished(stage.register)).toBe(false);
  hit(stage);
  advance(stage.world, 13 * hour - 1);
  expect(stage.register.dossiers[0]!.decided).toBe(true);
  advance(stage.world, 13 * hour);
  expect(stage.register.dossiers[0]!.decided).toBe(false);
});

test('TQMcube lists within a minute and a mirror sync of half an hour, for 30 days', () => {
  const stage = withRegister({}, 'tqmcube');
  hit(stage);
  expect(stage.register.decides).toBeGreaterThanOrEqual(1_000);
  expect(stage.register.decides).toBeLessThanOrEqual(60_000);
  advance(stage.world, 31 * 60_000);
  expect(isPublished(stage.register)).toBe(true);
  advance(stage.world, 30 * day - 1);
  expect(stage.register.dossiers[0]!.decided).toBe(true);
  advance(stage.world, 30 * day);
  expect(stage.register.dossiers[0]!.decided).toBe(false);
});

describe('BBFH', () => {
  const world = () =>
    worldOf({
      pools: [{ name: 'shared', addresses: ['192.0.2.10', '192.0.2.200', '198.51.100.10'] }],
      registers: [{ name: 'bbfh', preset: 'bbfh' }],
    });

  test('lists the whole /24 for 500 hits within a day, whichever of its addresses made them', () => {
    const staged = world();
    const register = staged.registers[0]!;
    for (let count = 0; count < 499; count += 1) takeEvidence(staged, register, count % 2, false);
    advance(staged, hour + slowest(register));
    expect(register.dossiers.map(({ published }) => published)).toEqual([false, false, false]);
    const again = world();
    const other = again.registers[0]!;
    for (let count = 0; count < 500; count += 1) takeEvidence(again, other, count % 2, false);
    advance(again, hour + slowest(other));
    expect(other.dossiers.map(({ published }) => published)).toEqual([true, true, false]);
  });

  test('lets go after seven clean days', () => {
    const staged = world();
    const register = staged.registers[0]!;
    for (let count = 0; count < 500; count += 1) takeEvidence(staged, register, 0, false);
    advance(staged, 7 * day - 1);
    expect(register.dossiers[1]!.decided).toBe(true);
    advance(staged, 7 * day);
    expect(register.dossiers[1]!.decided).toBe(false);
  });

  test('lists at its third level for ten', () => {
    const staged = worldOf({ registers: [{ name: 'bbfh', preset: 'bbfh', rule: { trapThreshold: 10 } }] });
    const register = staged.registers[0]!;
    for (let count = 0; count < 10; count += 1) takeEvidence(staged, register, 0, false);
    advance(staged, 2 * hour + slowest(register));
    expect(isPublished(register)).toBe(true);
  });
});
