// The SBL: written by hand, told to the owner, and spreading where nobody listens.

import { expect, test } from 'vitest';
import { answerRequest } from '../../../../../sim/world/registers/register.ts';
import { hit, type Stage, withRegister } from '../one-register.ts';
import { advance, day, hour, isPublished } from '../../stage.ts';
import { step } from '../../../../../sim/world/step.ts';
import { zoneAnswer } from '../../../../../sim/world/registers/zone.ts';

const sbl = (seed: string): Stage =>
  withRegister({}, 'spamhaus-sbl', seed, {
    pools: [{ name: 'shared', addresses: ['192.0.2.10', '192.0.2.20', '198.51.100.10'] }],
  });

test('a record is written on one day in five, hours after the evidence at the earliest', () => {
  const waits = Array.from({ length: 60 }, (_none, index) => {
    const stage = sbl(`seed ${index}`);
    // The evidence goes on, so that a late reviewer still finds enough of it.
    for (let today = 0; today < 60; today += 1) {
      advance(stage.world, today * day);
      if (stage.register.dossiers[0]!.decided) break;
      hit(stage, 10);
    }
    return stage.register.dossiers[0]!.listedAt;
  });
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(6 * hour);
  // Geometric with 1 in 5: the mean is 4 days after the first look, one sigma of 60 runs is 0.58 days.
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length / day - 0.25;
  expect(Math.abs(mean - 4)).toBeLessThan(1.8);
});

test('a record that is ignored spreads to the range, then to all addresses, with the code of DROP', () => {
  const stage = sbl('one');
  const { world, register } = stage;
  const listed = (): boolean[] => register.dossiers.map(({ published }) => published);
  const seen: string[] = [];
  for (let today = 0; today < 120; today += 1) {
    advance(world, today * day);
    hit(stage, 10);
    const now = listed().map(Number).join('');
    if (seen.at(-1) !== now) seen.push(now);
  }
  expect(seen).toEqual(['000', '100', '110', '111']);
  expect(zoneAnswer(world, register, 0).codes).toEqual(['127.0.0.2', '127.0.0.9']);
});

test('a false claim of having fixed the cause makes it spread at once', () => {
  const stage = sbl('one');
  const { world, register } = stage;
  for (let today = 0; !isPublished(register); today += 1) {
    advance(world, today * day);
    hit(stage, 10);
  }
  Object.assign(register.dossiers[0]!, { withCause: true, askedAt: world.agenda.now });
  advance(world, world.agenda.now + hour);
  hit(stage);
  expect(answerRequest(world, register, 0)).toBe(false);
  expect(register.dossiers.map(({ decided }) => decided)).toEqual([true, true, false]);
});

/** When our desk gets the notice of the first record, from its listing on; null where it never does. */
const noticeAfter = (seed: string): number | null => {
  const stage = sbl(seed);
  const { world, register } = stage;
  const told: number[] = [];
  let listed = -1;
  for (let today = 0; today < 40 && told.length === 0; today += 1) {
    if (listed < 0) hit(stage, 10);
    while (world.agenda.nextAt <= (today + 1) * day) {
      const event = world.agenda.take();
      if (event.kind === 'desk-mail' && event.mail.kind === 'register-report') told.push(world.agenda.now);
      void step(world, event);
    }
    listed = register.dossiers[0]!.listedAt;
    advance(world, (today + 1) * day);
  }
  return told.length === 0 ? null : told[0]! - listed;
};

test('a notice goes to the owner of the network, who passes four in five on, hours or days later', () => {
  const waits = Array.from({ length: 40 }, (_, seed) => noticeAfter(`seed ${seed}`));
  const heard = waits.filter((wait) => wait !== null);
  // 32 on average, standard deviation 2.5.
  expect(Math.abs(heard.length - 32)).toBeLessThan(3 * 2.5);
  expect(Math.min(...heard)).toBeGreaterThanOrEqual(4 * hour);
  expect(Math.max(...heard)).toBeLessThanOrEqual(5 * day);
});
