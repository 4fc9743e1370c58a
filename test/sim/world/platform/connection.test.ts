// Connections to a receiver: kept for a while, opened anew after that, and good for so many messages.

import { describe, expect, test } from 'vitest';
import { connect, disconnect } from '../../../../sim/world/platform/lane.ts';
import type { Envelope } from '../../../../sim/world/platform/outbound.ts';
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
    expect(times(2_000, 20, 'yandex')).toEqual(quick);
  });

  test('takes as many messages as the receiver allows, five at Apple’s', () => {
    const [quick, slow] = [times(100, 21, 'apple'), times(10_000, 21, 'apple')];
    expect(openings(quick, slow)).toBe(5);
  });

  test('that was refused for want of room at the receiver is not kept', () => {
    const lane = oneLane().outbound.lanes[0]!;
    const costs = (crowded: boolean, now: number): number => {
      const envelope = { crowded, connection: 0 } as Envelope;
      const opening = connect(lane, envelope, now);
      disconnect(lane, envelope, now);
      return opening;
    };
    expect([costs(true, 1_000), costs(false, 1_001), costs(true, 1_002), costs(false, 1_003)])
      .toEqual([400, 400, 0, 400]);
  });
});

test('each try of a message takes a time of its own', () => {
  const world = oneLane();
  const took: number[] = [];
  const deferred = { code: 451, enhanced: '4.7.1', text: 'later', class: 'transient' } as const;
  world.transport = {
    deliver: ({ begun }) => {
      took.push(world.agenda.now - begun);
      return [deferred];
    },
    ask: () => ({ codes: [], txt: '', ttlS: 60, failure: 'none' }),
  };
  mail(world, [address(world)]);
  while (took.length < 5) void step(world, world.agenda.take());
  expect(new Set(took).size).toBe(5);
});

test('the age of what left the queue within a bin is noted, and what left names no neighbour', () => {
  const world = oneLane();
  const lane = world.outbound.lanes[0]!;
  for (let count = 0; count < 3; count += 1) mail(world, [address(world)]);
  const left = [lane.oldest!, lane.oldest!.younger!, lane.newest!];
  while (lane.depth > 0) void step(world, world.agenda.take());
  expect(lane.binAge).toBe(world.agenda.now - left[2]!.since);
  expect(left.flatMap(({ older, younger }) => [older, younger])).toEqual(Array(6).fill(null));
});

const oneLane = () => worldOf({
  tenants: [{ name: 'offices', count: 1, pool: 'shared', stream: mute }],
  outbound: { connections: 1 },
  receivers: [{ name: 'there', preset: 'yandex', share: '100%' }],
});
