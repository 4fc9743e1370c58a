// Money: which registers take it, what it buys, and what it does not.

import { describe, expect, test } from 'vitest';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { registerPresets } from '../../../../sim/presets/index.ts';
import { tellStory } from '../../../../sim/world/measures/story.ts';
import { pays, payForRemoval } from '../../../../sim/world/registers/fees.ts';
import { feeOf } from '../../../../sim/world/registers/prices.ts';
import { takeEvidence } from '../../../../sim/world/registers/register.ts';
import type { World } from '../../../../sim/world/world.ts';
import { advance, advanceUntil, day, hour, minute, worldOf } from '../stage.ts';
import { hit, slowest, type Stage, withRegister } from './one-register.ts';

const paying = { desk: { staff: 0, paysForRemoval: true } } as const;
const isListed = ({ register }: Stage): boolean => register.dossiers[0]!.published;

/** Listed by so many hits, then paid for. */
const bought = (preset: 'uceprotect-1' | 'backscatterer'): Stage => {
  const stage = withRegister({}, preset, 'one', paying);
  hit(stage);
  advance(stage.world, slowest(stage.register));
  expect(isListed(stage)).toBe(true);
  expect(payForRemoval(stage.world, stage.register, 0)).toBe(90);
  return stage;
};

test('those that take money are UCEPROTECT and Backscatterer', () => {
  const fees = registerPresets.map((preset) => [preset.id, feeOf(preset)]).filter(([, fee]) => fee !== null);
  expect(fees).toEqual([
    ['uceprotect-1', 90], ['uceprotect-2', 25], ['uceprotect-3', 25], ['backscatterer', 90],
  ]);
});

describe.each(['uceprotect-1', 'backscatterer'] as const)('%s, for a fee', (preset) => {
  test('takes an address off within two hours, where it would have stood for a week or four', () => {
    const stage = bought(preset);
    const paid = stage.world.agenda.now;
    advanceUntil(stage.world, () => !isListed(stage), paid + 2 * hour);
    expect(stage.world.agenda.now - paid).toBeGreaterThanOrEqual(hour);
    expect(stage.world.tally.listings[0]!.ending).toBe('removed for a fee');
  });

  test('lists it again at the next hit, for no longer and no shorter than anybody', () => {
    const stage = bought(preset);
    const { register, world } = stage;
    advance(world, world.agenda.now + day);
    expect(isListed(stage)).toBe(false);
    hit(stage);
    const last = world.agenda.now;
    advance(world, last + slowest(register));
    expect(isListed(stage)).toBe(true);
    expect(register.dossiers[0]!.relapses).toBe(0);
    const stands = register.preset.expiry.seconds! * 1_000;
    advance(world, last + stands - 1);
    expect(register.dossiers[0]!.decided).toBe(true);
    advance(world, last + stands);
    expect(register.dossiers[0]!.decided).toBe(false);
  });

  test('is paid once in seven days for an address, and by nobody who does not want to', () => {
    const stage = bought(preset);
    const { register, world } = stage;
    const paid = world.agenda.now;
    advance(world, paid + 7 * day - 1);
    expect(pays(world, register, 0)).toBe(false);
    advance(world, paid + 7 * day);
    expect(pays(world, register, 0)).toBe(true);
    const thrifty = withRegister({}, preset);
    expect(pays(thrifty.world, thrifty.register, 0)).toBe(false);
  });
});

test('a register that takes no money is paid by nobody', () => {
  const { world, register } = withRegister({}, 'psbl', 'one', {
    ...paying,
    registers: [{ name: 'watch', preset: 'psbl' }, { name: 'other', preset: 'uceprotect-1' }],
  });
  expect(pays(world, register, 0)).toBe(false);
});

describe('an exemption from what neighbours do', () => {
  const levels = (desk: PlanInput['desk'] = paying.desk): World =>
    worldOf({
      desk,
      pools: [{ name: 'shared', addresses: ['192.0.2.10', '192.0.2.20'] }],
      registers: (['uceprotect-1', 'uceprotect-2', 'uceprotect-3'] as const).map((preset) => ({
        name: preset, preset, coverage: '100%',
        rule: preset === 'uceprotect-3' ? { trapThreshold: 4, score: 1 } : {},
      })),
    });
  /** Hits by the second of our addresses, which stand against the first, too. */
  const offend = (world: World, hits: number): void => {
    for (let one = 0; one < hits; one += 1) takeEvidence(world, world.registers[0]!, 1, false);
    advance(world, world.agenda.now + 3 * hour);
  };
  const listed = (world: World, address = 0): readonly boolean[] =>
    world.registers.map(({ dossiers }) => dossiers[address]!.published);

  test('holds for Levels 2 and 3 with one payment, for one address, and not for Level 1', () => {
    const world = levels();
    offend(world, 4);
    expect([listed(world, 0), listed(world, 1)]).toEqual([[false, true, true], [true, true, true]]);
    expect(payForRemoval(world, world.registers[1]!, 0)).toBe(25);
    advance(world, world.agenda.now + 2 * hour);
    expect([listed(world, 0), listed(world, 1)]).toEqual([[false, false, false], [true, true, true]]);
    expect(pays(world, world.registers[2]!, 0)).toBe(false);
    offend(world, 10);
    expect(listed(world, 0)).toEqual([false, false, false]);
    takeEvidence(world, world.registers[0]!, 0, false);
    advance(world, world.agenda.now + 3 * hour);
    expect(listed(world, 0)).toEqual([true, false, false]);
  });

  test('ends after a month; then the neighbours’ hits of the last week count as ever', () => {
    const world = levels();
    offend(world, 4);
    payForRemoval(world, world.registers[1]!, 0);
    advance(world, world.agenda.now + 28 * day);
    offend(world, 4);
    expect(listed(world, 0)[1]).toBe(false);
    advance(world, world.agenda.now + 3 * day);
    expect(listed(world, 0)[1]).toBe(true);
  });
});

describe('a desk that pays', () => {
  const listedBy = (desk: PlanInput['desk'], guilty: boolean): World => {
    const world = worldOf({
      registers: [{ name: 'watch', preset: 'uceprotect-1' }], desk: { rightly: '100%', ...desk },
    });
    advance(world, 9 * hour);
    for (let one = 0; guilty && one < 40; one += 1)
      world.ledger.addBounced(world.accounts[0]!.id, world.agenda.now);
    takeEvidence(world, world.registers[0]!, 0, false);
    return world;
  };
  const fees = (world: World): number => tellStory(world, '', 0).metrics['delist.fees'].value!;

  test('does so once it has dealt with the cause, tells what it cost, and is off the same day', () => {
    const world = listedBy({ paysForRemoval: true }, true);
    advance(world, day);
    expect(fees(world)).toBe(90);
    expect(tellStory(world, '', 0).metrics['delist.requests'].value).toBe(1);
    expect(world.tally.timeline.map(({ what }) => what)).toContain(
      'pays watch 90 EUR to take 192.0.2.10 off');
    expect(world.registers[0]!.dossiers[0]!.published).toBe(false);
  });

  test('waits four hours for more evidence where it finds no cause, then pays all the same', () => {
    const world = listedBy({ paysForRemoval: true }, false);
    const seen = () => world.tally.timeline.find(({ what }) => what.startsWith('finds no cause'));
    advanceUntil(world, () => seen() !== undefined, day);
    expect(fees(world)).toBe(0);
    advance(world, seen()!.at + 4 * hour + 10 * minute);
    expect(fees(world)).toBe(90);
  });

  test('and one that does not waits the week out, and pays nothing', () => {
    const world = listedBy({}, true);
    advance(world, 6 * day);
    expect(fees(world)).toBe(0);
    expect(world.registers[0]!.dossiers[0]!.published).toBe(true);
  });
});
