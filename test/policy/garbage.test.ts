// What the engine makes of a module that breaks the contract: it names the module, and says what came
// instead.

import { expect, test } from 'vitest';
import {
  ModuleFault, type Milliseconds, type Module, pass, policy, PolicyEngine, type Verdict, zero,
} from '../../policy/index.ts';
import { attemptOf, submissionOf, submitted } from './build.ts';

const reason = { module: 'odd', rule: 'test', seen: 2, limit: 1 };

/** A module whose verbs return anything at all, as one written without types may. */
const odd = (verbs: Record<string, () => unknown>): Module<object> =>
  ({
    name: 'odd', key: 'account', fresh: () => ({}), decide: () => pass, learn: () => {}, ...verbs,
  }) as Module<object>;

const engineOf = (verbs: Record<string, () => unknown>): PolicyEngine =>
  new PolicyEngine(policy('test', [odd(verbs)]));

test.each<readonly [string, unknown, RegExp]>([
  ['nothing', undefined, /failed in decide: returned nothing; a verdict is pass, shadow, alert, divert/],
  ['a word', 'pass', /returned "pass"/],
  ['a promise', Promise.resolve(pass), /returned a promise; a module in process answers at once/],
  ['an unknown kind', { kind: 'block', reason }, /returned .*block/],
  ['a rejection without a reason', { kind: 'reject' }, /returned .*reject/],
  ['a pace into the past', { kind: 'pace', until: -5, reason }, /-5/],
  ['a pace that never ends', { kind: 'pace', until: Number.POSITIVE_INFINITY, reason }, /returned/],
  ['a fraction of a millisecond', { kind: 'suspend', scope: 'account', until: 0.5, reason }, /0\.5/],
  ['a diversion to nowhere', { kind: 'divert', reason }, /divert/],
])('a decision that is %s is refused', (_, said, message) => {
  const engine = engineOf({ decide: () => said });
  expect(() => engine.decide(submissionOf(), zero)).toThrow(ModuleFault);
  expect(() => engine.decide(submissionOf(), zero)).toThrow(message);
});

test('every verdict of the contract passes', () => {
  const until = 9 as Milliseconds;
  const verdicts: Verdict[] = [
    { kind: 'pass' }, { kind: 'divert', pool: 'high-risk', reason }, { kind: 'pace', until, reason },
    { kind: 'defer', reason }, { kind: 'hold', reason }, { kind: 'reject', reason },
    { kind: 'suspend', scope: 'account', until, reason },
  ];
  for (const verdict of verdicts) {
    expect(engineOf({ decide: () => verdict }).decide(submissionOf(), zero)).toEqual(verdict);
  }
});

test('so are a dispatch that says nothing, a learning that answers later, and a state that is none', () => {
  const mute = engineOf({ dispatch: () => undefined });
  expect(() => mute.dispatch(attemptOf(), zero)).toThrow(/in dispatch: returned nothing/);
  const late = engineOf({ learn: () => Promise.resolve() });
  expect(() => late.learn(submitted(submissionOf(), pass), zero)).toThrow(/learn returned a promise/);
  expect(() => engineOf({ fresh: () => null })).toThrow(/module odd failed in fresh: returned null/);
});
