// Replies that wait for a dead name server, and what the receiver did with the message meanwhile.

import { expect, test } from 'vitest';
import { address, advanceUntil, hour, mail, mute, worldOf } from '../stage.ts';

test('a late reply comes with what was done of its own message, not of one that came meanwhile', () => {
  const world = worldOf({
    receivers: [{ name: 'there', preset: 'm365', share: '100%', wrong: '100%' }],
    registers: [{ name: 'css', preset: 'spamhaus-css' }],
    tenants: [{ name: 'offices', count: 1, pool: 'shared', stream: mute }],
  });
  Object.assign(world.registers[0]!, { fault: 'ns-blackhole' });
  const [there] = world.receivers;
  const message = mail(world, [address(world)]);
  advanceUntil(world, () => there!.late === 1, hour);
  expect([there!.junked, message.delivered]).toEqual(['content', 0]);
  there!.junked = 'no';
  advanceUntil(world, () => message.delivered === 1, hour);
  expect([there!.junked, there!.late]).toEqual(['content', 0]);
});
