// Neighbours' spam: registers of ranges list us for it, all others do not.

import { expect, test } from 'vitest';
import type { Rate } from '../../../../sim/plan/quantities.ts';
import { advance, day, hour, worldOf } from '../stage.ts';

const withNeighbours = (addresses: string[], rate: Rate) =>
  worldOf({
    pools: [{ name: 'shared', addresses: ['192.0.2.10'] }],
    registers: [
      { name: 'one', preset: 'uceprotect-1', coverage: '100%' },
      { name: 'two', preset: 'uceprotect-2', coverage: '100%' },
      { name: 'three', preset: 'uceprotect-3', coverage: '100%' },
      { name: 'bbfh', preset: 'bbfh', coverage: '100%' },
    ],
    incidents: [{ kind: 'neighbour', at: '1h', addresses, rate, length: '10h' }],
  });

test('a neighbour in our /24 gets its allocation listed, and us with it', () => {
  const world = withNeighbours(['192.0.2.77'], '2/h');
  advance(world, 14 * hour);
  expect(world.registers.map(({ dossiers }) => dossiers[0]!.published)).toEqual([false, true, false, false]);
  advance(world, 20 * day);
  expect(world.registers[1]!.dossiers[0]!.published).toBe(false);
  const [listing, ...more] = world.tally.listings;
  expect(listing!.cause).toMatch(/^(\d+) of \1 trap hits by neighbours$/);
  expect(more).toEqual([]);
});

test('one farther off counts for the network alone', () => {
  const world = withNeighbours(['192.0.9.77', '192.0.10.77'], '20/h');
  advance(world, 14 * hour);
  expect(world.registers.map(({ dossiers }) => dossiers[0]!.published)).toEqual([false, false, true, false]);
});

test('neighbours make as many hits as their rate says, and none after their time', () => {
  const world = withNeighbours(['192.0.2.77'], '50/h');
  advance(world, 11 * hour);
  const { hits } = world.registers[1]!.dossiers[0]!;
  // Poisson of mean 500: outside 420 to 580 less than once in 2,000 times.
  expect(hits.length).toBeGreaterThan(420);
  expect(hits.length).toBeLessThan(580);
  expect(hits[0]).toBeGreaterThanOrEqual(hour);
  expect(hits.at(-1)).toBeLessThanOrEqual(11 * hour);
  advance(world, 5 * day);
  expect(world.registers[1]!.dossiers[0]!.hits.at(-1)).toBeLessThanOrEqual(11 * hour);
});
