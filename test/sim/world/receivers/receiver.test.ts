// A receiver's rules, phase by phase, and how long it believes what a register said.

import { describe, expect, test } from 'vitest';
import type { AddressKey, ReceiverId } from '../../../../policy/index.ts';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { receiverPreset } from '../../../../sim/presets/index.ts';
import type { Envelope } from '../../../../sim/world/platform/outbound.ts';
import { onConnect, onData, onMail, onRecipient, weightOf } from '../../../../sim/world/receivers/receiver.ts';
import type { World } from '../../../../sim/world/world.ts';
import { address, advance, day, hour, minute, oracle, second, worldOf } from '../stage.ts';

type ReceiverInput = PlanInput['receivers'][number];

const withReceiver = (
  preset: ReceiverInput['preset'],
  registers: NonNullable<PlanInput['registers']> = [],
  seed = 'one',
) => worldOf({ registers, receivers: [{ name: 'there', preset, share: '100%' }] }, { seed });

/** Mail from the first of our addresses to these recipients, by the transport in memory. */
const send = (world: World, ...recipients: AddressKey[]) => {
  const envelope = { receiver: 0 as ReceiverId, address: 0, recipients } as unknown as Envelope;
  const replies = world.transport.deliver(envelope);
  if (replies instanceof Promise) throw new Error('the transport in memory answers at once');
  return replies;
};

const list = (world: World, name: string, listed = true): void => {
  world.registers.find((register) => register.name === name)!.dossiers[0]!.published = listed;
};

const register = (preset: NonNullable<PlanInput['registers']>[number]['preset']) => ({
  name: preset,
  preset,
  rule: { trapThreshold: 1, window: '1d', expiry: '7d' } as const,
});

describe('phases', () => {
  test.each([
    ['yahoo', 'connect'],
    ['small-postfix', 'rcpt'],
    ['spamassassin-scoring', 'data'],
  ] as const)('%s speaks of a listing at %s and not before', (preset, phase) => {
    const css = [register('spamhaus-css'), register('psbl')];
    const world = withReceiver(preset, css);
    const receiver = world.receivers[0]!;
    // SpamAssassin's two rules together pass 5 points.
    for (const one of css) list(world, one.name);
    send(world, address(world, 'person'));
    const said = {
      connect: onConnect(world, receiver, 0),
      mail: onMail(world, receiver, 0),
      rcpt: onRecipient(world, receiver, 0, address(world, 'person')),
      data: onData(world, receiver, 0),
    };
    const refusing = Object.entries(said)
      .filter(([, reply]) => reply !== null && reply.code >= 400)
      .map(([name]) => name);
    expect(refusing).toEqual([phase]);
  });

  test('outlook-consumer asks registers about domains, so a listing of the address moves it not', () => {
    const world = withReceiver('outlook-consumer', [register('spamhaus-css')]);
    expect(world.receivers[0]!.consults).toEqual([]);
  });

  test('each recipient has a reply of its own, in order', () => {
    const world = withReceiver('small-postfix');
    const [person, unknown, full] = [
      address(world, 'person'),
      address(world, 'unknown'),
      address(world, 'full'),
    ];
    expect(send(world, unknown, person, full, person).map((reply) => [reply.code, reply.class])).toEqual([
      [550, 'unknownUser'],
      [250, 'accepted'],
      [452, 'mailboxFull'],
      [250, 'accepted'],
    ]);
  });

  test('a refusal at the greeting stands for all recipients', () => {
    const world = withReceiver('yahoo', [register('spamhaus-css')]);
    list(world, 'spamhaus-css');
    expect(
      send(world, address(world, 'person'), address(world, 'unknown')).map((reply) => reply.code),
    ).toEqual([553, 553]);
  });
});

describe('registers consulted', () => {
  test('postscreen adds weights: barracuda alone is 2 of 3, with psbl it is 3', () => {
    const world = withReceiver('postscreen-strict', [register('barracuda-brbl'), register('psbl')]);
    const person = address(world, 'person');
    list(world, 'barracuda-brbl');
    expect(send(world, person)[0]!.code).toBe(250);
    list(world, 'psbl');
    advance(world, 2 * hour);
    expect(send(world, person)[0]).toMatchObject({ code: 550, class: 'dnsblBlock' });
  });

  test('a receiver that asks Spamhaus ZEN hears of CSS: it counts 3 at postscreen', () => {
    expect(weightOf(receiverPreset('postscreen-strict'), 'spamhaus-css')).toBe(3);
    expect(weightOf(receiverPreset('small-postfix'), 'spamhaus-css')).toBe(1);
    expect(weightOf(receiverPreset('postscreen-strict'), 'uceprotect-1')).toBe(0);
    const world = withReceiver('postscreen-strict', [register('spamhaus-css')]);
    list(world, 'spamhaus-css');
    expect(send(world, address(world, 'person'))[0]!.code).toBe(550);
  });

  test('SpamAssassin needs 5 points: CSS has 3.335, with PSBL 6.035', () => {
    const world = withReceiver('spamassassin-scoring', [register('spamhaus-css'), register('psbl')]);
    list(world, 'spamhaus-css');
    expect(send(world, address(world, 'person'))[0]!.code).toBe(250);
    list(world, 'psbl');
    advance(world, 2 * hour);
    expect(send(world, address(world, 'person'))[0]!.class).toBe('dnsblBlock');
  });

  test('a register it does not ask means nothing to it', () => {
    const world = withReceiver('gmail', [register('psbl')]);
    list(world, 'psbl');
    expect(send(world, address(world, 'person'))[0]!.code).toBe(250);
  });
});

describe('limits', () => {
  test('gmail takes its messages an hour from one address, then defers until the next hour', () => {
    const world = withReceiver('gmail');
    const most = receiverPreset('gmail').rate.perIpPerHour!;
    const person = address(world, 'person');
    for (let count = 0; count < most; count += 1) expect(send(world, person)[0]!.code).toBe(250);
    expect(send(world, person)[0]).toMatchObject({ code: 421, enhanced: '4.7.28' });
    advance(world, hour);
    expect(send(world, person)[0]!.code).toBe(250);
  });

  test('a connection beyond those it allows an address is answered 421', () => {
    const world = withReceiver('small-postfix');
    const receiver = world.receivers[0]!;
    receiver.crowded[0] = 1;
    expect(send(world, address(world))[0]).toMatchObject({ code: 421, class: 'rateLimit' });
    receiver.crowded[0] = 0;
    expect(send(world, address(world))[0]!.code).toBe(250);
  });
});

describe('the receiver’s cache', () => {
  test('a listing is noticed no later than the negative TTL', () => {
    const world = withReceiver('small-postfix', [register('spamhaus-css')]);
    const person = address(world, 'person');
    expect(send(world, person)[0]!.code).toBe(250);
    list(world, 'spamhaus-css');
    const { negativeS } = world.registers[0]!.preset.ttl;
    advance(world, negativeS * second - 1);
    expect(send(world, person)[0]!.code).toBe(250);
    advance(world, negativeS * second);
    expect(send(world, person)[0]!.code).toBe(554);
  });

  test.each([
    ['small-postfix', 'spamhaus-css', 60],
    ['uce-hardliner', 'uceprotect-1', 2_100],
    ['barracuda', 'barracuda-brbl', 2_100],
    // postscreen keeps an answer at least a minute and at most an hour.
    ['postscreen-strict', 'spamhaus-css', 60],
    ['postscreen-strict', 'psbl', 2_100],
  ] as const)('%s rejects a delisted address for the TTL of %s and no longer', (preset, name, ttl) => {
    const world = withReceiver(
      preset,
      name === 'psbl' ? [register(name), register('barracuda-brbl')] : [register(name)],
    );
    const person = address(world, 'person');
    for (const { name: each } of world.registers) list(world, each);
    expect(send(world, person)[0]!.code).toBeGreaterThanOrEqual(500);
    list(world, name, false);
    advance(world, ttl * second - 1);
    expect(send(world, person)[0]!.code).toBeGreaterThanOrEqual(500);
    advance(world, ttl * second);
    expect(send(world, person)[0]!.code).toBe(250);
  });

  test('postscreen bounds what a register says of its own life: 60 s to 1 h', () => {
    const world = withReceiver('postscreen-strict', [register('spamhaus-css')]);
    const person = address(world, 'person');
    send(world, person);
    list(world, 'spamhaus-css');
    // Its negative TTL is 10 s.
    advance(world, minute - 1);
    expect(send(world, person)[0]!.code).toBe(250);
    advance(world, minute);
    expect(send(world, person)[0]!.code).toBe(550);
  });

  test('hit ratio and mean delay are those of renewal theory (oracle dns-cache-ttl)', () => {
    interface Point {
      readonly hit: number;
      readonly mean_delay: number;
    }
    const { expected } = oracle<unknown, Readonly<Record<string, Point>>>('dns-cache-ttl');
    // A question a minute; the TTL of uceprotect-1, both ways, is 35 minutes.
    const point = expected['q=1.0/min tau=35.0min']!;
    const world = withReceiver('uce-hardliner', [register('uceprotect-1')]);
    expect(world.registers[0]!.preset.ttl).toEqual({ positiveS: 2_100, negativeS: 2_100 });
    const person = address(world, 'person');
    const stream = world.streams.open('questions');
    const consulted = world.receivers[0]!.consults[0]!;
    let asked = 0;
    let hits = 0;
    const delays: number[] = [];
    let now = 0;
    for (let round = 0; round < 400; round += 1) {
      // A listing at an instant that knows nothing of the questions, then some time off the register again.
      const listedAt = now + 35 * minute + Math.round(world.streams.next(stream) * 200 * minute);
      let seen = false;
      while (!seen) {
        now += Math.ceil(world.streams.exponential(stream) * minute);
        list(world, 'uceprotect-1', now >= listedAt);
        advance(world, now);
        asked += 1;
        if (consulted.until[0]! > now) hits += 1;
        seen = send(world, person)[0]!.code >= 500;
      }
      delays.push((now - listedAt) / minute);
      now += 3 * day;
      list(world, 'uceprotect-1', false);
    }
    const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
    // Delays lie between 0 and about 36 minutes: a standard deviation below 11. Hits cluster by listing
    // period: 1 in 100.
    expect(Math.abs(mean - point.mean_delay)).toBeLessThan((4 * 11) / Math.sqrt(delays.length));
    expect(Math.abs(hits / asked - point.hit)).toBeLessThan(0.01);
  }, 20_000);
});
