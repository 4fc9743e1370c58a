// The owner of the network, who alone is heard by some registers: when he passes words on, and when not.

import { expect, test } from 'vitest';
import { tellStory } from '../../../../sim/world/measures/story.ts';
import { forwardedAfterS, isLeftLying } from '../../../../sim/world/registers/upstream.ts';
import { decide, type Register } from '../../../../sim/world/registers/register.ts';
import type { World } from '../../../../sim/world/world.ts';
import { advance, advanceUntil, day, hour, worldOf } from '../stage.ts';
import { withRegister } from './one-register.ts';

test('he passes on 4 to 48 hours later, in his office hours', () => {
  const { world, register } = withRegister({}, 'spamhaus-sbl');
  const waits = Array.from({ length: 200 }, (_, letter) => forwardedAfterS(world, register, 0, letter));
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(4 * 3_600);
  // Time 0 is a Monday, 0:00: what falls into the night waits for nine o'clock, two days later at most.
  for (const wait of waits) {
    const ofDay = (wait * 1_000) % day;
    expect(ofDay).toBeGreaterThanOrEqual(9 * hour);
    expect(ofDay).toBeLessThan(17 * hour);
  }
  expect(Math.max(...waits)).toBeLessThanOrEqual((2 * 24 + 9) * 3_600);
  advance(world, 4 * day + 18 * hour);
  // From Friday evening to Monday morning at least.
  expect(forwardedAfterS(world, register, 0, 1)).toBeGreaterThanOrEqual((2 * 24 + 15) * 3_600);
});

test('he leaves one letter in five lying', () => {
  const { world, register } = withRegister({}, 'spamhaus-sbl');
  const lying = Array.from({ length: 2_000 }, (_, letter) => isLeftLying(world, register, 0, letter));
  // 400 on average, standard deviation 17.9.
  expect(Math.abs(lying.filter(Boolean).length - 400)).toBeLessThan(4 * 17.9);
});

/** A desk whose address is on the SBL by an analyst's hand; it has found who it was. */
const onTheSbl = (seed: string): World => {
  const world = worldOf(
    { registers: [{ name: 'sbl', preset: 'spamhaus-sbl' }], desk: { rightly: '100%' } }, { seed },
  );
  advance(world, 9 * hour);
  for (let one = 0; one < 40; one += 1) world.ledger.addBounced(world.accounts[0]!.id, world.agenda.now);
  decide(world, world.registers[0]!, 0, true, 'record written');
  return world;
};
const isOff = ({ dossiers }: Register) => (): boolean => !dossiers[0]!.published;

test('a request he leaves lying is no refusal: the desk asks again after three days', () => {
  const lay: number[] = [];
  const passed: number[] = [];
  for (let seed = 0; seed < 40; seed += 1) {
    const world = onTheSbl(`seed ${seed}`);
    const [register] = world.registers as readonly [Register];
    advanceUntil(world, () => world.desk.requests > 0, 3 * day);
    const asked = world.agenda.now;
    const lies = register.dossiers[0]!.lies;
    advance(world, asked + 3 * day - 1);
    if (lies) expect(world.desk.requests).toBe(1);
    const off = advanceUntil(world, isOff(register), asked + 60 * day);
    (lies ? lay : passed).push(off - asked);
    const { metrics } = tellStory(world, '', 0);
    expect(metrics['delist.refused'].value).toBe(0);
    if (!lies) expect(metrics['delist.requests'].value).toBe(1);
    else {
      expect(metrics['delist.requests'].value).toBeGreaterThan(1);
      expect(world.tally.timeline.map(({ what }) => what)).toContain(
        "hears that the network's owner has not written to sbl of 192.0.2.10 yet");
    }
  }
  expect(lay.length).toBeGreaterThan(2);
  expect(passed.length).toBeGreaterThan(20);
  expect(Math.min(...lay)).toBeGreaterThan(3 * day);
  expect(Math.min(...passed)).toBeLessThan(3 * day);
});
