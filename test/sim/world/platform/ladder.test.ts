// What the world does where a policy holds a queue, lets attempts stand in line, has an address avoided, or
// diverts what also has to wait.

import { describe, expect, test } from 'vitest';
import {
  addressRest, type Dispatch, hardBounceRatio, holdsQueue, hours, minutes, type Module, pass, policy, shaping,
  type Verdict,
} from '../../../../policy/index.ts';
import type { Reply } from '../../../../policy/index.ts';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { checkCensus } from '../../../../sim/world/laws/watch.ts';
import type { Envelope } from '../../../../sim/world/platform/outbound.ts';
import { judge } from '../../../../sim/world/platform/submission.ts';
import type { World } from '../../../../sim/world/world.ts';
import { address, advance, day, hour, mail, minute, mute, worldOf } from '../stage.ts';

const reason = { module: 'test', rule: 'test', seen: 2, limit: 1 };

const platform = (modules: readonly Module<object>[], changes: Partial<PlanInput> = {}): World =>
  worldOf(
    { tenants: [{ name: 'offices', count: 2, pool: 'shared', stream: mute }], ...changes },
    { policy: policy('ladder', modules) },
  );

const twoPools = [
  { name: 'shared', addresses: ['192.0.2.10', '192.0.2.11'] },
  { name: 'high-risk', addresses: ['198.51.100.10'] },
];

const ok: Reply = { code: 250, enhanced: '', text: 'taken', class: 'accepted' };
const unknown: Reply = { code: 550, enhanced: '5.1.1', text: 'no such user', class: 'unknownUser' };

/** Answers every attempt; the attempts made, by their begin and their address. */
const answered = (world: World, answer: (envelope: Envelope) => Reply = () => ok) => {
  const attempts: { at: number; message: number; from: number; receiver: number }[] = [];
  world.transport = {
    deliver(envelope) {
      const { begun, message, address: from, receiver } = envelope;
      attempts.push({ at: begun, message: message.number, from, receiver });
      return envelope.recipients.map(() => answer(envelope));
    },
    ask: () => ({ codes: [], txt: '', ttlS: 60, failure: 'none' }),
  };
  return attempts;
};

const dispatching = (
  dispatch: NonNullable<Module<object>['dispatch']>, decide: Verdict = pass,
): Module<object> => ({
  name: 'test', key: 'account', hears: [], fresh: () => ({}), learn: () => {}, decide: () => decide, dispatch,
});

describe('a queue that the policy holds', () => {
  const rule = () => holdsQueue(hardBounceRatio({ ratio: 0.1, minimum: 3, window: hours(24) }));
  const office = { staff: 1, opens: '0h', closes: '24h', weekends: true, caseWork: '1h' } as const;
  const bounceThree = (world: World): void => {
    for (let turn = 0; turn < 3; turn++) mail(world, [address(world)]);
    advance(world, minute);
  };

  test('stays where it is while nobody is at the desk, and is counted as held, once a message', () => {
    const world = platform([rule()], { receivers: [
      { name: 'here', preset: 'yandex', share: '50%' }, { name: 'there', preset: 'yandex', share: '50%' },
    ] });
    const attempts = answered(world, () => unknown);
    bounceThree(world);
    const kept = [0, 1].map(() => mail(world, [address(world, 'person', 0), address(world, 'person', 1)]));
    const other = mail(world, [address(world)], world.actors[1]!);
    advance(world, 10 * day);
    expect(kept.map(({ held, left }) => [held, left])).toEqual([[true, false], [true, false]]);
    expect([other.left, attempts.length]).toEqual([true, 4]);
    expect([...world.tally.rules].map(([name, count]) => [name, count.innocent])).toEqual(
      [['hard-bounce-ratio unknown users/outcomes in 24h|hold', 2]],
    );
    expect(world.tally.timeline).toHaveLength(1);
    checkCensus(world);
  });

  test('goes on once somebody has looked and found nothing against the account', () => {
    const world = platform([rule()], { desk: { ...office, rightly: '100%' } });
    let bounces = true;
    answered(world, () => (bounces ? unknown : ok));
    bounceThree(world);
    bounces = false;
    const kept = mail(world, [address(world)]);
    advance(world, 59 * minute);
    expect(kept.held).toBe(true);
    advance(world, 62 * minute);
    expect([kept.held, kept.delivered]).toEqual([false, 1]);
    expect(world.tally.timeline.map(({ what }) => what)).toEqual([
      'holds what offices-1 has in the queue: unknown users/outcomes in 24h 100 % over 10 %',
      'finds nothing against offices-1 and lets its queue go',
    ]);
    expect(world.outbound.holds.size).toBe(0);
  });

  test('is shut with its account where somebody finds that the rule was right', () => {
    const world = platform([rule()], { desk: { ...office, rightly: '0%' } });
    answered(world, () => unknown);
    bounceThree(world);
    const kept = mail(world, [address(world)]);
    const { account } = world.actors[0]!;
    advance(world, 62 * minute);
    expect(world.engine.suspension(account.tenant.id, account.id, world.agenda.now)?.reason.module)
      .toBe('hard-bounce-ratio');
    expect([kept.held, kept.left, world.tally.accusations.length]).toEqual([true, false, 0]);
  });

  test('is looked at though another case about the tenant was open when the hold began', () => {
    const world = platform([rule()], { desk: { ...office, rightly: '100%' } });
    let bounces = true;
    answered(world, () => (bounces ? unknown : ok));
    const { account } = world.actors[0]!;
    world.agenda.after(0 as never, { kind: 'desk-mail', mail: { kind: 'abuse-report', account, sent: 0 } });
    bounceThree(world);
    bounces = false;
    const kept = mail(world, [address(world)]);
    advance(world, 3 * hour);
    expect(kept.delivered).toBe(1);
  });
});

describe('attempts that stand in line', () => {
  test('go one a minute, in their order, whatever connections there are, and end all the same', () => {
    const world = platform([shaping({ rate: 60 })]);
    const attempts = answered(world);
    for (let turn = 0; turn < 60; turn++) mail(world, [address(world)]);
    advance(world, 2 * hour);
    expect(attempts.map(({ message }) => message)).toEqual(attempts.map((_, turn) => turn));
    expect(attempts.map(({ at }) => at)).toEqual(attempts.map((_, turn) => turn * minute));
    expect(attempts).toHaveLength(60);
    checkCensus(world);
  });

  test('are asked about twice at most each, however many there are', () => {
    const world = platform([shaping({ rate: 600 })]);
    answered(world);
    let asked = 0;
    const dispatch = world.engine.dispatch.bind(world.engine);
    world.engine.dispatch = (attempt, now) => (asked++, dispatch(attempt, now));
    for (let turn = 0; turn < 2_000; turn++) mail(world, [address(world)]);
    advance(world, 5 * hour);
    expect(asked).toBeLessThanOrEqual(2 * 2_000);
  });

  test('keep a slot in each of two lines, so that neither makes the other start anew', () => {
    const world = platform([
      shaping({ name: 'a', rate: 60 }), shaping({ name: 'b', rate: 20, key: 'tenant+receiver' }),
    ]);
    const attempts = answered(world);
    let slots = 0;
    const dispatch = world.engine.dispatch.bind(world.engine);
    world.engine.dispatch = (attempt, now) => {
      slots = Math.max(slots, attempt.slots.length);
      return dispatch(attempt, now);
    };
    for (let turn = 0; turn < 30; turn++) mail(world, [address(world)], world.actors[turn % 2]);
    advance(world, 50 * minute);
    expect([attempts.length, slots]).toEqual([30, 2]);
  });

  test('stand in line anew for each retry', () => {
    const world = platform([shaping({ rate: 60 })]);
    const later: Reply = { code: 451, enhanced: '4.3.0', text: 'later', class: 'transient' };
    const attempts = answered(world, () => later);
    for (let turn = 0; turn < 10; turn++) mail(world, [address(world)]);
    advance(world, 3 * hour);
    expect(attempts.length).toBeGreaterThan(30);
    const gaps = attempts.slice(1).map(({ at }, turn) => at - attempts[turn]!.at);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(59_999);
  });

  test('lose their slots with a shut account, so that a thawed queue does not go at once', () => {
    const world = platform([shaping({ rate: 60 })]);
    const attempts = answered(world);
    const { account } = world.actors[0]!;
    for (let turn = 0; turn < 20; turn++) mail(world, [address(world)]);
    advance(world, 30_000);
    world.engine.suspend(account.id, reason);
    advance(world, 2 * hour);
    expect(attempts).toHaveLength(1);
    world.desk.recovering.set(account.tenant.id, world.agenda.now);
    world.agenda.after(0 as never, { kind: 'recovery', account });
    advance(world, 2 * hour + 10 * minute);
    expect(attempts.length).toBeLessThanOrEqual(12);
    advance(world, 4 * hour);
    expect(attempts).toHaveLength(20);
  });

  test('use no more connections than the policy grants, and all of them again when it grants them', () => {
    let connections = 1;
    const world = platform([dispatching((): Dispatch => ({ kind: 'go', connections }))]);
    const lane = world.outbound.lanes[0]!;
    let most = 0;
    answered(world, () => {
      most = Math.max(most, lane.busy);
      return ok;
    });
    for (let turn = 0; turn < 20; turn++) mail(world, [address(world)]);
    advance(world, minute);
    expect([most, lane.depth]).toEqual([1, 0]);
    connections = 3;
    for (let turn = 0; turn < 20; turn++) mail(world, [address(world)]);
    advance(world, 2 * minute);
    expect([most, lane.depth]).toEqual([3, 0]);
  });
});

describe('an address to be avoided', () => {
  test('is left out at the receiver that blocked it, and the retry leaves by another of the pool', () => {
    const world = platform([addressRest()], { pools: twoPools });
    const block: Reply = { code: 451, enhanced: '4.7.1', text: 'listed', class: 'dnsblBlock' };
    const attempts = answered(world, ({ address: from }) => (from === 0 ? block : ok));
    for (let turn = 0; turn < 4; turn++) mail(world, [address(world)]);
    advance(world, hour);
    const later = [mail(world, [address(world)]), mail(world, [address(world)])];
    advance(world, hour + minute);
    expect(later.map(({ delivered }) => delivered)).toEqual([1, 1]);
    const refused = attempts.filter(({ from }) => from === 0);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every(({ at }) => at < minute)).toBe(true);
  });
});

describe('a message that is diverted and has to wait', () => {
  const waiting = (verdict: Verdict) => {
    const world = platform(
      [dispatching(() => ({ kind: 'go' }), verdict), {
        name: 'pools', key: 'account', hears: [], fresh: () => ({}), learn: () => {},
        decide: () => ({ kind: 'divert', pool: 'high-risk', reason }),
      } satisfies Module<object>],
      { pools: twoPools, desk: { staff: 1, opens: '0h', closes: '24h', weekends: true, rightly: '100%' } },
    );
    const attempts = answered(world);
    const message = { ...mail(world, [address(world)]) };
    advance(world, minute);
    void judge(world, message);
    advance(world, hour);
    return attempts.slice(1).map(({ from }) => from);
  };

  test('leaves by the pool it is diverted to in the end', () => {
    expect(waiting({ kind: 'pace', until: minutes(10), reason })).toEqual([2]);
    expect(waiting({ kind: 'hold', reason })).toEqual([2]);
  });
});
