// What the engine hears when an attempt is about to be made.

import { describe, expect, test } from 'vitest';
import {
  type Milliseconds, milliseconds, type Module, pass, policy, PolicyEngine, type Reason, zero,
} from '../../policy/index.ts';
import { attempted, attemptOf } from '../../laws/build.ts';

const at = (time: number): Milliseconds => milliseconds(time);
const because = (module: string): Reason => ({ module, rule: 'test', seen: 2, limit: 1 });

describe('dispatch', () => {
  const shaping = (name: string, said: ReturnType<NonNullable<Module<object>['dispatch']>>): Module<object> =>
    ({ name, key: 'account', fresh: () => ({}), decide: () => pass, learn: () => {}, dispatch: () => said });
  const wait = (time: number) => ({ kind: 'wait', until: at(time), reason: because('wait') }) as const;
  const other = { kind: 'pool', pool: 'alternative', reason: because('pool') } as const;
  const hear = (...said: Parameters<typeof shaping>[1][]) => {
    const modules = said.map((one, index) => shaping(`module-${index}`, one));
    return new PolicyEngine(policy('test', modules)).dispatch(attemptOf(), zero);
  };

  test('the latest wait is heard, before any other pool', () => {
    expect(hear(other, wait(5), wait(9), wait(7), other)).toEqual(wait(9));
  });

  test('another pool is heard before go, and the first of two', () => {
    expect(hear({ kind: 'go' }, other, { ...other, pool: 'high-risk' })).toBe(other);
  });

  test('a hold is heard before any wait', () => {
    const held = { kind: 'hold', reason: because('hold') } as const;
    expect(hear(other, held, wait(9))).toBe(held);
    expect(hear(wait(9), held)).toBe(held);
  });

  test('addresses to avoid are heard before go and after all else, those of two rules together', () => {
    const reason = because('avoid');
    const avoid = (...addresses: string[]) => ({ kind: 'avoid', addresses, reason }) as const;
    expect(hear(avoid('192.0.2.1'), { kind: 'go' }, avoid('192.0.2.2')))
      .toMatchObject(avoid('192.0.2.1', '192.0.2.2'));
    expect(hear(avoid('192.0.2.1'), other)).toBe(other);
  });

  test('of two grants of connections the smaller holds, whoever else lets it go', () => {
    const grant = (connections: number) => ({ kind: 'go', connections }) as const;
    expect(hear(grant(3), { kind: 'go' }, grant(1), grant(2))).toEqual(grant(1));
  });

  test.each([
    ['no connection at all', { kind: 'go', connections: 0 }],
    ['a slot without a number', { kind: 'wait', until: 5, slot: { module: 'a' }, reason: because('a') }],
    ['addresses that are none', { kind: 'avoid', addresses: 'all', reason: because('a') }],
    ['a hold without a reason', { kind: 'hold' }],
  ])('%s is refused by the module’s name', (_, said) => {
    expect(() => hear(said as never)).toThrow(/module-0 failed in dispatch: returned .* it may say go, wait/);
  });
});

describe('signals about attempts', () => {
  const module = (hears?: Module<object>['hears']): Module<object> => ({
    name: 'module', key: 'receiver', fresh: () => ({ heard: 0 }), decide: () => pass,
    learn: (state, { kind }) => void ((state as { heard: number }).heard += kind === 'attempted' ? 1 : 0),
    ...(hears !== undefined && { hears }),
  });
  const engine = (one: Module<object>): PolicyEngine => new PolicyEngine(policy('test', [one]));

  test('need not be sent where no module hears them', () => {
    expect(engine(module(['delivered'])).hears('attempted')).toBe(false);
    expect(engine(module(['attempted'])).hears('attempted')).toBe(true);
    expect(engine(module()).hears('attempted')).toBe(true);
  });

  test('reach the state of their receiver', () => {
    const one = engine(module(['attempted']));
    one.learn(attempted({ kind: 'go' }, { receiver: 3 }), zero);
    expect(one.snapshot().states['module']).toEqual([[3, { heard: 1 }]]);
  });
});
