// What a receiver looks at is counted once: a copy is one copy in what it tells of an address.

import { expect, test } from 'vitest';
import { address } from '../stage.ts';
import { flood, letter, post, withReceiver } from './there.ts';

test('a day’s colour goes by copies: each counts once, and once as spam', () => {
  const world = withReceiver('outlook-consumer', { says: { caught: '100%', wrong: '0%' } });
  flood(world, 30);
  flood(world, 7, 'abusive');
  post(world, letter(), [address(world), address(world), address(world)]);
  expect([...world.telemetry.counts[0]!]).toEqual([40, 7]);
});
