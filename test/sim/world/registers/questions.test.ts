// Receivers that look at no content ask registers all the same, and SpamCop counts the questions.

import { expect, test } from 'vitest';
import { inspect } from '../../../../sim/world/receivers/inspection.ts';
import { advance, hour, isPublished } from '../stage.ts';
import { hit, type Stage, withRegister } from './one-register.ts';

const asked = (preset: 'spamcop-scbl' | 'mailspike', copies: number): Stage => {
  const stage = withRegister({}, preset, 'one', {
    receivers: [{ name: 'plain', preset: 'cpanel-spamcop', share: '100%', consults: ['watch'] }],
  });
  const mail = { domain: 0, nature: 'wanted', luck: 1, number: 1 } as const;
  inspect(stage.world, stage.world.receivers[0]!, 0, mail, copies);
  return stage;
};

test('two trap hits list a sender that few have asked SpamCop about, and not one whom many have', () => {
  const [few, many] = [asked('spamcop-scbl', 10), asked('spamcop-scbl', 1_000)];
  for (const stage of [few, many]) {
    hit(stage, 2);
    advance(stage.world, hour);
  }
  expect([few, many].map(({ register }) => isPublished(register))).toEqual([true, false]);
});

test('a register of ratios hears nothing from a receiver that does not look at the content', () => {
  const { world, register } = asked('mailspike', 1_000);
  expect(register.traffic!.sum(0, world.agenda.now, 'seen')).toBe(0);
});
