// What the engine hears when an attempt is about to be made.

import { describe, expect, test } from 'vitest';
import {
  type Milliseconds, milliseconds, type Module, pass, policy, PolicyEngine, type Reason, zero,
} from '../../policy/index.ts';
import { attemptOf } from './build.ts';

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
});
