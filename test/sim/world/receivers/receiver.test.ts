// A receiver's rules, phase by phase, and how long it believes what a register said.

import { describe, expect, test } from 'vitest';
import { receiverPreset } from '../../../../sim/presets/index.ts';
import { listingWeight } from '../../../../sim/presets/consulted.ts';
import { address, advance, day, hour, minute, oracle, second } from '../stage.ts';
import { converse, list, register, send, sendOne, there, withReceiver } from './there.ts';

describe('phases', () => {
  test.each([
    ['yahoo', 'connect'],
    ['small-postfix', 'rcpt'],
  ] as const)('%s speaks of a listing at %s', (preset, phase) => {
    const world = withReceiver(preset, { registers: [register('spamhaus-css')] });
    list(world, 'spamhaus-css');
    expect(converse(world)).toMatchObject({ phase, reply: { class: 'dnsblBlock' } });
  });

  test('outlook-consumer asks registers about domains, so a listing of the address moves it not', () => {
    const world = withReceiver('outlook-consumer', { registers: [register('spamhaus-css')] });
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
    const world = withReceiver('yahoo', { registers: [register('spamhaus-css')] });
    list(world, 'spamhaus-css');
    expect(
      send(world, address(world, 'person'), address(world, 'unknown')).map((reply) => reply.code),
    ).toEqual([553, 553]);
  });
});

describe('registers consulted', () => {
  test('postscreen adds weights: barracuda alone is 2 of 3, with psbl it is 3', () => {
    const world = withReceiver('postscreen-strict', {
      registers: [register('barracuda-brbl'), register('psbl')],
    });
    const person = address(world, 'person');
    list(world, 'barracuda-brbl');
    expect(send(world, person)[0]!.code).toBe(250);
    list(world, 'psbl');
    advance(world, 2 * hour);
    expect(send(world, person)[0]).toMatchObject({ code: 550, class: 'dnsblBlock' });
  });

  test('a receiver that asks Spamhaus ZEN hears of CSS: it counts 3 at postscreen', () => {
    expect(listingWeight(receiverPreset('postscreen-strict'), 'spamhaus-css')).toBe(3);
    expect(listingWeight(receiverPreset('small-postfix'), 'spamhaus-css')).toBe(1);
    expect(listingWeight(receiverPreset('postscreen-strict'), 'uceprotect-1')).toBe(0);
    const world = withReceiver('postscreen-strict', { registers: [register('spamhaus-css')] });
    list(world, 'spamhaus-css');
    expect(send(world, address(world, 'person'))[0]!.code).toBe(550);
  });

  test('SpamAssassin adds 3.335 points for CSS, 6.035 with PSBL, to the content, and tags from 5', () => {
    const world = withReceiver('spamassassin-scoring', {
      registers: [register('spamhaus-css'), register('psbl')], says: { wrong: '0%' },
    });
    const junked = (): number => {
      let count = 0;
      for (let sent = 0; sent < 4_000; sent += 1) {
        expect(sendOne(world).code).toBe(250);
        if (there(world).junked === 'sender') count += 1;
      }
      return count / 4_000;
    };
    expect(junked()).toBe(0);
    list(world, 'spamhaus-css');
    advance(world, 2 * hour);
    // Wanted mail scores evenly between 0 and 2 points; 1.665 and more are enough with CSS: 16.75 %.
    expect(junked()).toBeCloseTo(0.1675, 1);
    list(world, 'psbl');
    advance(world, 4 * hour);
    expect(junked()).toBe(1);
  });

  test('a register it does not ask means nothing to it', () => {
    const world = withReceiver('gmail', { registers: [register('psbl')] });
    list(world, 'psbl');
    expect(send(world, address(world, 'person'))[0]!.code).toBe(250);
  });
});

describe('limits', () => {
  test('gmail takes its messages an hour from one address, then defers until the next hour', () => {
    const world = withReceiver('gmail');
    const most = receiverPreset('gmail').rate.perIpPerHour!;
    const people = Array.from({ length: 10 }, () => address(world, 'person'));
    const person = people[0]!;
    for (let count = 0; count < most; count += 1) expect(send(world, people[count % 10]!)[0]!.code).toBe(250);
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
    const world = withReceiver('small-postfix', { registers: [register('spamhaus-css')] });
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
    const others = name === 'psbl' ? [register('barracuda-brbl')] : [];
    const world = withReceiver(preset, { registers: [register(name), ...others] });
    const person = address(world, 'person');
    for (const { name: each } of world.registers) list(world, each);
    expect(send(world, person)[0]!.code).toBeGreaterThanOrEqual(500);
    list(world, name, false);
    advance(world, ttl * second - 1);
    expect(send(world, person)[0]!.code).toBeGreaterThanOrEqual(500);
    advance(world, ttl * second);
    // Barracuda then meets a sender it does not know.
    expect(send(world, person)[0]!.code).toBeLessThan(preset === 'barracuda' ? 452 : 251);
  });

  test('postscreen bounds what a register says of its own life: 60 s to 1 h', () => {
    const world = withReceiver('postscreen-strict', { registers: [register('spamhaus-css')] });
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
    const world = withReceiver('uce-hardliner', { registers: [register('uceprotect-1')] });
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
