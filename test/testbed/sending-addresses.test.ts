// Which simulated address a connection stands for.

import { expect, test } from 'vitest';
import { SendingAddresses } from '../../testbed/index.ts';

const ends = { port: 40_000, serverPort: 2525 };

test('answers at once where the address was entered, and waits where it was not', async () => {
  const addresses = new SendingAddresses();
  const early = addresses.of(ends);
  addresses.enter(ends, '192.0.2.10');
  expect(addresses.of(ends)).toBe('192.0.2.10');
  expect(await early).toBe('192.0.2.10');
});

test('two servers may see the same port of ours', () => {
  const addresses = new SendingAddresses();
  addresses.enter(ends, '192.0.2.10');
  addresses.enter({ ...ends, serverPort: 2526 }, '192.0.2.11');
  expect(addresses.of(ends)).toBe('192.0.2.10');
});

test('a closed connection does not take a later one of the same port along', () => {
  const addresses = new SendingAddresses();
  const leave = addresses.enter(ends, '192.0.2.10');
  addresses.enter(ends, '192.0.2.11');
  leave();
  expect(addresses.of(ends)).toBe('192.0.2.11');
});
