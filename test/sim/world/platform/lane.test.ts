// The queue for one receiver, against the theory of queues: it knows of connections, depth and age.

import { describe, expect, test } from 'vitest';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { leaveQueue, oldestAge } from '../../../../sim/world/platform/lane.ts';
import { tellStory } from '../../../../sim/world/measures/story.ts';
import { step } from '../../../../sim/world/step.ts';
import type { World } from '../../../../sim/world/world.ts';
import { address, advance, day, hour, mail, minute, mute, oracle, worldOf } from '../stage.ts';

const platform = (connections: number, changes: Partial<PlanInput> = {}): World =>
  worldOf({
    tenants: [{ name: 'offices', count: 1, pool: 'shared', stream: mute }],
    outbound: { connections },
    ...changes,
  });

/** Park and Miller's generator: arrivals of the test's own, apart from the world's luck. */
const generator = (seed: number): (() => number) => {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
};

interface Observed {
  /** Mean number in the system over time, mean time in it, and arrivals, all past the settling in. */
  readonly depth: number;
  readonly sojourn: number;
  readonly perMs: number;
}

/**
 * Hands in messages at random times, so many a second on average, and watches the lane from outside: its
 * depth at every event, and each message from its coming to its end.
 */
const observe = (world: World, perSecond: number, messages: number): Observed => {
  const lane = world.outbound.lanes[0]!;
  const draw = generator(7);
  let at = 0;
  let since = 0;
  let area = 0;
  let sojourn = 0;
  const alive: { message: ReturnType<typeof mail>; came: number }[] = [];
  const run = (to: number): void => {
    while (world.agenda.nextAt <= to) {
      const before = lane.depth;
      const event = world.agenda.take();
      area += before * (world.agenda.now - since);
      since = world.agenda.now;
      void step(world, event);
      for (let index = alive.length - 1; index >= 0; index -= 1) {
        const one = alive[index]!;
        if (one.message.open > 0) continue;
        sojourn += since - one.came;
        alive.splice(index, 1);
      }
    }
    area += lane.depth * (to - since);
    since = to;
  };
  for (let count = 0; count < messages; count += 1) {
    at += (-Math.log(draw()) / perSecond) * 1_000;
    const now = Math.round(at);
    run(now);
    // The clock stands at the last event; an event of no meaning brings it to the arrival.
    world.agenda.after((now - world.agenda.now) as typeof world.agenda.now, { kind: 'end' }, 3);
    void step(world, world.agenda.take());
    alive.push({ message: mail(world, [address(world)]), came: now });
  }
  const end = Math.round(at);
  run(end + hour);
  return { depth: area / end, sojourn: sojourn / messages, perMs: messages / end };
};

/** An exchange: 0.2 s, and an exponential time of mean 0.7 s; 0.4 s more where no connection was kept. */
const mean = 0.9;
const square = mean * mean + 0.7 * 0.7;
const opening = 0.4;

describe('one connection', () => {
  /** M/G/1 where the first of a busy period may be longer (Welch 1964): mean time in the system, seconds. */
  const expected = (perSecond: number): number => {
    const opens = Math.exp(-perSecond * 2);
    const first = mean + opening * opens;
    const firstSquare = square + opens * (2 * opening * mean + opening * opening);
    const idle = 1 - perSecond * mean;
    const share = idle / (1 + perSecond * (first - mean));
    const wait =
      (perSecond * square) / (2 * idle)
      + (perSecond * (firstSquare - square)) / (2 * (1 + perSecond * (first - mean)));
    return wait + (1 - share) * mean + share * first;
  };

  test('the formula is the oracle’s where a connection costs nothing to open', () => {
    const wait = oracle<unknown, Record<string, number>>('mg1-pk').expected;
    const pk = (lambda: number, squared: number): number => (lambda * squared) / (2 * (1 - lambda));
    expect(pk(0.8, 1)).toBeCloseTo(wait['M/D/1 lam=.8 s=1']!, 9);
    expect(pk(0.8, 2)).toBeCloseTo(wait['M/M/1 lam=.8 mu=1']!, 9);
    expect((0.7 * square) / (2 * (1 - 0.7 * mean))).toBeLessThan(expected(0.7) - mean + 0.1);
  });

  test.each([0.3, 0.7])('%d messages a second stay as long as M/G/1 says, within 4 %', (perSecond) => {
    const { sojourn } = observe(platform(1), perSecond, 40_000);
    expect(Math.abs(sojourn / 1_000 / expected(perSecond) - 1)).toBeLessThan(0.04);
  });
});

test('mean depth is rate of arrival times mean stay (Little’s law), whatever the connections', () => {
  for (const connections of [1, 3, 20]) {
    const { depth, perMs, sojourn } = observe(platform(connections), 0.9 * Math.min(connections, 4), 5_000);
    expect(Math.abs(depth / (perMs * sojourn) - 1)).toBeLessThan(1e-9 + 0.001);
  }
});

test('refused at once as often as Erlang B says, where a receiver allows three connections', () => {
  // Two addresses may open six; all mail leaves by one of them, and what is refused is not tried again.
  const pools = [{ name: 'shared', addresses: ['192.0.2.10', '192.0.2.11', '192.0.2.12', '192.0.2.13'] }];
  const world = platform(400, {
    pools: pools as PlanInput['pools'],
    receivers: [{ name: 'there', preset: 'gmx-webde', share: '100%' }],
  });
  const receiver = world.receivers[0]!;
  const allowed = receiver.preset.connection.maxPerIp!;
  const lane = world.outbound.lanes[0]!;
  const draw = generator(11);
  let crowded = 0;
  let busyMs = 0;
  let at = 0;
  const tried = 30_000;
  const perSecond = 3;
  let counted = 0;
  while (counted < tried) {
    at += (-Math.log(draw()) / perSecond) * 1_000;
    while (world.agenda.nextAt <= at) {
      const event = world.agenda.take();
      if (event.kind === 'queue-run') {
        leaveQueue(world, lane, event.envelope);
        continue;
      }
      if (event.kind === 'exchange' && !event.envelope.crowded)
        busyMs += world.agenda.now - event.envelope.begun;
      void step(world, event);
    }
    world.agenda.after((Math.round(at) - world.agenda.now) as typeof world.agenda.now, { kind: 'end' }, 3);
    void step(world, world.agenda.take());
    const actor = world.actors[0]!;
    while ((actor.id + actor.count) % 4 !== 0) actor.count += 1;
    mail(world, [address(world)]);
    counted += 1;
    if (lane.newest!.crowded) crowded += 1;
  }
  const load = (perSecond * (busyMs / (tried - crowded))) / 1_000;
  let blocked = 1;
  for (let servers = 1; servers <= allowed; servers += 1) {
    blocked = (load * blocked) / (servers + load * blocked);
  }
  // A binomial share over 30,000 arrivals that hang together for a second or so: four standard deviations.
  const sd = Math.sqrt((blocked * (1 - blocked) * 3) / tried);
  expect(Math.abs(crowded / tried - blocked)).toBeLessThan(4 * sd);
});

describe('depth and age', () => {
  test('count all that is queued: in an exchange, waiting, deferred', () => {
    const world = platform(2);
    world.transport = { ...world.transport, deliver: ({ recipients }) => recipients.map(() => ({
      code: 450, enhanced: '', text: 'later', class: 'transient' as const,
    })) };
    const lane = world.outbound.lanes[0]!;
    for (let count = 0; count < 7; count += 1) mail(world, [address(world)]);
    expect([lane.depth, lane.busy, lane.peak]).toEqual([7, 2, 7]);
    advance(world, hour);
    expect([lane.depth, oldestAge(lane, world.agenda.now)]).toEqual([7, hour]);
    advance(world, 6 * day);
    expect([lane.depth, lane.peak]).toEqual([0, 7]);
    // Given up after five days, at the attempt after them.
    expect(lane.age).toBeGreaterThan(5 * day);
    expect(lane.age).toBeLessThan(5 * day + 2 * hour);
    const story = tellStory(world, '', 0);
    expect(story.metrics['queue.age'].value).toBe(lane.age);
    expect(story.queues).toEqual([{ receiver: 'plain', peak: 7, peakAt: 0, oldest: lane.age, left: 0 }]);
  });

  test('an hour’s outage shows bin by bin, for as long as it lasts', () => {
    const world = platform(5, {
      incidents: [
        { kind: 'compromised', at: '12h', who: { group: 'offices' }, how: 'weak-password', rate: '1/d',
          length: '1h' },
      ],
    });
    let down = true;
    const { deliver } = world.transport;
    world.transport = {
      ...world.transport,
      deliver: (envelope) => (down
        ? envelope.recipients.map(() => ({
            code: 450, enhanced: '', text: 'later', class: 'transient' as const }))
        : deliver(envelope)),
    };
    advance(world, 2 * hour + minute);
    for (let count = 0; count < 9; count += 1) mail(world, [address(world)]);
    advance(world, 3 * hour);
    down = false;
    advance(world, 20 * hour);
    const series = tellStory(world, '', 0).series!;
    const [queue] = series.queues;
    const bin = (at: number): number => Math.floor((at - series.start) / series.bin);
    expect(queue!.depth[bin(2 * hour - 1)]).toBe(0);
    expect(queue!.depth.slice(bin(2 * hour), bin(3 * hour))).toEqual([9, 9]);
    expect(queue!.oldest.slice(bin(2 * hour), bin(3 * hour))).toEqual([29, 59]);
    expect(queue!.depth.slice(bin(5 * hour)).every((depth) => depth <= 1)).toBe(true);
  });

  test('those that are gone are let go of, wherever in the queue they lay; the rest keep their order', () => {
    const world = platform(5);
    const delivered = new Set<number>();
    const { deliver } = world.transport;
    world.transport = {
      ...world.transport,
      deliver: (envelope) => (delivered.has(envelope.message.number) ? deliver(envelope)
        : [{ code: 450, enhanced: '', text: 'later', class: 'transient' as const }]),
    };
    const lane = world.outbound.lanes[0]!;
    const messages = Array.from({ length: 5 }, () => mail(world, [address(world)]));
    const queued = (): readonly number[] => {
      const numbers: number[] = [];
      for (let one = lane.oldest; one !== null; one = one.younger) numbers.push(one.message.number);
      const back: number[] = [];
      for (let one = lane.newest; one !== null; one = one.older) back.push(one.message.number);
      expect(back.toReversed()).toEqual(numbers);
      return numbers;
    };
    const numbers = messages.map(({ number }) => number);
    expect(queued()).toEqual(numbers);
    // The middle, the oldest, the newest, and the rest.
    for (const places of [[2], [0], [4], [1, 3]]) {
      for (const place of places) delivered.add(numbers[place]!);
      advance(world, world.agenda.now + 3 * hour);
      expect(queued()).toEqual(numbers.filter((number) => !delivered.has(number)));
    }
    expect([lane.depth, lane.oldest, lane.newest]).toEqual([0, null, null]);
  });
});
