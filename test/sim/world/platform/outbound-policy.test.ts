// What the policy has to say of mail in the outbound queue: accounts shut, attempts put off, other pools.

import { describe, expect, test } from 'vitest';
import { policy, type Module } from '../../../../policy/index.ts';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { checkCensus } from '../../../../sim/world/laws/watch.ts';
import { type Envelope } from '../../../../sim/world/platform/outbound.ts';
import type { Reply } from '../../../../policy/index.ts';
import type { World } from '../../../../sim/world/world.ts';
import { address, advance, type Circumstances, day, hour, mail, minute, mute, worldOf } from '../stage.ts';

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

describe('a shut account', () => {
  test('keeps its mail in the queue until it is open again, and then it goes', () => {
    const world = platform();
    answered(world, () => [250]);
    const { account } = world.actors[0]!;
    world.engine.suspend(account.id, { module: 'desk', rule: 'evidence', seen: 1, limit: 1 });
    const message = mail(world, [address(world)]);
    advance(world, day);
    expect([message.held, message.delivered]).toEqual([true, 0]);
    checkCensus(world);
    world.desk.recovering.set(account.tenant.id, world.agenda.now);
    world.agenda.after(0 as typeof world.agenda.now, { kind: 'recovery', account });
    advance(world, day + minute);
    expect([message.held, message.delivered]).toEqual([false, 1]);
  });

  test('that a policy shut for an hour has its mail sent after it, with nobody at the desk', () => {
    const brake: Module<object> = {
      name: 'brake',
      key: 'account',
      fresh: () => ({}),
      learn: () => {},
      decide: (_, submission, now) => ({
        kind: 'suspend',
        scope: 'account',
        until: (now + hour) as typeof now,
        reason: { module: 'brake', rule: `messages ${submission.id}`, seen: 1, limit: 0 },
      }),
    };
    const world = platform({}, { policy: policy('brakes', [brake]) });
    answered(world, () => [250]);
    const [actor] = world.actors;
    world.agenda.after(0 as typeof world.agenda.now, { kind: 'submission', actor: actor! });
    advance(world, 0);
    const waiting = mail(world, [address(world)], actor);
    advance(world, hour - 1);
    expect(waiting.delivered).toBe(0);
    advance(world, 2 * hour);
    expect(waiting.delivered).toBe(1);
  });
});

describe('what the policy says of an attempt', () => {
  const dispatching = (said: ReturnType<NonNullable<Module<object>['dispatch']>>) =>
    policy('dispatcher', [
      {
        name: 'dispatcher',
        key: 'receiver',
        fresh: () => ({}),
        learn: () => {},
        decide: () => ({ kind: 'pass' }),
        dispatch: (_, attempt) => (attempt.tries === 0 ? said : { kind: 'go' }),
      } satisfies Module<object>,
    ]);
  const reason = { module: 'dispatcher', rule: 'test', seen: 1, limit: 0 };

  test('to wait is waited for to the millisecond, without counting as a try', () => {
    let asked = 0;
    const waits = policy('waits', [
      {
        name: 'waits',
        key: 'receiver',
        fresh: () => ({}),
        learn: () => {},
        decide: () => ({ kind: 'pass' }),
        dispatch: (_, attempt) => {
          expect(attempt.tries).toBe(0);
          asked += 1;
          return { kind: 'wait', until: (90 * minute) as never, reason };
        },
      } satisfies Module<object>,
    ]);
    const world = platform({}, { policy: waits });
    const attempts = answered(world, () => [250]);
    mail(world, [address(world)]);
    advance(world, 3 * hour);
    expect(attempts.map(({ at }) => at)).toEqual([90 * minute]);
    expect(asked).toBe(2);
  });

  test('to wait for ever is waited for until the run ends, and the run goes on', () => {
    const world = platform(
      {},
      { policy: dispatching({ kind: 'wait', until: Number.MAX_SAFE_INTEGER as never, reason }) },
    );
    const attempts = answered(world, () => [250]);
    mail(world, [address(world)]);
    advance(world, 20 * day);
    expect(attempts).toHaveLength(0);
    checkCensus(world);
  });

  test('another pool is taken, and one the platform does not have is passed over', () => {
    for (const [pool, expected] of [
      ['alternative', 1],
      ['elsewhere', 0],
    ] as const) {
      const world = platform(
        {
          pools: [
            { name: 'shared', addresses: ['192.0.2.10'] },
            { name: 'alternative', addresses: ['198.51.100.10'] },
          ],
        },
        { policy: dispatching({ kind: 'pool', pool, reason }) },
      );
      const attempts = answered(world, () => [250]);
      mail(world, [address(world)]);
      advance(world, minute);
      expect(attempts.map(({ address: from }) => from)).toEqual([expected]);
    }
  });
});
