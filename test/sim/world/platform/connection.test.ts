// Connections to a receiver: kept for a while, opened anew after that, and good for so many messages.

import { describe, expect, test } from 'vitest';
import { step } from '../../../../sim/world/step.ts';
import { address, advance, mail, mute, worldOf } from '../stage.ts';

describe('a connection', () => {
  /** How long each of so many exchanges took, one after the other with a pause between. */
  const times = (pause: number, messages: number, preset: 'yandex' | 'apple'): readonly number[] => {
    const world = worldOf({
      tenants: [{ name: 'offices', count: 1, pool: 'shared', stream: mute }],
      outbound: { connections: 1 },
      receivers: [{ name: 'there', preset, share: '100%' }],
    });
    const took: number[] = [];
    for (let count = 0; count < messages; count += 1) {
      mail(world, [address(world)]);
      const began = world.agenda.now;
      while (world.outbound.lanes[0]!.busy > 0) void step(world, world.agenda.take());
      took.push(world.agenda.now - began);
      expect(world.outbound.lanes[0]!.depth).toBe(0);
      advance(world, world.agenda.now + pause);
    }
    return took;
  };
  const openings = (kept: readonly number[], always: readonly number[]): number =>
    kept.filter((time, index) => time === always[index]).length;

  test('is kept for two seconds, and opening another takes 0.4 s', () => {
    const [quick, slow] = [times(1_000, 20, 'yandex'), times(2_001, 20, 'yandex')];
    expect(quick[0]).toBe(slow[0]);
    expect(quick.slice(1)).toEqual(slow.slice(1).map((time) => time - 400));
  });

  test('takes as many messages as the receiver allows, five at Apple’s', () => {
    const [quick, slow] = [times(100, 20, 'apple'), times(10_000, 20, 'apple')];
    expect(openings(quick, slow)).toBe(4);
  });
});
