// Registers that list what an address is.

import { expect, test } from 'vitest';
import { answerRequest } from '../../../../../sim/world/registers/register.ts';
import type { PlanInput } from '../../../../../sim/plan/schema.ts';
import { zoneAnswer } from '../../../../../sim/world/registers/zone.ts';
import { hit, miss, see, type Stage, withRegister } from '../one-register.ts';
import { advance, day, hour, isPublished, minute, worldOf } from '../../stage.ts';

test('NOIP lists a cold address with its first mail, and again only after 30 silent days', () => {
  const stage = withRegister({}, 'abusix-noip', 'one', {
    pools: [{ name: 'shared', addresses: ['192.0.2.10', '192.0.2.11'], cold: ['192.0.2.11'] }],
  });
  const { world, register } = stage;
  advance(world, 5 * day);
  see(stage, 10, 0, 0);
  see(stage, 10, 0, 1);
  advance(world, 5 * day + 2 * hour);
  expect([isPublished(register, 0), isPublished(register, 1)]).toEqual([false, true]);
  for (let today = 6; today < 30; today += 1) {
    advance(world, today * day);
    see(stage, 1, 0, 1);
  }
  advance(world, 31 * day);
  expect(world.tally.listings).toHaveLength(1);
  advance(world, 29 * day + 31 * day);
  see(stage, 1, 0, 1);
  advance(world, world.agenda.now + 2 * hour);
  expect(world.tally.listings).toHaveLength(2);
});

/** Two addresses, the first as said. */
const pools = (changes: Partial<PlanInput['pools'][number]>): Partial<PlanInput> => ({
  pools: [{ name: 'shared', addresses: ['192.0.2.10', '198.51.100.10'], ...changes }],
});
const dynamic = pools({ dynamic: ['192.0.2.10'] });
const nameless = pools({ nameless: ['192.0.2.10'] });

const published = ({ register }: Stage): readonly boolean[] =>
  register.dossiers.map((dossier) => dossier.published);

test('the PBL takes no notice of spam', () => {
  const stage = withRegister({}, 'spamhaus-pbl');
  hit(stage, 100);
  advance(stage.world, day);
  expect(isPublished(stage.register)).toBe(false);
});

test('the PBL names an address in a dynamic range from the first instant on, and no other', () => {
  const stage = withRegister({}, 'spamhaus-pbl', 'one', dynamic);
  advance(stage.world, 0);
  expect(published(stage)).toEqual([true, false]);
  expect(zoneAnswer(stage.world, stage.register, 0).codes).toEqual(['127.0.0.10']);
  expect(stage.world.tally.listings).toMatchObject([
    { address: '192.0.2.10', listed: 0, cause: 'end-user/dynamic range; not abuse based' },
  ]);
  advance(stage.world, 60 * day);
  expect(published(stage)).toEqual([true, false]);
});

test('an address without a reverse name is no concern of the PBL', () => {
  const stage = withRegister({}, 'spamhaus-pbl', 'one', {
    ...nameless, registers: [
      { name: 'watch', preset: 'spamhaus-pbl' }, { name: 'other', preset: 'spamrats-noptr' },
    ],
  });
  advance(stage.world, day);
  expect(published(stage)).toEqual([false, false]);
});

test('ZEN has what its member PBL has, also where the plan names ZEN alone', () => {
  const { world, register } = withRegister({}, 'spamhaus-zen', 'one', dynamic);
  advance(world, 0);
  expect(zoneAnswer(world, register, 0).codes).toEqual(['127.0.0.10']);
  expect(world.tally.listings.map((one) => one.register)).toEqual(['watch']);
});

test('the PBL gives the owner of a mail server an exception for good', () => {
  const stage = withRegister({}, 'spamhaus-pbl', 'one', dynamic);
  advance(stage.world, day);
  expect(answerRequest(stage.world, stage.register, 0)).toBe(true);
  hit(stage, 100);
  advance(stage.world, 4 * day);
  expect(published(stage)).toEqual([false, false]);
});

test('SpamRATS lists an address of its kind for abuse: a trap hit, or 50 unknown users in a day', () => {
  for (const [preset, its] of [['spamrats-dyna', dynamic], ['spamrats-noptr', nameless]] as const) {
    const stage = withRegister({}, preset, 'one', its);
    const { world } = stage;
    advance(world, day);
    miss(stage, 49);
    advance(world, day + 3 * hour);
    expect(published(stage), preset).toEqual([false, false]);
    miss(stage, 1);
    advance(world, day + 6 * hour);
    expect(published(stage), preset).toEqual([true, false]);
    const other = withRegister({}, preset, 'one', its);
    hit(other, 1, 0);
    hit(other, 1, 1);
    advance(other.world, 3 * hour);
    expect(published(other), preset).toEqual([true, false]);
  }
});

test('an address without a name has none that looks dynamic', () => {
  const stage = withRegister({}, 'spamrats-dyna', 'one', {
    ...pools({ dynamic: ['192.0.2.10'], nameless: ['192.0.2.10'] }),
    registers: [{ name: 'watch', preset: 'spamrats-dyna' }, { name: 'other', preset: 'spamrats-noptr' }],
  });
  hit(stage, 3);
  advance(stage.world, day);
  expect(published(stage)).toEqual([false, false]);
});

test('our desk reads in the PBL’s answer that nobody is to blame, and asks at once', () => {
  const world = worldOf({
    ...dynamic, registers: [{ name: 'zen', preset: 'spamhaus-zen' }], desk: { staff: 1 },
  });
  const { account } = world.actors[0] ?? { account: world.accounts[0]! };
  for (let one = 0; one < 40; one += 1) world.ledger.addBounced(account.id, 0 as typeof world.agenda.now);
  // The office opens at 8; ten minutes for the form; an answer within two hours, in the zone within one more.
  advance(world, 8 * hour + 10 * minute);
  expect(world.desk.requests).toBe(1);
  expect(world.tally.accusations).toEqual([]);
  expect(world.tally.labour.withoutCause).toBe(0);
  advance(world, 12 * hour);
  expect(world.registers[0]!.dossiers[0]!.published).toBe(false);
});
