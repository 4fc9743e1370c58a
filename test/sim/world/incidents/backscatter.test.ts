// Answers to forged mail.

import { expect, test } from 'vitest';
import { expectCount } from '../senders/writing.ts';
import { day } from '../stage.ts';
import { after, who } from './trouble.ts';

test('an autoresponder answers without a sender, and one answer in fifty reaches a backscatter trap', () => {
  const { world, all } = after(
    [{ kind: 'backscatter', at: '1h', who, rate: '5000/h', length: '4d' }], 5 * day,
  );
  expectCount(all.length, 5_000 * 96);
  expect(all.every(({ submission }) => submission.nullSender)).toBe(true);
  expect(all.every(({ actor }) => actor.truth === 'unwanted')).toBe(true);
  const kinds = all.map(({ submission }) => world.addresses.kindOf(submission.recipients[0]!));
  expectCount(kinds.filter((kind) => kind === 'backscatter').length, all.length * 0.02);
  expect(kinds.filter((kind) => kind === 'pristine' || kind === 'recycled')).toEqual([]);
  expect(world.culprits[0]!.cause).toBe('backscatter');
});
