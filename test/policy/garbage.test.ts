// What the engine makes of a module that breaks the contract: it names the module, and says what came
// instead.

import { expect, test } from 'vitest';
import {
  divertTo, ModuleFault, type Milliseconds, type Module, paceBy, pass, policy, PolicyEngine, suspend,
  type Verdict, zero,
} from '../../policy/index.ts';
import { attemptOf, submissionOf, submitted } from '../../laws/build.ts';

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
  ['a pace until no number', { kind: 'pace', until: Number.NaN, reason }, /"until":"NaN"/],
  ['a diversion to nowhere', { kind: 'divert', reason }, /divert/],
  ['a suspension of nobody', { kind: 'suspend', until: 9, reason }, /suspend/],
  ['a suspension of the world', { kind: 'suspend', scope: 'platform', until: 9, reason }, /platform/],
  ['a trial of nothing', { kind: 'shadow', would: 'pass', reason }, /shadow/],
  ['a trial of a trial', { kind: 'shadow', would: 'shadow', reason }, /shadow/],
  ['a reason in words', { kind: 'reject', reason: { ...reason, seen: '5' } }, /"seen":"5"/],
  ['a reason of no number', { kind: 'reject', reason: { ...reason, limit: Number.NaN } }, /"limit":"NaN"/],
  ['a reason without a rule', { kind: 'reject', reason: { ...reason, rule: undefined } }, /reject/],
  ['a hold for a numbered pool', { kind: 'hold', pool: 5, reason }, /"pool":5/],
  ['a remark that is none', { kind: 'alert', reason, also: 5 }, /"also":5/],
  ['a remark without a reason', { kind: 'alert', reason, also: [{ kind: 'alert' }] }, /"also":/],
  ['a remark that rejects', { kind: 'alert', reason, also: [{ kind: 'reject', reason }] }, /"also":/],
  ['a function', () => pass, /returned a function/],
  // eslint-disable-next-line unicorn/no-thenable
  ['a promise of another make', { then: () => {} }, /returned a promise/],
  ['a large number', { kind: 'block', by: 5n }, /"by":"5"/],
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

test('what cannot be written down is refused all the same', () => {
  const knot: Record<string, unknown> = { kind: 'block' };
  knot['knot'] = knot;
  expect(() => engineOf({ decide: () => knot }).decide(submissionOf(), zero)).toThrow(/cannot be written/);
});

test.each<readonly [string, unknown]>([
  ['avoids what are no addresses', { kind: 'avoid', addresses: ['192.0.2.10', 5], reason }],
  ['waits for no time', { kind: 'wait', until: Number.NaN, reason }],
  ['takes a place that is none', { kind: 'wait', until: 5, slot: { module: 'odd' }, reason }],
  ['goes over half a connection', { kind: 'go', connections: 0.5 }],
  ['goes by no pool', { kind: 'pool', reason }],
])('a dispatch that %s is refused', (_, said) => {
  const engine = engineOf({ dispatch: () => said });
  expect(() => engine.dispatch(attemptOf(), zero)).toThrow(/in dispatch: returned/);
});

test.each<readonly [string, Record<string, unknown> | null, RegExp]>([
  ['no record', null, /policy test: modules\[1\]: it is null; a module is a record/],
  ['without a name', { name: '' }, /modules\[1\]: its name is ""; a name is a text/],
  ['with a key that is none', { key: 'acount' }, /module odd: its key is "acount"; a key is one of account,/],
  ['that cannot decide', { decide: undefined }, /module odd: decide is nothing; it is a function/],
  ['whose dispatch is a word', { dispatch: 'go' }, /module odd: dispatch is "go"; it is a function/],
  ['that hears one signal', { hears: 'submitted' }, /module odd: hears is "submitted"; it is a list/],
  ['that hears what nobody says', { hears: ['submited'] }, /module odd: it hears "submited"; the signals/],
])('a module %s is refused when the policy is made, and by the engine', (_, parts, message) => {
  const module = parts === null ? null : { ...odd({}), ...parts };
  const modules = [{ ...odd({}), name: 'sound' }, module] as readonly Module<object>[];
  expect(() => policy('test', modules)).toThrow(message);
  expect(() => new PolicyEngine({ name: 'test', modules })).toThrow(message);
});

test('a class may be a module', () => {
  class Calm {
    readonly name = 'calm';
    readonly key = 'account';
    fresh(): object { return {}; }
    decide(): Verdict { return pass; }
    learn(): void {}
  }
  expect(new PolicyEngine(policy('test', [new Calm()])).decide(submissionOf(), zero)).toBe(pass);
});

test('a state that cannot be made is the module\'s fault, for the first key and for every other', () => {
  let made = 0;
  const fresh = (): object => {
    if (made++ < 2) return {};
    throw new RangeError('no room');
  };
  const engine = engineOf({ fresh });
  engine.learn(submitted(submissionOf(), pass), zero);
  const second = submitted(submissionOf({ account: 1 }), pass);
  expect(() => engine.learn(second, zero)).toThrow(/module odd failed in fresh: no room/);
  expect(() => engine.learn(second, zero)).toThrow(ModuleFault);
  expect(() => engineOf({ fresh: () => Promise.resolve({}) })).toThrow(/in fresh: returned a promise/);
});

test('so are a dispatch that says nothing, a learning that answers later, and a state that is none', () => {
  const mute = engineOf({ dispatch: () => undefined });
  expect(() => mute.dispatch(attemptOf(), zero)).toThrow(/in dispatch: returned nothing/);
  const late = engineOf({ learn: () => Promise.resolve() });
  const said = submitted(submissionOf(), pass);
  expect(() => late.learn(said, zero)).toThrow(/failed in learn: returned a promise/);
  expect(() => engineOf({ fresh: () => null })).toThrow(/module odd failed in fresh: returned null/);
});

test.each<readonly [string, () => unknown, RegExp]>([
  ['a pace by text', () => paceBy('5m' as never), /paceBy: by is 5m; it is a span of whole milliseconds/],
  ['a pace back in time', () => paceBy(-5 as never), /paceBy: by is -5/],
  ['a suspension for no number', () => suspend('account', Number.NaN as never), /suspend: during is NaN/],
  ['a suspension of a part', () => suspend('mailbox' as never), /is mailbox; it is account or tenant/],
  ['a diversion to no name', () => divertTo(undefined as never), /divertTo: pool is undefined/],
])('an action that is %s is refused when the policy is made', (_, make, message) => {
  expect(make).toThrow(RangeError);
  expect(make).toThrow(message);
});

test('a time that is over is refused, for it was meant as a span', () => {
  const now = 600_000 as Milliseconds;
  const until = 300_000 as Milliseconds;
  const shut = { kind: 'suspend', scope: 'account', until, reason };
  for (const said of [{ kind: 'pace', until, reason }, shut]) {
    expect(() => engineOf({ decide: () => said }).decide(submissionOf(), now))
      .toThrow(/failed in decide: returned .*; until is before now, 600000. It is a time, not a span/);
  }
  const dispatch = (): object => ({ kind: 'wait', until, reason });
  expect(() => engineOf({ dispatch }).dispatch(attemptOf(), now)).toThrow(/dispatch: .*until is before now/);
  const paced = engineOf({ decide: () => ({ kind: 'pace', until: now, reason }) });
  expect(paced.decide(submissionOf(), now).kind).toBe('pace');
});
