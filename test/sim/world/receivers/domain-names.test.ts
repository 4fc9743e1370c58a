// The name of a sending domain, by shares of what was asked for and seen of it.

import { expect, test } from 'vitest';
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
