// The outbound queue: when an envelope is tried, how many at once, in which order, and what becomes of each
// copy.

import { describe, expect, test } from 'vitest';
import { type ReceiverId } from '../../../../policy/index.ts';
import signals from '../../../../sim/presets/signals.json' with { type: 'json' };
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { nextTry } from '../../../../sim/world/platform/conclusion.ts';
import type { Envelope } from '../../../../sim/world/platform/outbound.ts';
import type { Reply } from '../../../../policy/index.ts';
import type { World } from '../../../../sim/world/world.ts';
import {
  address,
  advance,
  type Circumstances,
  day,
  hour,
  mail,
  minute,
  mute,
  second,
  worldOf,
} from '../stage.ts';

const platform = (changes: Partial<PlanInput> = {}, circumstances: Circumstances = {}): World =>
  worldOf(
    { tenants: [{ name: 'offices', count: 2, pool: 'shared', stream: mute }], ...changes },
    circumstances,
  );

const reply = (code: number): Reply => ({
  code,
  enhanced: '',
  text: 'as told',
  class: code < 300 ? 'accepted' : code < 500 ? 'transient' : 'policy',
});

/** Lets a test answer every attempt; returns the attempts made, with their begin. */
const answered = (world: World, answer: (envelope: Envelope, attempt: number) => readonly number[]) => {
  const attempts: {
    readonly at: number;
    readonly message: number;
    readonly recipients: number;
    readonly address: number;
  }[] = [];
  world.transport = {
    deliver: (envelope) => {
      const { begun, message, recipients, address: from } = envelope;
      attempts.push({
        at: begun,
        message: message.submission.id,
        recipients: recipients.length,
        address: from,
      });
      return answer(envelope, attempts.length - 1).map(reply);
    },
    ask: () => ({ codes: [], txt: '', ttlS: 60, failure: 'none' }),
  };
  return attempts;
};

const postfix = signals.retrySchedules.find((schedule) => schedule.id === 'postfix-default')!;

describe('the retry schedule is Postfix’s', () => {
  test('where a reply takes no time: 107 tries in five days, and one after', () => {
    const { outbound: times } = platform().plan;
    const tries = [0];
    while (tries.at(-1)! < 5 * day) tries.push(nextTry(tries.at(-1)!, 0, times));
    const seconds = tries.map((at) => at / second);
    expect(seconds.slice(0, postfix.attemptsFirst12S!.length)).toEqual(postfix.attemptsFirst12S);
    expect(seconds.filter((at) => at < (5 * day) / second)).toHaveLength(postfix.attemptsTotal!);
    // Postfix looks at a message's age only after an attempt has failed (qmgr_active.c).
    expect(seconds.slice(postfix.attemptsTotal)).toEqual([433_200]);
  });

  test('a message deferred for ever is tried at scans, counted from each deferral, and bounces', () => {
    const world = platform();
    const { outbound: times } = world.plan;
    advance(world, 2 * minute);
    const deferred: number[] = [];
    const attempts = answered(world, () => {
      deferred.push(world.agenda.now);
      return [450];
    });
    const message = mail(world, [address(world)]);
    advance(world, 6 * day);
    expect(attempts[0]!.at).toBe(2 * minute);
    for (const [index, { at }] of attempts.slice(1).entries()) {
      const wait = at - deferred[index]!;
      const queued = deferred[index]! - 2 * minute;
      expect(at % times.scan).toBe(0);
      expect(wait).toBeGreaterThanOrEqual(Math.min(Math.max(queued, times.firstRetry), times.longestRetry));
      expect(wait).toBeLessThan(times.longestRetry + times.scan);
    }
    expect(attempts.length).toBeGreaterThan(100);
    expect(attempts.at(-1)!.at).toBeGreaterThan(5 * day);
    expect(message.open).toBe(0);
    expect(world.tally.census.ended).toEqual({ delivered: 0, bounced: 1, refused: 0 });
    expect([...world.tally.replies.values()].map((row) => row.class)).toContain('expired');
  });

  test('a greylist of exactly the shortest wait is met once, for that wait begins with the deferral', () => {
    const world = platform();
    let first = -1;
    const attempts = answered(world, () => {
      if (first < 0) first = world.agenda.now;
      return [world.agenda.now - first < 5 * minute ? 450 : 250];
    });
    mail(world, [address(world)]);
    advance(world, day);
    expect(attempts).toHaveLength(2);
  });

  test('a plan may give up sooner', () => {
    const world = platform({ outbound: { giveUp: '1h' } });
    const attempts = answered(world, () => [450]);
    mail(world, [address(world)]);
    advance(world, 2 * day);
    // Each deferral comes some tenths of a second after a scan; the last try is after the hour.
    expect(attempts.map(({ at }) => at / minute)).toEqual([0, 10, 25, 55, 115]);
    expect(world.tally.census.ended.bounced).toBe(1);
  });
});

describe('copies', () => {
  test('each has its own fate: one delivered, one bounced, one tried again alone', () => {
    const world = platform();
    const attempts = answered(world, (_, attempt) => (attempt === 0 ? [250, 550, 450] : [250]));
    const message = mail(world, [address(world), address(world), address(world)]);
    advance(world, minute);
    expect([message.delivered, message.open]).toEqual([1, 1]);
    expect(world.tally.census.live).toBe(1);
    advance(world, 15 * minute);
    expect(attempts.map(({ recipients }) => recipients)).toEqual([3, 1]);
    expect([message.delivered, message.open]).toEqual([2, 0]);
    expect(world.tally.census).toMatchObject({ live: 0, ended: { delivered: 1, bounced: 0, refused: 0 } });
  });

  test('at two receivers travel in two envelopes and make one message', () => {
    const world = platform({
      receivers: [
        { name: 'here', preset: 'yandex', share: '50%' },
        { name: 'there', preset: 'sfr', share: '50%' },
      ],
    });
    const attempts = answered(world, (envelope) =>
      envelope.recipients.map(() => (envelope.receiver === 0 ? 250 : 550)),
    );
    mail(world, [address(world, 'person', 0), address(world, 'person', 1), address(world, 'person', 0)]);
    advance(world, minute);
    expect(attempts.map(({ recipients }) => recipients).toSorted((one, two) => one - two)).toEqual([1, 2]);
    expect(world.tally.census).toMatchObject({ submitted: 1, live: 0, ended: { delivered: 1, bounced: 0 } });
    expect(world.tally.queue).toBe(0);
  });
});

describe('connections', () => {
  const backlog = (world: World, messages: number): void => {
    for (let count = 0; count < messages; count += 1) mail(world, [address(world)]);
  };

  test('no more at once to one receiver than the plan says, and the rest in their order', () => {
    const world = platform({ outbound: { connections: 3 } });
    let most = 0;
    const attempts = answered(world, () => {
      most = Math.max(most, world.outbound.lanes[0]!.busy);
      return [250];
    });
    backlog(world, 40);
    advance(world, hour);
    expect(most).toBe(3);
    expect(attempts).toHaveLength(40);
    const begun = attempts.toSorted((one, two) => one.at - two.at || one.message - two.message);
    expect(begun.map(({ message }) => message)).toEqual(begun.map((_, index) => index + 1));
  });

  test('a long queue keeps its order when its head is cut off', () => {
    const world = platform({ outbound: { connections: 1 } });
    const attempts = answered(world, () => [250]);
    backlog(world, 3_000);
    advance(world, 3 * hour);
    expect(attempts.map(({ message }) => message)).toEqual(attempts.map((_, index) => index + 1));
    expect(attempts).toHaveLength(3_000);
  });

  test('mail of a shut account at the head of a queue does not stop the mail behind it', () => {
    const world = platform({ outbound: { connections: 2 } });
    answered(world, () => [250]);
    const [guilty, innocent] = world.actors;
    for (let count = 0; count < 10; count += 1) mail(world, [address(world)], guilty);
    const behind = [1, 2, 3, 4].map(() => mail(world, [address(world)], innocent));
    world.engine.suspend(guilty!.account.id, { module: 'desk', rule: 'evidence', seen: 1, limit: 1 });
    advance(world, hour);
    expect(behind.map(({ delivered }) => delivered)).toEqual([1, 1, 1, 1]);
    expect(world.outbound.lanes[0]!.head).toBe(world.outbound.lanes[0]!.waiting.length);
  });

  test('a receiver that allows five connections takes five at a time, and refuses none', () => {
    // An address in another pool adds nothing to what this one may open.
    const world = platform({
      pools: [
        { name: 'shared', addresses: ['192.0.2.10'] },
        { name: 'alternative', addresses: ['198.51.100.10'] },
      ],
      receivers: [{ name: 'gmail', preset: 'gmail', share: '100%' }],
    });
    backlog(world, 500);
    advance(world, 10 * minute);
    expect(world.tally.census.ended.delivered).toBe(500);
    expect([...world.tally.replies.values()]).toEqual([]);
  });

  test('beyond what a receiver allows, the first ones get through and only the rest is refused', () => {
    // Two addresses may open ten in all; here all ten fall to one of them.
    const world = platform({
      pools: [{ name: 'shared', addresses: ['192.0.2.10', '192.0.2.11'] }],
      receivers: [{ name: 'gmail', preset: 'gmail', share: '100%' }],
    });
    for (let count = 0; count < 200; count += 1) {
      mail(world, [address(world)]);
      world.actors[0]!.count += 1;
    }
    advance(world, 5 * minute - 1);
    const refused = [...world.tally.replies.values()].reduce((sum, row) => sum + row.wanted, 0);
    expect(world.tally.census.ended.delivered).toBeGreaterThan(60);
    expect(refused + world.tally.census.ended.delivered).toBe(200);
  });
});

test('a trap hit reaches exactly the registers that take such traps', () => {
  const world = platform({
    registers: [
      { name: 'without-typos', preset: 'psbl', coverage: '100%' },
      { name: 'with-typos', preset: 'spamhaus-css', coverage: '100%' },
      { name: 'deaf', preset: 'sorbs-spam', coverage: '0%' },
    ],
  });
  // Of mistyped addresses 15 % count; here all do.
  world.registers[1]!.rule.coverage = 7;
  const hits = () => world.registers.map(({ dossiers }) => dossiers[0]!.hits.length);
  mail(world, [address(world, 'typo')]);
  advance(world, minute);
  expect(hits()).toEqual([0, 1, 0]);
  mail(world, [address(world, 'pristine', 0 as ReceiverId)]);
  advance(world, 2 * minute);
  expect(hits()).toEqual([1, 2, 0]);
  expect(world.tally.trapHits).toBe(2);
});
