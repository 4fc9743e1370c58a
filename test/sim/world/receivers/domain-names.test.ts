// The name of a sending domain, by shares of what was asked for and seen of it.

import { expect, test } from 'vitest';
import { newReputation } from '../../../../sim/world/receivers/reputation.ts';
import { address, advance, hour, second } from '../stage.ts';
import { letter, post, there, withReceiver } from './there.ts';

type Provider = 'gmail' | 'yahoo' | 'outlook-consumer';

/** Ten hours of mail of one domain, of which one in so many recipients is unknown; the level of its name. */
const levelWith = (preset: Provider, every: number): number => {
  const world = withReceiver(preset, { says: { caught: '100%', wrong: '0%' } });
  const person = [address(world)];
  const unknown = [address(world, 'unknown')];
  for (let sent = 1; sent <= 12_000; sent += 1) {
    advance(world, sent * 3 * second);
    post(world, letter(), sent % every === 0 ? unknown : person);
  }
  advance(world, 11 * hour);
  post(world, letter(), person);
  return there(world).domains.get(0)!.level;
};

test.each([
  'gmail', 'yahoo', 'outlook-consumer',
] as const)('at %s 1 unknown user in 100 leaves a domain its good name', (preset) => {
  expect(levelWith(preset, 100)).toBe(0);
});

test('at Gmail 1 unknown user in 5 gives a domain a bad one', () => {
  expect(levelWith('gmail', 5)).toBe(2);
});

test('a domain of bad name has half of its good mail filed as junk, from an address of good name too', () => {
  const world = withReceiver('gmail', { says: { wrong: '0%' } });
  there(world).domains.set(0, { ...newReputation(), hour: 0, level: 2 });
  const junked = (domain: number): number => {
    let count = 0;
    for (let sent = 0; sent < 1_000; sent += 1) {
      advance(world, world.agenda.now + 4 * second);
      // Within the twenty that it takes of a bad name in an hour.
      const known = there(world).domains.get(0)!;
      Object.assign(known, { taken: 0, level: 2 });
      post(world, letter('wanted', domain), [address(world)]);
      if (there(world).junked === 'sender') count += 1;
    }
    return count;
  };
  // 500 on average, standard deviation 15.8.
  expect(Math.abs(junked(0) - 500)).toBeLessThan(4 * 15.8);
  expect(junked(1)).toBe(0);
});
