// Registers that list what an address is.

import { expect, test } from 'vitest';
import { answerRequest } from '../../../../../sim/world/registers/register.ts';
import { setProperty } from '../../../../../sim/world/registers/rules/policy.ts';
import { hit, see, withRegister } from '../one-register.ts';
import { advance, day, hour, isPublished } from '../../stage.ts';

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

test('the PBL takes no notice of spam, and gives the owner of a mail server an exception for good', () => {
  const stage = withRegister({}, 'spamhaus-pbl');
  hit(stage, 100);
  advance(stage.world, day);
  expect(isPublished(stage.register)).toBe(false);
  setProperty(stage.world, stage.register, 0, true);
  advance(stage.world, 2 * day);
  expect(isPublished(stage.register)).toBe(true);
  expect(stage.world.tally.listings[0]!.cause).toBe('background trap hits alone');
  expect(answerRequest(stage.world, stage.register, 0)).toBe(true);
  hit(stage, 100);
  advance(stage.world, 4 * day);
  expect(isPublished(stage.register)).toBe(false);
});
